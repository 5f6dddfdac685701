// What the customer's pole display says of the basket in hand (SALE-10): names and prices, never
// what was refused or why. Main loop only.
#pragma once

#include "drivers/printers/pole_display.hpp"
#include "terminal/checkout/checkout.hpp"

#include <string>

namespace fangxin::terminal {

/// The weight while it is taken, with its price; else the newest line with the total; after a
/// payment the change, until the next line; else `greeting`.
drivers::PoleText pole_text(const Checkout& checkout, const std::string& greeting);

}  // namespace fangxin::terminal
