// The headless actions about the shop's equipment, of till and handheld alike: faults, the register
// of instruments, label formats. Main loop only.
#pragma once

#include "terminal/station/equipment_watch.hpp"
#include "terminal/station/headless.hpp"

namespace fangxin::terminal {

/// `station` may be null, for the help.
void add_equipment_actions(Headless& headless, Station* station);

/// The event `fault`, for each ticket that this terminal writes or sees pass.
void emit_faults(Headless& headless, EquipmentWatch& watch);

}  // namespace fangxin::terminal
