// Draws the page of a terminal that is no store's yet.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/enrol_model.hpp"

namespace fangxin::terminal {

std::optional<EnrolAction> draw(kit::Ui& ui, const EnrolView& view, kit::Rect rect);

}  // namespace fangxin::terminal
