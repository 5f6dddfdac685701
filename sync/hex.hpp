// Bytes as lower-case hex digits and back. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::sync {

std::string hex_of(std::string_view bytes);
/// Nothing if this is not hex throughout, two digits a byte.
std::optional<std::string> bytes_of_hex(std::string_view hex);

}  // namespace fangxin::sync
