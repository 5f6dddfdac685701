// Draws the head of a page of the handheld.
#pragma once

#include "handheld/screens/head_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::handheld {

/// Takes the head, and its notice if there is one, off the top of `rest`. True when the way back
/// was taken, by touch or by Esc.
bool draw_head(kit::Ui& ui, const kit::TextTable& texts, const HeadView& view, kit::Rect& rest);

}  // namespace fangxin::handheld
