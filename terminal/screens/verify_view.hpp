// Draws the question in the place of the right side. Where a lot is written, the keyboard on the
// screen lies over the lower part of the basket.
#pragma once

#include "terminal/screens/keyboard_slot.hpp"
#include "terminal/screens/verify_model.hpp"

namespace fangxin::terminal::till {

std::optional<VerifyAction> draw(kit::Ui& ui, const kit::TextTable& texts, const VerifyView& view,
                                 kit::Rect rect);

}  // namespace fangxin::terminal::till
