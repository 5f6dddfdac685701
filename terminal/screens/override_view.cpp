#include "terminal/screens/override_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/panels.hpp"

#include <array>

namespace fangxin::terminal::till {

namespace {

using kit::Key;
using kit::Role;

constexpr std::array reason_keys{Key::f1, Key::f2, Key::f3};

void draw_line(kit::Ui& ui, const kit::TextTable& texts, const OverrideView& view,
               kit::Rect& inner) {
    ui.text(kit::take_top(inner, ui.grown(38), 4), view.name,
            {.size = 26, .weight = kit::Weight::bold, .may_shorten = true});
    ui.text(kit::take_top(inner, ui.grown(30), 12),
            texts.tr("The shop's price: {}", view.list_price),
            {.role = Role::muted, .shrink = true});
    const kit::Rect well = kit::take_top(inner, 84, 8);
    ui.fill(well, Role::raised, 12);
    ui.border(well, Role::primary, {12, 2});
    ui.text(kit::inset(well, kit::Padding{20, 0}), view.typed,
            {.size = 44, .weight = kit::Weight::bold, .align = kit::Align::right, .shrink = true});
    const std::string amount =
        view.amount.empty() ? texts.tr("Key the new price") : texts.tr("The line: {}", view.amount);
    ui.text(kit::take_top(inner, ui.grown(32), 10), amount,
            {.size = 22, .role = Role::muted, .align = kit::Align::right, .shrink = true});
}

}  // namespace

std::optional<OverrideAnswer> draw(kit::Ui& ui, const kit::TextTable& texts,
                                   const OverrideView& view) {
    std::optional<OverrideAnswer> answer;
    const kit::Dialog dialog(ui, {.size = {980, 660}, .title = texts.tr("Another price")});
    kit::Rect rest = dialog.body();
    kit::Rect foot = kit::take_bottom(rest, 76, 16);
    const kit::Rect right = kit::take_right(rest, 440, 20);
    draw_line(ui, texts, view, rest);
    for (std::size_t i = 0; i < std::min(reason_keys.size(), view.reasons.size()); ++i) {
        const bool chosen = i == view.reason;
        if (kit::button(ui, kit::take_top(rest, 64, 8), view.reasons[i],
                        {.grade = kit::Grade::normal,
                         .key = reason_keys[i],
                         .icon = chosen ? kit::Icon::check : kit::Icon::none,
                         .size = 22,
                         .id = kit::id_of("reason", i)})) {
            answer = price_override::Reason{i};
        }
    }
    const auto keys = kit::money_pad(texts.tr("Clear"));
    if (auto key = kit::keypad(ui, right, {4, 4, 8}, keys))
        answer = price_override::PadKey{std::string(*key)};
    if (kit::button(ui, kit::take_left(foot, 200, 12), texts.tr("Cancel"),
                    {.grade = kit::Grade::main, .key = Key::escape, .size = 22})) {
        answer = Leave{};
    }
    if (kit::button(ui, foot, texts.tr("Confirm"),
                    {.look = kit::Look::primary,
                     .grade = kit::Grade::main,
                     .key = Key::f12,
                     .enabled = view.can_confirm})) {
        answer = price_override::Confirm{};
    }
    return answer;
}

}  // namespace fangxin::terminal::till
