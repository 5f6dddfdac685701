// A customer's display without one: what its lines show after bytes. Pure; any thread.
#pragma once

#include "drivers/printers/pole_display.hpp"

#include <string>
#include <string_view>

namespace fangxin::drivers {

/// Two lines of 20 columns, `upper|lower|`; of `led8` the digits and the lamp: `12.40 总计`.
/// What is unknown shows as `[1B 99]`.
std::string plain_pole(std::string_view bytes, PoleProtocol protocol);

}  // namespace fangxin::drivers
