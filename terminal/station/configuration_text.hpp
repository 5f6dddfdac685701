// A devices file as it may travel to the server and be read by everybody there (FAULT-2): without
// remarks, without anything that looks like a password or a payment code, and bounded. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fangxin::terminal {

inline constexpr std::size_t longest_configuration = 8'192;

/// What is taken out leaves `…`; remarks and empty lines leave nothing.
std::string shown_configuration(std::string_view file);

}  // namespace fangxin::terminal
