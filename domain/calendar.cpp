#include "domain/calendar.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fmt/format.h>

namespace fangxin::domain {

namespace {

using namespace std::chrono;

constexpr int minutes_per_day = 24 * 60;
constexpr std::int64_t ms_per_minute = 60'000;

std::optional<int> digits(std::string_view text) {
    int value = 0;
    if (text.empty() || text.size() > 9) return std::nullopt;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
    std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

std::int64_t local_minutes(const StoreTime& time) {
    return floor_div(time.utc_ms, ms_per_minute) + time.offset_minutes;
}

std::optional<int> parse_minute(std::string_view text) {  // `14:05`
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    auto hour = digits(text.substr(0, 2));
    auto minute = digits(text.substr(3, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    return *hour * 60 + *minute;
}

std::optional<int> parse_offset(std::string_view text) {  // `Z` `+08:00` `+0800`
    if (text == "Z" || text == "z") return 0;
    if (text.size() != 6 && text.size() != 5) return std::nullopt;
    if (text[0] != '+' && text[0] != '-') return std::nullopt;
    if (text.size() == 6 && text[3] != ':') return std::nullopt;
    auto hour = digits(text.substr(1, 2));
    auto minute = digits(text.substr(text.size() - 2));
    if (!hour || !minute || *hour > 14 || *minute > 59) return std::nullopt;
    int offset = *hour * 60 + *minute;
    return text[0] == '-' ? -offset : offset;
}

/// `:09.123` → milliseconds; empty → 0.
std::optional<int> parse_seconds(std::string_view text) {
    if (text.empty()) return 0;
    if (text.size() < 3 || text[0] != ':') return std::nullopt;
    auto seconds = digits(text.substr(1, 2));
    if (!seconds || *seconds > 59) return std::nullopt;
    int result = *seconds * 1000;
    std::string_view fraction = text.substr(3);
    if (fraction.empty()) return result;
    if ((fraction[0] != '.' && fraction[0] != ',') || fraction.size() < 2) return std::nullopt;
    auto whole = digits(fraction.substr(1, 9));
    if (!whole || fraction.size() > 10) return std::nullopt;
    std::string padded(fraction.substr(1));
    padded.resize(9, '0');
    return result + *digits(padded) / 1'000'000;
}

}  // namespace

Date StoreTime::date() const {
    return Date{days{floor_div(local_minutes(*this), minutes_per_day)}};
}

int StoreTime::minute_of_day() const {
    std::int64_t minutes = local_minutes(*this);
    return static_cast<int>(minutes - floor_div(minutes, minutes_per_day) * minutes_per_day);
}

std::optional<Date> make_date(int year, int month, int day) {
    if (year < 1900 || year > 9999 || month < 1 || day < 1) return std::nullopt;
    year_month_day ymd{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                       std::chrono::day(static_cast<unsigned>(day))};
    if (!ymd.ok()) return std::nullopt;
    return sys_days{ymd};
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto year = digits(text.substr(0, 4));
    auto month = digits(text.substr(5, 2));
    auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return make_date(*year, *month, *day);
}

std::string format_date(Date date) {
    year_month_day ymd{date};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                       static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::optional<DayMinute> parse_day_minute(std::string_view text) {
    auto date = parse_date(text.substr(0, 10));
    if (!date) return std::nullopt;
    if (text.size() == 10) return DayMinute{*date, std::nullopt};
    if (text.size() != 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    auto minute = parse_minute(text.substr(11));
    if (!minute) return std::nullopt;
    return DayMinute{*date, minute};
}

std::string format_day_minute(const DayMinute& value) {
    if (!value.minute) return format_date(value.date);
    return fmt::format("{}T{:02}:{:02}", format_date(value.date), *value.minute / 60,
                       *value.minute % 60);
}

std::string day_text(const DayMinute& value) {
    if (!value.minute) return format_date(value.date);
    return fmt::format("{} {:02}:{:02}", format_date(value.date), *value.minute / 60,
                       *value.minute % 60);
}

std::string clock_text(const StoreTime& time) {
    const int minute = time.minute_of_day();
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::optional<StoreTime> parse_instant(std::string_view text) {
    if (text.size() < 17) return std::nullopt;
    auto start = parse_day_minute(text.substr(0, 16));
    if (!start) return std::nullopt;
    std::string_view rest = text.substr(16);
    std::size_t zone = rest.find_first_of("Zz+-");
    if (zone == std::string_view::npos) return std::nullopt;
    auto ms = parse_seconds(rest.substr(0, zone));
    auto offset = parse_offset(rest.substr(zone));
    if (!ms || !offset || !start->minute) return std::nullopt;
    std::int64_t day_number = start->date.time_since_epoch().count();
    std::int64_t minutes = day_number * minutes_per_day + *start->minute - *offset;
    return StoreTime{minutes * ms_per_minute + *ms, *offset};
}

std::string format_instant(const StoreTime& time) {
    std::int64_t ms = time.utc_ms - floor_div(time.utc_ms, ms_per_minute) * ms_per_minute;
    int minute = time.minute_of_day();
    int offset = std::abs(time.offset_minutes);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}{}{:02}:{:02}", format_date(time.date()),
                       minute / 60, minute % 60, ms / 1000, ms % 1000,
                       time.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::optional<ShelfLife> parse_shelf_life(std::string_view text) {
    struct Suffix {
        std::string_view text;
        LifeUnit unit;
        int factor;
    };
    static constexpr std::array suffixes{
        Suffix{"小时", LifeUnit::hours, 1}, Suffix{"个月", LifeUnit::months, 1},
        Suffix{"月", LifeUnit::months, 1},  Suffix{"天", LifeUnit::days, 1},
        Suffix{"日", LifeUnit::days, 1},    Suffix{"年", LifeUnit::months, 12},
        Suffix{"h", LifeUnit::hours, 1},    Suffix{"H", LifeUnit::hours, 1},
        Suffix{"d", LifeUnit::days, 1},     Suffix{"D", LifeUnit::days, 1},
        Suffix{"m", LifeUnit::months, 1},   Suffix{"M", LifeUnit::months, 1},
        Suffix{"y", LifeUnit::months, 12},  Suffix{"Y", LifeUnit::months, 12}};
    if (text.starts_with("PT")) {
        text.remove_prefix(2);
        if (!text.ends_with("H")) return std::nullopt;
    } else if (text.starts_with("P")) {
        text.remove_prefix(1);
        if (text.ends_with("H")) return std::nullopt;
    }
    LifeUnit unit = LifeUnit::days;
    int factor = 1;
    for (const Suffix& suffix : suffixes) {
        if (!text.ends_with(suffix.text)) continue;
        text.remove_suffix(suffix.text.size());
        unit = suffix.unit;
        factor = suffix.factor;
        break;
    }
    auto amount = digits(text);
    if (!amount || *amount == 0 || *amount > 36'500) return std::nullopt;
    return ShelfLife{std::int64_t{*amount} * factor, unit};
}

std::string format_shelf_life(const ShelfLife& life) {
    constexpr std::array letters{'h', 'd', 'm'};
    return fmt::format("{}{}", life.amount, letters[static_cast<std::size_t>(life.unit)]);
}

DayMinute expiry_from(const DayMinute& production, const ShelfLife& life) {
    switch (life.unit) {
        case LifeUnit::hours: {
            std::int64_t minutes = production.minute.value_or(0) + life.amount * 60;
            return {production.date + days{floor_div(minutes, minutes_per_day)},
                    static_cast<int>(minutes % minutes_per_day)};
        }
        case LifeUnit::days:
            return {production.date + days{life.amount}, std::nullopt};
        case LifeUnit::months: {
            year_month_day ymd = year_month_day{production.date} + months{life.amount};
            if (!ymd.ok()) ymd = ymd.year() / ymd.month() / last;
            return {sys_days{ymd}, std::nullopt};
        }
    }
    FANGXIN_CHECK(false);
}

DateSpan productions_of(const DayMinute& expiry, const ShelfLife& life) {
    switch (life.unit) {
        case LifeUnit::hours: {
            auto made = [&](int minute) {
                return expiry.date + days{floor_div(minute - life.amount * 60, minutes_per_day)};
            };
            return {made(expiry.minute.value_or(0)), made(expiry.minute.value_or(minutes_per_day))};
        }
        case LifeUnit::days:
            return {expiry.date - days{life.amount}, expiry.date - days{life.amount}};
        case LifeUnit::months: {
            year_month_day ends{expiry.date};
            std::chrono::year_month made = ends.year() / ends.month() - months{life.amount};
            Date month_end = sys_days{made / last};
            Date same_day =
                std::min(month_end, sys_days{made / 1} +
                                        (expiry.date - sys_days{ends.year() / ends.month() / 1}));
            bool clamped = sys_days{ends.year() / ends.month() / last} == expiry.date;
            return {same_day, clamped ? month_end : same_day};
        }
    }
    FANGXIN_CHECK(false);
}

bool is_past(const DayMinute& expiry, const StoreTime& now) {
    Date today = now.date();
    if (today != expiry.date) return today > expiry.date;
    return expiry.minute && now.minute_of_day() >= *expiry.minute;
}

std::vector<Date> dates_of_month_day(std::string_view mmdd, Date today) {
    if (mmdd.size() != 4) return {};
    auto month = digits(mmdd.substr(0, 2));
    auto day = digits(mmdd.substr(2, 2));
    if (!month || !day) return {};
    int this_year = static_cast<int>(year_month_day{today}.year());
    std::vector<Date> dates;
    // Four years either way, for 29 February.
    for (int year = this_year - 4; year <= this_year + 4; ++year) {
        if (auto date = make_date(year, *month, *day)) dates.push_back(*date);
    }
    std::stable_sort(dates.begin(), dates.end(),
                     [&](Date one, Date other) { return abs(one - today) < abs(other - today); });
    return dates;
}

std::optional<Date> nearest_month_day(std::string_view mmdd, Date today) {
    std::vector<Date> dates = dates_of_month_day(mmdd, today);
    return dates.empty() ? std::nullopt : std::optional{dates.front()};
}

}  // namespace fangxin::domain
