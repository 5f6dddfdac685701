// The command line of fangxin-devices. Called once, by its main.
#pragma once

#include "drivers/devices/commands.hpp"

#include <tl/expected.hpp>

namespace fangxin::drivers {

/// What to do, or, when that was said already (help, a wrong option), the exit code: 0 or 2.
tl::expected<DevicesCommand, int> parse_devices_options(int count, char** arguments);

}  // namespace fangxin::drivers
