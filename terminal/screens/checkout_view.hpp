// Draws the checkout in the place below the bar: its panels, its dialogs, and what is refused
// aloud.
#pragma once

#include "terminal/screens/checkout_model.hpp"
#include "terminal/screens/keyboard_slot.hpp"

namespace fangxin::terminal::till {

/// `keyboard` draws the keyboard on the screen where the search, or the lot of a pack, is written.
std::optional<CheckoutAction> draw(kit::Ui& ui, const kit::TextTable& texts,
                                   const CheckoutView& view, kit::Rect rest,
                                   const KeyboardSlot& keyboard = {});

}  // namespace fangxin::terminal::till
