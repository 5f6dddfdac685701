#include "terminal/station/screens/time_words.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t second_ms = 1'000;
constexpr std::int64_t minute_ms = 60 * second_ms;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

}  // namespace

std::string when_text(const Instant& instant) {
    std::string clock = domain::clock_text(instant.at);
    if (instant.at.date() == instant.now.date()) return clock;
    const std::string date = domain::format_date(instant.at.date());
    const std::string today = domain::format_date(instant.now.date());
    return date.substr(0, 4) == today.substr(0, 4) ? date.substr(5) + " " + clock : date;
}

std::string span_text(std::int64_t ms, const kit::TextTable& texts) {
    ms = std::max<std::int64_t>(ms, 0);
    if (ms < minute_ms) return texts.tr("{} s", ms / second_ms);
    if (ms < hour_ms) return texts.tr("{} min", ms / minute_ms);
    if (ms < 2 * day_ms) return texts.tr("{} h", ms / hour_ms);
    return texts.tr("{} days", ms / day_ms);
}

std::string delay_text(std::int64_t ms, const kit::TextTable& texts) {
    ms = std::max<std::int64_t>(ms, 0);
    if (ms >= 10 * second_ms) return span_text(ms, texts);
    const std::int64_t tenths = std::max<std::int64_t>(1, (ms + 50) / 100);
    return texts.tr("{} s", fmt::format("{}.{}", tenths / 10, tenths % 10));
}

}  // namespace fangxin::terminal
