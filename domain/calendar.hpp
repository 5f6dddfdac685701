// Dates as a pack prints them and instants as the shop lives them. The time zone is looked up
// outside (sync/store_zone); here an instant carries its offset. Values only; any thread.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::domain {

/// A calendar day in the store's own time.
using Date = std::chrono::sys_days;

/// A day, and the minute of it (0..1439) where the goods live by hours.
struct DayMinute {
    Date date{};
    std::optional<int> minute;
    bool operator==(const DayMinute&) const = default;
};

/// An instant with the store's offset from UTC in force at it.
struct StoreTime {
    std::int64_t utc_ms = 0;
    std::int32_t offset_minutes = 0;

    Date date() const;
    int minute_of_day() const;
    bool operator==(const StoreTime&) const = default;
};

enum class LifeUnit { hours, days, months };

/// How long goods keep, as the label says it.
struct ShelfLife {
    std::int64_t amount = 0;
    LifeUnit unit = LifeUnit::days;
    bool operator==(const ShelfLife&) const = default;
};

std::optional<Date> make_date(int year, int month, int day);
/// `2026-11-23`; nothing else.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

/// `2026-11-23` or `2026-11-23T14:05`.
std::optional<DayMinute> parse_day_minute(std::string_view text);
std::string format_day_minute(const DayMinute& value);

/// As people read it: `2026-11-28`, with its minute `2026-11-28 20:00`.
std::string day_text(const DayMinute& value);
/// `14:32`.
std::string clock_text(const StoreTime& time);

/// ISO 8601 with an offset (`2026-11-23T14:05:09.123+08:00`, `…Z`); seconds and fraction optional.
std::optional<StoreTime> parse_instant(std::string_view text);
std::string format_instant(const StoreTime& time);

/// `24h`, `7d`, `12m`, a bare number of days, ISO `PT24H` `P7D` `P12M`, or 小时/天/日/个月/月/年.
std::optional<ShelfLife> parse_shelf_life(std::string_view text);
std::string format_shelf_life(const ShelfLife& life);

/// Production + life (rules 1). Days and months: good through the end of the day that they end on;
/// month lives end on the same day of the month, clamped to the month's end. Hours: that minute;
/// a production without a time counts from 00:00, the cautious reading.
DayMinute expiry_from(const DayMinute& production, const ShelfLife& life);

/// Both ends belong to it.
struct DateSpan {
    Date first;
    Date last;
};
/// The days on which goods that expire then may have been made: expiry_from() the other way round.
/// Several where a month's end clamped them (made on Aug 29, 30 or 31, good for 6 months, all end
/// on Feb 28) or where hours end at a minute that nobody printed.
DateSpan productions_of(const DayMinute& expiry, const ShelfLife& life);

/// True from the first moment at which goods with this expiry may no longer be sold (SAFE-4).
bool is_past(const DayMinute& expiry, const StoreTime& now);

/// `MMDD` as printed → the dates around `today` that have this month and day, nearest first; empty
/// if there is no such day.
std::vector<Date> dates_of_month_day(std::string_view mmdd, Date today);
/// The first of them. What a cashier keyed is read by verdict.hpp's date_keyed() instead.
std::optional<Date> nearest_month_day(std::string_view mmdd, Date today);

}  // namespace fangxin::domain
