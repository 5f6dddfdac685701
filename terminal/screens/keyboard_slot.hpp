// Where a screen leaves room for the keyboard on the screen: the wiring draws it there, inside the
// same layer, and sends what it writes as the screen's own text actions.
#pragma once

#include "terminal/kit/ui.hpp"

#include <functional>

namespace fangxin::terminal::till {

using KeyboardSlot = std::function<void(kit::Ui&, kit::Rect)>;

}  // namespace fangxin::terminal::till
