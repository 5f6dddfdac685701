// The headless actions of the drawer: shifts, cash in and out, X and Z reports, the day's close.
#pragma once

#include "terminal/station/headless.hpp"
#include "terminal/till.hpp"

namespace fangxin::terminal {

void add_drawer_actions(Headless& headless, Till* till);

}  // namespace fangxin::terminal
