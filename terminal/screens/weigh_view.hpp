// Draws the weighing panel in the place of the right side.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/weigh_model.hpp"

namespace fangxin::terminal::till {

std::optional<WeighAction> draw(kit::Ui& ui, const kit::TextTable& texts, const WeighView& view,
                                kit::Rect rect);

}  // namespace fangxin::terminal::till
