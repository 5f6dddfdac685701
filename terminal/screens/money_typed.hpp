// Yuan as they are keyed on a pad, `150` or `150.5`, and what they come to. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace fangxin::terminal::till {

/// `150` 15000, `150.` 15000, `150.5` 15050; nothing typed is 0.
std::int64_t fen_of(const std::string& typed);

/// A key of the pad: a digit, `00`, `.`, `back`, `clear`.
void press_money(std::string& typed, const std::string& key);

}  // namespace fangxin::terminal::till
