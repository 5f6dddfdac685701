#include "terminal/admin/figures_text.hpp"

#include "domain/amount_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

constexpr std::int64_t second_ms = 1'000;
constexpr std::int64_t minute_ms = 60 * second_ms;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

}  // namespace

std::string grouped_yuan(std::int64_t fen) {
    std::string text = domain::yuan(fen);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    for (std::size_t at = text.find('.'); at > first + 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    text.insert(first, "¥");
    return text;
}

std::string thousandths(std::int64_t milli) {
    const std::int64_t whole = milli / 1000;
    const std::int64_t rest = milli < 0 ? -(milli % 1000) : milli % 1000;
    std::string text = fmt::format("{}{}", milli < 0 && whole == 0 ? "-" : "", whole);
    if (rest == 0) return text;
    text += fmt::format(".{:03}", rest);
    while (text.ends_with('0'))
        text.pop_back();
    return text;
}

std::string clock_text(const domain::StoreTime& at) {
    const int minute = at.minute_of_day();
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string when_text(const Instant& instant) {
    if (instant.at.date() == instant.now.date()) return clock_text(instant.at);
    const std::string date = domain::format_date(instant.at.date());
    const std::string today = domain::format_date(instant.now.date());
    if (date.substr(0, 4) != today.substr(0, 4)) return date;
    return date.substr(5) + " " + clock_text(instant.at);
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

std::string due_text(const Instant& due, const kit::TextTable& texts) {
    const std::int64_t left = due.at.utc_ms - due.now.utc_ms;
    if (left >= 0) return texts.tr("due in {}", span_text(left, texts));
    return texts.tr("{} overdue", span_text(-left, texts));
}

std::int64_t days_left(const domain::DayMinute& expiry, const domain::StoreTime& now) {
    const auto days = std::chrono::duration_cast<std::chrono::days>(expiry.date - now.date());
    if (days.count() == 0 && domain::is_past(expiry, now)) return -1;
    return days.count();
}

std::string days_left_text(const domain::DayMinute& expiry, const domain::StoreTime& now,
                           const kit::TextTable& texts) {
    const std::int64_t left = days_left(expiry, now);
    if (expiry.date == now.date()) {
        return left < 0 ? texts.tr("expired today") : texts.tr("last day today");
    }
    if (left > 0) return texts.tr_n("{} day left", "{} days left", left);
    return texts.tr_n("expired {} day ago", "expired {} days ago", -left);
}

}  // namespace fangxin::admin
