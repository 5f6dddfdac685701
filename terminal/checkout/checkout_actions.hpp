// The checkout's actions and answers for the headless interface. Main loop only.
#pragma once

#include "terminal/checkout/checkout.hpp"
#include "terminal/station/devices.hpp"
#include "terminal/station/headless.hpp"

namespace fangxin::terminal {

/// The last three may be null while only the help is wanted.
void add_checkout_actions(Headless& headless, Station* station, Checkout* checkout,
                          Devices* devices);

/// Lines that a new block or a resume changed, as `line_blocked` and `line_verify` events.
void emit_rejudged(Headless& headless, const Station& station, const Checkout& checkout,
                   const Rejudged& rejudged);

/// Writes how an action ended into its answer.
void put_outcome(const Outcome& outcome, Headless& headless, Station& station,
                 json::object& answer);

/// Screen, basket, receipt: what every answer carries.
void add_checkout_state(json::object& answer, Station& station, const Checkout& checkout);

/// Reads the picture and gives its code as a scanner would send it.
Result<std::string> code_in_image(Devices& devices, const std::string& file);

}  // namespace fangxin::terminal
