#include "terminal/station/screens/saved_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/widths.hpp"

#include <algorithm>

namespace fangxin::terminal {

using kit::Rect;
using kit::Role;

std::optional<SavedAnswer> draw(kit::Ui& ui, const SavedView& view, Rect rect) {
    rect = kit::inset(rect, rect.w >= wide_from ? 16.0F : 12.0F);
    Rect foot = kit::take_bottom(rect, 88, 16);
    kit::card(ui, rect);
    Rect middle = kit::centered(rect, {std::min(rect.w - 32, 640.0F), 380});
    kit::sign(ui, kit::take_top(middle, 108, 24), kit::Icon::check,
              {.role = Role::ok, .round = true});
    ui.text(kit::take_top(middle, 44, 8), view.title,
            {.size = 28, .weight = kit::Weight::bold, .align = kit::Align::center, .shrink = true});
    ui.text(kit::take_top(middle, 60, 12), view.number,
            {.size = 40,
             .weight = kit::Weight::bold,
             .role = Role::primary,
             .align = kit::Align::center,
             .shrink = true});
    ui.text(middle, view.hint,
            {.role = Role::muted,
             .align = kit::Align::center,
             .vertical = kit::Vertical::top,
             .lines = 3});
    std::optional<SavedAnswer> answer;
    const Rect left = kit::take_left(foot, (foot.w - 12) / 2, 12);
    if (kit::button(ui, left, view.another, {.grade = kit::Grade::final, .key = kit::Key::f2}))
        answer = SavedAnswer::another;
    if (kit::button(ui, foot, view.close,
                    {.look = kit::Look::primary,
                     .grade = kit::Grade::final,
                     .key = kit::Key::escape,
                     .size = 28}))
        answer = SavedAnswer::close;
    return answer;
}

}  // namespace fangxin::terminal
