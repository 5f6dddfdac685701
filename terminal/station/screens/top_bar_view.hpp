// Draws the bar over every screen of the till.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/top_bar_model.hpp"

namespace fangxin::terminal {

inline constexpr float top_bar_height = 56;
inline constexpr float notice_height = 36;

/// Takes the bar, and its notice if there is one, off the top of `rest`. True if the scale's light
/// was touched.
bool draw_top_bar(kit::Ui& ui, const TopBarView& view, kit::Rect& rest);

}  // namespace fangxin::terminal
