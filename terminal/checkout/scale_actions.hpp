// The headless actions about the scale itself: what it is and whether it may sell, binding it, the
// daily check, zero and tare. Main loop only.
#pragma once

#include "terminal/station/headless.hpp"
#include "terminal/till.hpp"

namespace fangxin::terminal {

/// `till` may be null while only the help is wanted.
void add_scale_actions(Headless& headless, Till* till);

/// Tells each step of the daily check as the event `scale_check`.
void tell_of_checks(Headless& headless, Till& till);

}  // namespace fangxin::terminal
