// The lines that fangxin-devices prints: one JSON object each, keys as in the outside contract, and
// only those that have a value. Pure; any thread.
#pragma once

#include "domain/code.hpp"
#include "domain/result.hpp"
#include "drivers/pictures/decoder.hpp"
#include "drivers/scales/reading.hpp"

#include <string>

namespace fangxin::drivers {

/// Without the text itself: it may be somebody's payment code.
std::string json_line(const domain::ScannedCode& code);

/// `raw` as hexadecimal digits.
std::string json_line(const Reading& reading);

std::string json_line(const std::string& file, const Result<Decoded>& decoded);

/// What a camera has read.
std::string json_line(const Decoded& decoded);

}  // namespace fangxin::drivers
