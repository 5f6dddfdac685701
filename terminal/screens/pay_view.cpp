#include "terminal/screens/pay_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

#include <array>

namespace fangxin::terminal::till {

namespace {

using kit::Role;

void draw_due(kit::Ui& ui, const kit::TextTable& texts, const PayView& view, kit::Rect rect) {
    kit::Rect label = kit::take_left(rect, 90);
    ui.text(label, texts.tr("Due"), {.size = 24, .role = Role::muted, .shrink = true});
    const bool rounded = !view.rounding.empty();
    if (rounded) {
        ui.text(kit::take_bottom(rect, ui.is_large_text() ? 28.0F : 24.0F), view.rounding,
                {.size = 18, .role = Role::muted, .align = kit::Align::right});
    }
    ui.text(rect, view.due,
            {.size = 56, .weight = kit::Weight::bold, .align = kit::Align::right, .shrink = true});
}

std::optional<PayAction> draw_suggestions(kit::Ui& ui, const kit::TextTable& texts,
                                          const PayView& view, kit::Rect rect) {
    constexpr std::array keys = {kit::Key::f1, kit::Key::f2, kit::Key::f3, kit::Key::f4};
    std::optional<PayAction> action;
    for (std::size_t i = 0; i < view.suggestions.size(); ++i) {
        const kit::Rect at = kit::cell(rect, {4, 1, 8}, static_cast<int>(i));
        if (kit::button(ui, at, i == 0 ? texts.tr("Exact") : view.suggestions[i],
                        {.grade = kit::Grade::main,
                         .key = keys[i],
                         .size = 24,
                         .id = kit::id_of("suggestion", i)})) {
            action = pay::Suggest{i};
        }
    }
    return action;
}

void draw_tendered(kit::Ui& ui, const kit::TextTable& texts, const PayView& view, kit::Rect rect) {
    ui.fill(rect, Role::raised, 12);
    ui.border(rect, Role::primary, {12, 2});
    kit::Rect inner = kit::inset(rect, kit::Padding{18, 2});
    const float label = ui.width_of(texts.tr("Received"), {22, kit::Weight::regular}) + 1;
    ui.text(kit::take_left(inner, label, 12), texts.tr("Received"),
            {.size = 22, .role = Role::muted});
    ui.text(inner, view.tendered,
            {.size = 44,
             .weight = kit::Weight::bold,
             .role = view.nothing_typed ? Role::muted : Role::text,
             .align = kit::Align::right,
             .shrink = true});
}

/// Digits at the left, the two keys that erase in the column beside them.
std::optional<PayAction> draw_pad(kit::Ui& ui, const kit::TextTable& texts, kit::Rect rect) {
    const std::vector<kit::PadKey> all = kit::money_pad(texts.tr("Clear"));
    const std::array digits = {all[0], all[1], all[2],  all[4],  all[5],  all[6],
                               all[8], all[9], all[10], all[12], all[11], all[13]};
    const std::array erasing = {all[3], all[7]};
    const float column = (rect.w - 3 * 8) / 4;
    const kit::Rect right = kit::take_right(rect, column, 8);
    std::optional<PayAction> action;
    if (auto key = kit::keypad(ui, rect, {3, 4, 8}, digits)) {
        action = pay::PadKey{std::string(*key)};
    }
    if (auto key = kit::keypad(ui, right, {1, 2, 8}, erasing)) {
        action = pay::PadKey{std::string(*key)};
    }
    return action;
}

}  // namespace

std::optional<PayAction> draw(kit::Ui& ui, const kit::TextTable& texts, const PayView& view,
                              kit::Rect rect) {
    kit::card(ui, rect);
    kit::Rect inner = kit::inset(rect, kit::Padding{25, 20});
    kit::Rect finish = kit::take_bottom(inner, 96, 12);
    draw_due(ui, texts, view, kit::take_top(inner, 92, 8));
    std::optional<PayAction> action =
        draw_suggestions(ui, texts, view, kit::take_top(inner, 84, 10));
    draw_tendered(ui, texts, view, kit::take_top(inner, 64, 10));
    if (auto key = draw_pad(ui, texts, inner)) action = key;
    if (kit::button(ui, kit::take_left(finish, 104, 8), texts.tr("Back"),
                    {.grade = kit::Grade::final, .key = kit::Key::escape, .size = 22})) {
        action = pay::Back{};
    }
    if (!view.can_finish) {  // what is missing has to be legible: a card, not a pale button
        kit::card(ui, finish, {Role::raised, Role::line, 1, 12});
        ui.text(kit::inset(finish, kit::Padding{12, 4}), view.finish,
                {.size = 24,
                 .weight = view.nothing_typed ? kit::Weight::regular : kit::Weight::bold,
                 .role = view.nothing_typed ? Role::muted : Role::warn,
                 .align = kit::Align::center,
                 .shrink = true});
    } else if (kit::button(ui, finish, view.finish,
                           {.look = kit::Look::primary,
                            .grade = kit::Grade::final,
                            .key = kit::Key::f12,
                            .size = 28,
                            .id = kit::id_of("finish")})) {
        action = pay::Finish{};
    }
    return action;
}

std::optional<PaidAction> draw(kit::Ui& ui, const kit::TextTable& texts, const PaidView& view,
                               kit::Rect rect) {
    std::optional<PaidAction> action;
    kit::card(ui, rect, {Role::surface, Role::ok, 3});
    kit::Rect inner = kit::inset(rect, kit::Padding{29, 24});
    const kit::Rect next = kit::take_bottom(inner, 96, 12);
    const kit::Rect reprint = kit::take_bottom(inner, 64, 12);
    kit::Rect head = kit::take_top(inner, 72, 18);
    kit::sign(ui, kit::take_left(head, 72, 16), kit::Icon::check,
              {.role = Role::ok, .round = true, .strong = true});
    ui.text(head, texts.tr_c("of a sale", "Paid"),
            {.size = 34, .weight = kit::Weight::bold, .role = Role::ok});
    kit::Rect change = kit::take_top(inner, 150, 16);
    ui.fill(change, Role::ok_soft, 12);
    change = kit::inset(change, kit::Padding{22, 12});
    ui.text(kit::take_top(change, 32), texts.tr_c("of money", "Change"),
            {.size = 24, .role = Role::text});
    kit::big_number(
        ui, change,
        {.before = "¥", .digits = view.change, .size = view.change.size() > 8 ? 60.0F : 72.0F});
    std::vector rows = {kit::KeyValue{texts.tr("Due"), view.due},
                        kit::KeyValue{texts.tr("Received"), view.paid},
                        kit::KeyValue{texts.tr("Receipt"), view.receipt}};
    if (!view.points.empty()) rows.push_back({texts.tr("Points"), view.points});
    kit::take_top(inner, kit::key_values(ui, inner, rows, {.row_height = 34}), 12);
    const float words = ui.height_of(view.printing, {20, kit::Weight::regular}, {inner.w - 36, 2});
    kit::Rect printing = kit::take_top(inner, words + 2);
    kit::draw_icon(ui, kit::centered(kit::take_left(printing, 26, 10), {26, 26}),
                   kit::Icon::printer, view.printing_role);
    ui.text(printing, view.printing, {.role = view.printing_role, .lines = 2, .shrink = true});
    if (kit::button(ui, reprint, texts.tr("Print again"),
                    {.key = kit::Key::f7, .enabled = view.can_reprint, .size = 22})) {
        action = paid::ReprintReceipt{};
    }
    if (kit::button(
            ui, next, texts.tr("Next customer"),
            {.look = kit::Look::primary, .grade = kit::Grade::final, .key = kit::Key::f12}) ||
        ui.take_key(kit::Key::escape)) {
        action = paid::Next{};
    }
    return action;
}

}  // namespace fangxin::terminal::till
