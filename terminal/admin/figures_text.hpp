// Figures as the admin pages say them: instants, spans, money with its thousands apart.
// Pure; any thread.
#pragma once

#include "terminal/station/screens/time_words.hpp"

#include <cstdint>
#include <string>

namespace fangxin::admin {

using terminal::delay_text;
using terminal::Instant;
using terminal::span_text;
using terminal::when_text;

/// 4821640 → `¥48,216.40`.
std::string grouped_yuan(std::int64_t fen);

/// `due in 2 h`, or `3 h overdue`.
std::string due_text(const Instant& due, const kit::TextTable& texts);

}  // namespace fangxin::admin
