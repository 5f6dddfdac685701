#include "terminal/screens/verify_view.hpp"

#include "domain/lot.hpp"
#include "terminal/kit/button.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::terminal::till {

namespace {

using kit::Role;
using Answer = std::optional<VerifyAction>;

void draw_head(kit::Ui& ui, const VerifyView& view, kit::Rect rect) {
    kit::sign(ui, kit::take_left(rect, 72, 16), kit::Icon::question, {.role = Role::warn});
    ui.text(kit::take_top(rect, 42), view.title,
            {.size = 30, .weight = kit::Weight::bold, .shrink = true});
    if (!view.why.empty()) {  // beside the name, which may be long and is known
        const float wanted = ui.width_of(view.why, {18, kit::Weight::regular}) + 1;
        ui.text(kit::take_right(rect, std::min(wanted, rect.w * 0.65F), 10), view.why,
                {.size = 18,
                 .role = Role::warn,
                 .align = kit::Align::right,
                 .may_shorten = true,
                 .shrink = true});
    }
    ui.text(rect, view.name, {.role = Role::muted, .may_shorten = true});
}

/// A numbered answer: the number is its key.
bool draw_choice(kit::Ui& ui, kit::Rect rect, const VerifyView::Choice& choice, int number) {
    const kit::Touch touch = ui.target({.what = choice.date,
                                        .rect = rect,
                                        .id = kit::id_of("choice", static_cast<unsigned>(number)),
                                        .key = kit::digit_key(number)});
    ui.fill(rect, Role::surface, 12);
    if (touch.down) ui.fill(rect, Role::primary_soft, 12);
    ui.border(rect, Role::line, {12, 1});
    if (touch.focused) ui.focus_ring(rect, 12);
    const bool narrow = rect.w < 300;
    kit::Rect inner = kit::inset(rect, kit::Padding{narrow ? 10.0F : 18.0F, 3});
    const kit::Rect cap = kit::take_left(inner, 26, narrow ? 10 : 16);
    kit::key_cap(ui, {cap.x, cap.center().y}, kit::digit_key(number));
    if (narrow && !choice.lot.empty()) {
        ui.text(kit::take_top(inner, inner.h * 0.56F), choice.date, {.size = 22, .shrink = true});
        ui.text(inner, choice.lot, {.size = 15, .role = Role::muted, .may_shorten = true});
        return touch.activated;
    }
    if (!narrow) {
        const float lot = std::min(190.0F, ui.width_of(choice.lot, {20, kit::Weight::regular}) + 1);
        ui.text(kit::take_right(inner, lot, 10), choice.lot,
                {.role = Role::muted, .align = kit::Align::right, .may_shorten = true});
    }
    ui.text(inner, choice.date, {.size = narrow ? 24.0F : 30.0F, .shrink = true});
    return touch.activated;
}

Answer draw_choices(kit::Ui& ui, const kit::TextTable& texts, const VerifyView& view,
                    kit::Rect rect) {
    if (view.choices.empty()) {
        kit::empty_state(ui, rect,
                         {.icon = kit::Icon::search,
                          .title = texts.tr("No batch of it is on record"),
                          .hint = texts.tr("Key the date that is on the pack")});
        return std::nullopt;
    }
    Answer action;
    const bool wide = view.choices.size() <= 4;
    const kit::Grid grid = wide ? kit::Grid{1, 4, 10} : kit::Grid{2, 5, 8};
    for (std::size_t i = 0; i < view.choices.size(); ++i) {
        const auto at = static_cast<int>(i);
        if (draw_choice(ui, kit::cell(rect, grid, at), view.choices[i], at + 1)) {
            action = verify::Pick{i};
        }
    }
    if (!view.more.empty() && kit::button(ui, kit::cell(rect, grid, 9), view.more,
                                          {.key = kit::Key::page_down,
                                           .icon = kit::Icon::forward,
                                           .id = kit::id_of("more choices")})) {
        action = verify::MoreChoices{};
    }
    return action;
}

Answer draw_choices_page(kit::Ui& ui, const kit::TextTable& texts, const VerifyView& view,
                         kit::Rect inner) {
    Answer action;
    const float growth = ui.is_large_text() ? 1.25F : 1;
    kit::Rect other = kit::take_bottom(inner, 60, 10);
    ui.text(kit::take_top(inner, 24 * growth, 6), view.kind,
            {.size = 18, .role = Role::muted, .shrink = true});
    action = draw_choices(ui, texts, view, inner);
    if (kit::button(ui, kit::take_left(other, (other.w - 12) / 2, 12),
                    view.asks_lot ? texts.tr("Another lot…") : texts.tr("Another date…"),
                    {.key = kit::Key::digit_0, .size = 22, .id = kit::id_of("other")})) {
        action = verify::Other{};
    }
    ui.text(other, texts.tr("Or scan the square code on the pack"),
            {.size = 18, .role = Role::muted, .lines = 2, .shrink = true});
    return action;
}

Answer draw_date_page(kit::Ui& ui, const kit::TextTable& texts, const VerifyView& view,
                      kit::Rect inner) {
    Answer action;
    const float growth = ui.is_large_text() ? 1.25F : 1;
    const bool wrong = !view.problem.empty();
    ui.text(kit::take_top(inner, 24 * growth, 6), wrong ? view.problem : view.kind,
            {.size = 18, .role = wrong ? Role::block : Role::muted, .shrink = true});
    const kit::Rect well = kit::take_top(inner, 60, 10);
    ui.fill(well, Role::raised, 12);
    ui.border(well, Role::primary, {12, 2});
    const bool empty = view.typed.empty();
    ui.text(kit::inset(well, kit::Padding{20, 0}), empty ? view.placeholder : view.typed,
            {.size = 44,
             .weight = kit::Weight::bold,
             .role = empty ? Role::muted : Role::text,
             .align = kit::Align::center});
    kit::Rect foot = kit::take_bottom(inner, 72, 10);
    const auto pad = kit::pin_pad(texts.tr("Clear"));
    if (auto key = kit::keypad(ui, inner, {3, 4, 8}, pad)) {
        action = verify::PadKey{std::string(*key)};
    }
    if (kit::button(ui, kit::take_left(foot, 150, 12), texts.tr("Back"),
                    {.grade = kit::Grade::main, .key = kit::Key::f2, .size = 22})) {
        action = verify::BackToChoices{};
    }
    const bool sure = kit::button(ui, foot, texts.tr("Confirm"),
                                  {.look = kit::Look::primary,
                                   .grade = kit::Grade::main,
                                   .key = kit::Key::f12,
                                   .enabled = view.can_confirm});
    const bool entered = ui.memory().focus == 0 && ui.take_key(kit::Key::enter);
    if (sure || (entered && view.can_confirm)) action = verify::Confirm{};
    return action;
}

Answer draw_lot_page(kit::Ui& ui, const kit::TextTable& texts, const VerifyView& view,
                     kit::Rect inner) {
    Answer action;
    const float growth = ui.is_large_text() ? 1.25F : 1;
    ui.text(kit::take_top(inner, 24 * growth, 6), view.kind,
            {.size = 18, .role = Role::muted, .shrink = true});
    const kit::FieldAnswer field = kit::text_field(ui, kit::take_top(inner, 72, 12),
                                                   {.text = view.typed,
                                                    .placeholder = view.placeholder,
                                                    .active = true,
                                                    .longest = domain::longest_lot_bytes,
                                                    .id = kit::id_of("lot")});
    if (field.changed) action = verify::LotTyped{*field.changed};
    kit::Rect foot = kit::take_top(inner, 72);
    if (kit::button(ui, kit::take_left(foot, 150, 12), texts.tr("Back"),
                    {.grade = kit::Grade::main, .key = kit::Key::f2, .size = 22})) {
        action = verify::BackToChoices{};
    }
    const bool sure = kit::button(ui, foot, texts.tr("Confirm"),
                                  {.look = kit::Look::primary,
                                   .grade = kit::Grade::main,
                                   .key = kit::Key::f12,
                                   .enabled = view.can_confirm});
    if ((sure || field.entered) && view.can_confirm) action = verify::Confirm{};
    return action;
}

}  // namespace

