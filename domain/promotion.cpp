#include "domain/promotion.hpp"

#include "domain/money.hpp"

#include <algorithm>
#include <charconv>

namespace fangxin::domain {

namespace {

constexpr std::int64_t most_units = 99;
constexpr int minutes_of_hour = 60;
constexpr int minutes_of_day = 24 * minutes_of_hour;

tl::unexpected<Error> bad(std::string why) { return failure("bad_promotion", std::move(why)); }

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

/// The parts between `;`, without blanks around them; empty ones are left out.
std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        const std::string_view part = trimmed(text.substr(0, end));
        if (!part.empty()) parts.emplace_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::optional<int> number_of(std::string_view text, int most) {
    int value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole && value >= 0 && value <= most ? std::optional(value) : std::nullopt;
}

/// `18:00`; `24:00` is a day's end.
std::optional<int> minute_of(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos || text.size() - colon != 3) return std::nullopt;
    auto hour = number_of(text.substr(0, colon), 24);
    auto minute = number_of(text.substr(colon + 1), minutes_of_hour - 1);
    if (!hour || !minute) return std::nullopt;
    const int all = *hour * minutes_of_hour + *minute;
    return all <= minutes_of_day ? std::optional(all) : std::nullopt;
}

std::optional<PriceRule::Hours> hours_of(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == text.npos) return std::nullopt;
    auto from = minute_of(trimmed(text.substr(0, dash)));
    auto until = minute_of(trimmed(text.substr(dash + 1)));
    if (!from || !until || *from == *until || *from == minutes_of_day) return std::nullopt;
    return PriceRule::Hours{*from, *until};
}

Result<void> read_time(const Promotion& promotion, PriceRule& rule) {
    rule.from = promotion.from;
    rule.until = promotion.until;
    if (rule.from && rule.until && *rule.until < *rule.from) return bad("until: is before from");
    const auto days = parts_of(promotion.days);
    if (days.empty()) rule.days.fill(true);
    for (const std::string& day : days) {
        auto number = number_of(day, 7);
        if (!number || *number == 0) return bad("days: " + day + " is not from 1 to 7");
        rule.days[static_cast<std::size_t>(*number - 1)] = true;
    }
    for (const std::string& part : parts_of(promotion.hours)) {
        auto hours = hours_of(part);
        if (!hours) return bad("hours: " + part + " is not like 18:00-21:00");
        rule.hours.push_back(*hours);
    }
    return {};
}

bool is_within(const std::optional<std::int64_t>& value, std::int64_t least, std::int64_t most) {
    return value && *value >= least && *value <= most;
}

/// The new price: a sum or so many percent less, exactly one of them.
Result<void> read_price(const Promotion& promotion, std::int64_t least_fen) {
    if (promotion.amount_fen.has_value() == promotion.percent.has_value())
        return bad("amount_fen: either it or percent is wanted");
    if (promotion.amount_fen && !is_within(promotion.amount_fen, least_fen, largest_amount_fen))
        return bad("amount_fen: is not from " + std::to_string(least_fen) + " to the largest");
    if (promotion.percent && !is_within(promotion.percent, 1, 100))
        return bad("percent: is not from 1 to 100");
    return {};
}

Result<void> read_units(const Promotion& promotion, PriceRule& rule) {
    switch (rule.kind) {
        case PromotionKind::time_price:
        case PromotionKind::member_price:
            return read_price(promotion, 0);
        case PromotionKind::nth_discount:
            if (!is_within(promotion.buy, 2, most_units)) return bad("buy: is not from 2 to 99");
            if (!is_within(promotion.percent, 1, 100)) return bad("percent: is not from 1 to 100");
            rule.units = *promotion.buy;
            return {};
        case PromotionKind::buy_n_get_m:
            if (!is_within(promotion.buy, 1, most_units)) return bad("buy: is not from 1 to 99");
            if (!is_within(promotion.get, 1, most_units)) return bad("get: is not from 1 to 99");
            rule.free = *promotion.get;
            rule.units = *promotion.buy + rule.free;
            return {};
        case PromotionKind::mix_and_match:
            if (!is_within(promotion.buy, 1, most_units)) return bad("buy: is not from 1 to 99");
            rule.units = *promotion.buy;
            return read_price(promotion, 0);
        case PromotionKind::bundle:
            if (rule.items.size() < 2 || static_cast<std::int64_t>(rule.items.size()) > most_units)
                return bad("items: a bundle has from 2 to 99");
            if (!rule.categories.empty()) return bad("categories: a bundle has none");
            rule.units = static_cast<std::int64_t>(rule.items.size());
            return read_price(promotion, 0);
        case PromotionKind::spend_and_save:
            if (!is_within(promotion.threshold_fen, 1, largest_amount_fen))
                return bad("threshold_fen: is not from 1 to the largest");
            rule.threshold_fen = *promotion.threshold_fen;
            if (promotion.amount_fen.value_or(0) > rule.threshold_fen)
                return bad("amount_fen: is more than threshold_fen");
            return read_price(promotion, 1);
    }
    return bad("kind: is unknown");
}

}  // namespace

Result<PriceRule> read_promotion(const Promotion& promotion) {
    PriceRule rule{.id = promotion.id, .name_zh = promotion.name_zh, .name_en = promotion.name_en};
    auto kind = from_text<PromotionKind>(promotion.kind);
    if (!kind) return bad("kind: " + promotion.kind + " is unknown");
    rule.kind = *kind;
    if (auto read = read_time(promotion, rule); !read) return tl::unexpected(read.error());
    rule.items = parts_of(promotion.items);
    rule.categories = parts_of(promotion.categories);
    rule.member = promotion.member || rule.kind == PromotionKind::member_price;
    rule.stackable = promotion.stackable;
    rule.percent = promotion.percent;
    rule.amount_fen = promotion.amount_fen;
    rule.limit = promotion.limit;
    if (rule.limit && *rule.limit < 1) return bad("limit: is less than 1");
    if (auto read = read_units(promotion, rule); !read) return tl::unexpected(read.error());
    return rule;
}

bool is_live(const PriceRule& rule, const StoreTime& now) {
    const Date today = now.date();
    const auto is_day = [&rule](Date day) {
        if ((rule.from && day < *rule.from) || (rule.until && day > *rule.until)) return false;
        return rule.days[std::chrono::weekday(day).iso_encoding() - 1];
    };
    if (rule.hours.empty()) return is_day(today);
    const int minute = now.minute_of_day();
    return std::ranges::any_of(rule.hours, [&](const PriceRule::Hours& hours) {
        if (hours.from < hours.until)
            return is_day(today) && minute >= hours.from && minute < hours.until;
        // What began on the evening of a day is still of that day.
        return (is_day(today) && minute >= hours.from) ||
               (is_day(today - std::chrono::days(1)) && minute < hours.until);
    });
}

std::int64_t less_percent(std::int64_t price_fen, std::int64_t percent) {
    return (price_fen * (100 - percent) + 50) / 100;
}

}  // namespace fangxin::domain
