// A scale whose protocol no manual confirms, described by the technician who has it on the desk: a
// TOML file named as `profile:FILE`. Any thread.
//
//     words = "大华 ACS-15"
//     line = "9600 7o1"
//     ask = "\\x05"                        # left out: it sends by itself
//     answer_ms = 500
//     zero = "Z\\r"                        # and tare, clear_tare
//     seven_bits = true                   # the eighth bit is parity
//     decimals = 3                        # of digits without a point
//     stable_frames = 5                   # that must agree, for one that says nothing of motion
//     [[frame]]
//     bytes = "\\x02{state}{sign}{mass:6}{xor}\\x03"     # as in frame_template.hpp
//     states = { S = "stable", U = "motion", F = "over" }
//     unit = "kg"                         # where the frame does not say it
//     [[frame]]
//     bytes = "\\x06"
//     reply = "\\x11"                      # sent when it comes; it is no weight
#pragma once

#include "drivers/scales/registry.hpp"

#include <string>

namespace fangxin::drivers {

/// Errors: not_found, bad_profile with the line or the key. Unknown keys are refused by name.
Result<ScaleDriver> read_scale_profile(const std::string& file);

}  // namespace fangxin::drivers
