#include "terminal/screens/member_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/screens/typed_pad.hpp"

namespace fangxin::terminal::till {

namespace {

using kit::Role;

/// True if the customer is to be nobody again.
bool draw_customer(kit::Ui& ui, const kit::TextTable& texts, const MemberView& view,
                   kit::Rect rect) {
    kit::card(ui, rect, {.fill = Role::raised});
    kit::Rect inner = kit::inset(rect, 24);
    if (!view.trouble.empty()) {
        kit::empty_state(
            ui, inner,
            {.icon = kit::Icon::question, .title = texts.tr("Not found"), .hint = view.trouble});
        return false;
    }
    if (view.name.empty()) {
        kit::empty_state(ui, inner,
                         {.icon = kit::Icon::person,
                          .title = texts.tr("Key the telephone or card number"),
                          .hint = texts.tr("Or scan the member's card or code")});
        return false;
    }
    const kit::Rect drop = kit::take_bottom(inner, 72, 12);
    kit::sign(ui, kit::take_left(inner, 72, 18), kit::Icon::person,
              {.role = Role::ok, .round = true});
    ui.text(kit::take_top(inner, ui.grown(48), 6), view.name,
            {.size = 32, .weight = kit::Weight::bold, .may_shorten = true});
    ui.text(kit::take_top(inner, ui.grown(32), 18), view.number,
            {.size = 22, .role = Role::muted, .shrink = true});
    ui.text(kit::take_top(inner, ui.grown(44)), view.points,
            {.size = 30, .weight = kit::Weight::bold, .role = Role::primary, .shrink = true});
    return kit::button(ui, drop, texts.tr("Not a member"),
                       {.grade = kit::Grade::main, .key = kit::Key::f8, .size = 22});
}

}  // namespace

std::optional<MemberAnswer> draw(kit::Ui& ui, const kit::TextTable& texts, const MemberView& view) {
    std::optional<MemberAnswer> answer;
    const kit::Dialog dialog(ui, {.size = {940, 620}, .title = texts.tr("Member")});
    kit::Rect rest = dialog.body();
    kit::Rect foot = kit::take_bottom(rest, 72, 16);
    const kit::Rect left = kit::take_left(rest, 380, 20);
    if (draw_customer(ui, texts, view, rest)) answer = member::Drop{};
    if (auto key = draw(ui,
                        TypedPad{.typed = view.typed,
                                 .placeholder = texts.tr("Telephone or card"),
                                 .clear = texts.tr("Clear")},
                        left)) {
        answer = member::PadKey{*key};
    }
    if (kit::button(ui, kit::take_right(foot, 200, 16), texts.tr("Close"),
                    {.grade = kit::Grade::main, .key = kit::Key::escape, .size = 22})) {
        answer = Leave{};
    }
    const bool found = kit::button(ui, kit::take_left(foot, 380), texts.tr("Find"),
                                   {.look = kit::Look::primary,
                                    .grade = kit::Grade::main,
                                    .key = kit::Key::f12,
                                    .enabled = view.can_find});
    const bool entered = ui.memory().focus == 0 && ui.take_key(kit::Key::enter);
    if (found || (entered && view.can_find)) answer = member::Find{};
    return answer;
}

}  // namespace fangxin::terminal::till
