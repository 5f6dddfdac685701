// Draws settings and what this terminal is: side by side where there is room, else two pages.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/settings_model.hpp"

namespace fangxin::terminal {

std::optional<SettingsAction> draw(kit::Ui& ui, const SettingsView& view, kit::Rect rect);

}  // namespace fangxin::terminal
