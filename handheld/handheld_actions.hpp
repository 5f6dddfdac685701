// The handheld's own actions for the headless interface. Main loop only.
#pragma once

#include "handheld/goods_work.hpp"
#include "terminal/station/devices.hpp"
#include "terminal/station/headless.hpp"

namespace fangxin::handheld {

/// The last three may be null while only the help is wanted.
void add_handheld_actions(terminal::Headless& headless, terminal::Station* station, GoodsWork* work,
                          terminal::Devices* devices);

/// Looks a code up: what it is, which batch, and what a till would say.
void look_up(terminal::Headless& headless, terminal::Station& station, const std::string& code,
             terminal::json::object& answer);

}  // namespace fangxin::handheld
