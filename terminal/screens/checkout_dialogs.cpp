#include "terminal/screens/checkout_dialogs.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::terminal::till {

using kit::Role;
using Answer = std::optional<DialogAction>;

Answer draw(kit::Ui& ui, const kit::TextTable& texts, const MoreView& view) {
    Answer answer;
    const int rows = std::max(4, static_cast<int>(view.rows.size() + 1) / 2);
    const float height = 240 + 90 * static_cast<float>(std::min(rows, 6));
    const kit::Dialog dialog(ui,
                             {.size = {760, std::min(height, 776.0F)}, .title = texts.tr("More")});
    kit::Rect rest = dialog.body();
    const kit::Rect close = kit::take_bottom(rest, 72, 14);
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        const MoreView::Row& row = view.rows[i];
        const auto place = static_cast<int>(i);
        const bool danger = row.item == MoreItem::void_sale && row.enabled;
        if (kit::button(ui, kit::cell(rest, {2, rows, 10}, place), row.words,
                        {.grade = kit::Grade::main,
                         .key = place < 10 ? kit::digit_key((place + 1) % 10) : kit::Key::f6,
                         .sub = row.note,
                         .enabled = row.enabled,
                         .words = danger ? Role::block : Role::text,
                         .size = 22,
                         .id = kit::id_of("more", i)})) {
            answer = dialog::Choose{row.item};
        }
    }
    if (kit::button(ui, close, texts.tr("Close"),
                    {.grade = kit::Grade::main, .key = kit::Key::escape, .size = 22})) {
        answer = dialog::Close{};
    }
    return answer;
}

Answer draw(kit::Ui& ui, const kit::TextTable& texts, const QuantityView& view) {
    Answer answer;
    const kit::Dialog dialog(ui, {.size = {440, 600}, .title = view.title});
    kit::Rect rest = dialog.body();
    kit::Rect foot = kit::take_bottom(rest, 76, 12);
    const kit::Rect well = kit::take_top(rest, 72, 10);
    ui.fill(well, Role::raised, 12);
    ui.border(well, Role::primary, {12, 2});
    ui.text(kit::inset(well, kit::Padding{20, 0}), "×" + view.typed,
            {.size = 44, .weight = kit::Weight::bold, .align = kit::Align::right});
    const auto pad = kit::pin_pad(texts.tr("Clear"));
    if (auto key = kit::keypad(ui, rest, {3, 4, 8}, pad)) {
        answer = dialog::PadKey{std::string(*key)};
    }
    if (kit::button(ui, kit::take_left(foot, 140, 10), texts.tr("Cancel"),
                    {.grade = kit::Grade::main, .key = kit::Key::escape, .size = 22})) {
        answer = dialog::Close{};
    }
    const bool sure = kit::button(ui, foot, texts.tr("Confirm"),
                                  {.look = kit::Look::primary,
                                   .grade = kit::Grade::main,
                                   .key = kit::Key::f12,
                                   .enabled = view.can_confirm});
    const bool entered = ui.memory().focus == 0 && ui.take_key(kit::Key::enter);
    if (sure || (entered && view.can_confirm)) answer = dialog::Confirm{};
    return answer;
}

Answer draw(kit::Ui& ui, const kit::TextTable& texts, const AgeView& view) {
    Answer answer;
    const kit::Dialog dialog(ui, {.size = {680, 430},
                                  .title = texts.tr("Is the customer 18 or older?"),
                                  .icon = kit::Icon::question,
                                  .role = Role::warn});
    kit::Rect rest = dialog.body();
    kit::Rect foot = kit::take_bottom(rest, 96, 14);
    ui.text(kit::take_top(rest, 34, 12), view.goods,
            {.size = 22, .role = Role::muted, .may_shorten = true});
    kit::Rect say = kit::take_top(rest, 100, 12);
    ui.fill(say, Role::warn_soft, 12);
    ui.text(kit::inset(say, kit::Padding{20, 8}), view.say,
            {.size = 24, .lines = 2, .shrink = true});
    ui.text(rest, texts.tr("If in doubt, look at the identity card"),
            {.size = 18, .role = Role::muted});
    if (kit::button(ui, kit::take_left(foot, 128, 10), texts.tr("Back"),
                    {.grade = kit::Grade::final, .key = kit::Key::escape, .size = 22})) {
        answer = dialog::Close{};
    }
    if (kit::button(
            ui, kit::take_left(foot, 228, 10), texts.tr("No: void it"),
            {.grade = kit::Grade::final, .key = kit::Key::n, .words = Role::block, .size = 24})) {
        answer = dialog::NotOfAge{};
    }
    if (kit::button(ui, foot, texts.tr("Yes, of age"),
                    {.look = kit::Look::primary,
                     .grade = kit::Grade::final,
                     .key = kit::Key::y,
                     .size = 26})) {
        answer = dialog::OfAge{};
    }
    return answer;
}

Answer draw(kit::Ui& ui, const kit::TextTable& texts, const VoidView& view) {
    Answer answer;
    const kit::Dialog dialog(ui, {.size = {620, 330},
                                  .title = texts.tr("Void the whole sale?"),
                                  .icon = kit::Icon::warning,
                                  .role = Role::block});
    kit::Rect rest = dialog.body();
    kit::Rect foot = kit::take_bottom(rest, 96, 14);
    ui.text(kit::take_top(rest, 40), view.what, {.size = 24, .shrink = true});
    ui.text(rest, texts.tr("It is noted in the journal and cannot be taken back"),
            {.role = Role::muted, .vertical = kit::Vertical::top, .lines = 2, .shrink = true});
    if (kit::button(ui, kit::take_left(foot, (foot.w - 12) / 2, 12), texts.tr("Keep it"),
                    {.grade = kit::Grade::final, .key = kit::Key::escape})) {
        answer = dialog::Close{};
    }
    if (kit::button(ui, foot, texts.tr("Void the sale"),
                    {.look = kit::Look::danger,
                     .grade = kit::Grade::final,
                     .key = kit::Key::f8,
                     .size = 26})) {
        answer = dialog::VoidIt{};
    }
    return answer;
}

Answer draw(kit::Ui& ui, const kit::TextTable& texts, const BusyView& view) {
    Answer answer;
    const kit::Dialog dialog(ui, {.size = {460, view.can_leave ? 300.0F : 220.0F}});
    kit::Rect rest = dialog.body();
    if (view.can_leave) {
        const kit::Rect foot = kit::take_bottom(rest, 72, 12);
        if (kit::button(ui, foot, texts.tr("Do not wait"),
                        {.grade = kit::Grade::main, .key = kit::Key::escape, .size = 22})) {
            answer = dialog::GiveUpWaiting{};
        }
    }
    kit::spinner(ui, kit::centered(kit::take_top(rest, 76, 10), {64, 64}));
    ui.text(rest, view.words,
            {.size = 24, .align = kit::Align::center, .lines = 2, .shrink = true});
    return answer;
}

}  // namespace fangxin::terminal::till
