// Lists of the shop's equipment, as the headless action `list` gives them. Inside
// Database::reading; main loop only.
#pragma once

#include "terminal/station/lists.hpp"

#include <functional>

namespace fangxin::terminal {

/// `faults` `devices` `setups` `instruments` `changes` `label_formats`; empty: none of these.
std::function<boost::json::array()> equipment_list(Station& station, const std::string& what);

}  // namespace fangxin::terminal
