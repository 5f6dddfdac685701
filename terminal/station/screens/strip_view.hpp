// What was just done or refused, in one line that stands for a moment. Drawing only; main loop.
#pragma once

#include "terminal/kit/icons.hpp"
#include "terminal/kit/ui.hpp"

#include <string_view>

namespace fangxin::terminal {

struct Strip {
    std::string_view words;
    kit::Icon icon = kit::Icon::exclamation;
};
void draw_strip(kit::Ui& ui, const Strip& strip, kit::Rect rect);
/// Above an open dialog of a till, whose targets stay within reach: it covers the top bar alone.
void draw_strip_over_dialog(kit::Ui& ui, const Strip& strip);

}  // namespace fangxin::terminal
