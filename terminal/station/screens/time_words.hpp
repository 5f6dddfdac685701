// Instants and spans as screens say them. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/kit/text_table.hpp"

#include <cstdint>
#include <string>

namespace fangxin::terminal {

/// `14:32` today, `11-23 14:32` in this year, `2025-11-23` before.
struct Instant {
    domain::StoreTime at;
    domain::StoreTime now;
};
std::string when_text(const Instant& instant);

/// The largest unit that says enough: `40 s`, `12 min`, `5 h`, `3 days`. Never less than nothing.
std::string span_text(std::int64_t ms, const kit::TextTable& texts);
/// How soon a till had a block: `0.2 s`, `12 s`, `5 h`.
std::string delay_text(std::int64_t ms, const kit::TextTable& texts);

}  // namespace fangxin::terminal
