// A draft is lines of a name and a text: a text that has lines of its own stays in one.
#pragma once

#include <string>
#include <string_view>

namespace fangxin::terminal {

/// `a⏎b\` → `a\nb\\`.
std::string in_one_line(std::string_view text);
/// What in_one_line() was given; of anything else, as well as it can be read.
std::string from_one_line(std::string_view line);

}  // namespace fangxin::terminal
