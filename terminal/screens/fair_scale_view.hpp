// Draws the customers' check scale over the whole screen.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/fair_scale_model.hpp"

namespace fangxin::terminal::fair {

std::optional<Action> draw(kit::Ui& ui, const View& view, kit::Rect rest);

}  // namespace fangxin::terminal::fair
