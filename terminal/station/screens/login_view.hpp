// Draws the login and the locked screen: people beside the pad where there is room, else one after
// the other.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/login_model.hpp"

namespace fangxin::terminal {

std::optional<LoginAction> draw(kit::Ui& ui, const LoginView& view, kit::Rect rect);

}  // namespace fangxin::terminal