Answer draw(kit::Ui& ui, const kit::TextTable& texts, const VerifyView& view, kit::Rect rect) {
    kit::card(ui, rect, {Role::surface, Role::warn, 3});
    kit::Rect inner = kit::inset(rect, kit::Padding{29, 22});
    const kit::Rect cannot = kit::take_bottom(inner, 84, 8);
    draw_head(ui, view, kit::take_top(inner, 74, 10));
    if (view.page != VerifyPage::date) {
        ui.text(kit::take_bottom(inner, ui.is_large_text() ? 30.0F : 26.0F, 6), view.hint,
                {.size = 18, .role = Role::muted, .shrink = true});
    }
    Answer action;
    switch (view.page) {
        case VerifyPage::choices:
            action = draw_choices_page(ui, texts, view, inner);
            break;
        case VerifyPage::date:
            action = draw_date_page(ui, texts, view, inner);
            break;
        case VerifyPage::lot:
            action = draw_lot_page(ui, texts, view, inner);
            break;
    }
    if (kit::button(ui, cannot, view.cannot_read,
                    {.grade = kit::Grade::final,
                     .key = kit::Key::escape,
                     .id = kit::id_of("cannot read")})) {
        action = verify::CannotRead{};
    }
    return action;
}

}  // namespace fangxin::terminal::till
