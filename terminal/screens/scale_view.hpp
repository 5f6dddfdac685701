// Draws the page of the scale, and over it the check, the choice of a mass or of a reason.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/scale_model.hpp"

namespace fangxin::terminal::till {

std::optional<ScaleAction> draw(kit::Ui& ui, const kit::TextTable& texts, const ScaleView& view,
                                kit::Rect rest);

}  // namespace fangxin::terminal::till
