#include "handheld/screens/entry_model.hpp"

#include "terminal/kit/field.hpp"

#include <algorithm>
#include <charconv>

namespace fangxin::handheld {

using domain::Date;

namespace {

std::optional<int> number_in(std::string_view digits) {
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::optional<Date> whole_date(std::string_view digits) {
    const std::size_t year_digits = digits.size() - 4;
    const auto year = number_in(digits.substr(0, year_digits));
    const auto month = number_in(digits.substr(year_digits, 2));
    const auto day = number_in(digits.substr(year_digits + 2));
    if (!year || !month || !day) return std::nullopt;
    return domain::make_date(year_digits == 2 ? 2000 + *year : *year, *month, *day);
}

bool is_possible(Date date, const DateAsked& asked, const domain::StoreTime& now) {
    const domain::DayMinute day{date, std::nullopt};
    if (asked.kind == domain::DatePrinted::production) {
        if (date > now.date()) return false;
        return asked.life && !domain::is_past(domain::expiry_from(day, *asked.life), now);
    }
    return asked.life && date <= domain::expiry_from({now.date(), std::nullopt}, *asked.life).date;
}

}  // namespace

std::vector<Date> dates_meant(const DateEntry& entry, const DateAsked& asked,
                              const domain::StoreTime& now) {
    const std::string& digits = entry.digits;
    std::vector<Date> dates;
    if (digits.size() == 6 || digits.size() == 8) {
        if (const auto date = whole_date(digits)) dates.push_back(*date);
    }
    if (digits.size() != 4) return dates;
    dates = domain::dates_of_month_day(digits, now.date());
    if (asked.kind == domain::DatePrinted::production) {
        std::erase_if(dates, [&](Date date) { return date > now.date(); });
    }
    if (dates.size() > 2) dates.resize(2);
    if (dates.size() < 2 || is_possible(dates[1], asked, now)) return dates;
    dates.pop_back();
    return dates;
}

std::optional<Date> date_meant(const DateEntry& entry, const DateAsked& asked,
                               const domain::StoreTime& now) {
    const auto dates = dates_meant(entry, asked, now);
    if (dates.empty()) return std::nullopt;
    const auto pick = static_cast<std::size_t>(std::max(0, entry.pick));
    return dates[std::min(pick, dates.size() - 1)];
}

std::string dashed(std::string_view digits) {
    const std::size_t year = digits.size() == 6 ? 2 : digits.size() > 4 ? 4 : 0;
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (i == year || i == year + 2)) text += '-';
        text += digits[i];
    }
    return text;
}

std::optional<std::int64_t> milli_of(std::string_view text, domain::Unit unit) {
    const std::size_t point = std::min(text.find('.'), text.size());
    std::int64_t milli = 0;
    for (const char c : text.substr(0, point)) {
        if (c < '0' || c > '9' || milli > domain::most_delivered_milli) return std::nullopt;
        milli = milli * 10 + (c - '0') * 1'000;
    }
    if (point == text.size()) return text.empty() ? std::nullopt : std::optional(milli);
    std::int64_t worth = 100;
    for (const char c : text.substr(point + 1)) {
        if (c < '0' || c > '9' || worth == 0 || unit == domain::Unit::piece) return std::nullopt;
        milli += (c - '0') * worth;
        worth /= 10;
    }
    return milli;
}

void key_in_quantity(std::string& text, std::string_view key, domain::Unit unit) {
    constexpr std::size_t most_whole = 7;
    constexpr std::size_t most_decimals = 3;
    const std::size_t point = text.find('.');
    if (key == ".") {
        if (unit == domain::Unit::piece || point != std::string::npos) return;
        text += text.empty() ? "0." : ".";
        return;
    }
    if (key != "back" && key != "clear") {
        const bool full = point == std::string::npos ? text.size() >= most_whole
                                                     : text.size() - point > most_decimals;
        if (full) return;
        if (text == "0") text.clear();
    }
    kit::key_in(text, key, most_whole + most_decimals + 1);
}

void step_quantity(std::string& text, std::int64_t milli, domain::Unit unit) {
    const std::int64_t now = milli_of(text, unit).value_or(0);
    const std::int64_t then =
        std::clamp<std::int64_t>(now + milli, 0, domain::most_delivered_milli);
    text = digits_of({then, unit});
}

std::string reason_of(const ReasonEntry& entry, std::span<const kit::Msgid> reasons,
                      const kit::TextTable& texts) {
    if (entry.chosen == own_reason) return entry.own;
    const bool in_list =
        entry.chosen >= 0 && static_cast<std::size_t>(entry.chosen) < reasons.size();
    return in_list ? texts.tr(reasons[static_cast<std::size_t>(entry.chosen)]) : "";
}

ReasonView present_reasons(const ReasonEntry& entry, std::span<const kit::Msgid> reasons,
                           const kit::TextTable& texts) {
    ReasonView view;
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        view.choices.push_back({texts.tr(reasons[i]), entry.chosen == static_cast<int>(i)});
    }
    const bool own = entry.chosen == own_reason && !entry.own.empty();
    view.choices.push_back({own ? entry.own : std::string(texts.tr("Other…")), own});
    if (own) view.own = entry.own;
    return view;
}

}  // namespace fangxin::handheld
