// Draws number, PIN dots, what is wrong, the pad, and the button that goes on.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/pin_entry_model.hpp"

#include <string_view>

namespace fangxin::terminal {

/// What stands on the last buttons, whose keys are Enter and Esc.
struct PinButtons {
    std::string_view confirm;
    std::string_view cancel = {};  ///< none: no such button
};

/// Fills `rect`, at least 360 wide and 544 high (476 without the number).
std::optional<PinAction> draw_pin_entry(kit::Ui& ui, const PinEntryView& view, kit::Rect rect,
                                        const PinButtons& buttons);

}  // namespace fangxin::terminal
