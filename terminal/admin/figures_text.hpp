// Figures as the admin pages say them: instants, spans, days left, money with its thousands apart.
// Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/kit/text_table.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::admin {

/// 4821640 → `¥48,216.40`.
std::string grouped_yuan(std::int64_t fen);
/// Thousandths of a unit: 12000 → `12`, 1250 → `1.25`, -500 → `-0.5`.
std::string thousandths(std::int64_t milli);

/// `14:32`.
std::string clock_text(const domain::StoreTime& at);
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
/// `due in 2 h`, or `3 h overdue`.
std::string due_text(const Instant& due, const kit::TextTable& texts);

/// Whole days from today to the day on which goods may last be sold: 0 on that day, -1 after it.
std::int64_t days_left(const domain::DayMinute& expiry, const domain::StoreTime& now);
/// `3 days left`, `last day today`, `expired 2 days ago`.
std::string days_left_text(const domain::DayMinute& expiry, const domain::StoreTime& now,
                           const kit::TextTable& texts);

}  // namespace fangxin::admin
