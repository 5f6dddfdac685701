#include "domain/gs1.hpp"

#include "domain/gs1_ai.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace fangxin::domain {

namespace {

constexpr int minutes_per_day = 24 * 60;
constexpr std::string_view yuan = "156";  // ISO 4217 numeric

/// Neighbours that leave open which goods or which amount is meant. The Syntax Dictionary excludes
/// more pairs (coupons, origins); a till that refused those would only hold up the queue.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> exclusions{
    {{"01", "02"}, {"01", "37"}, {"392", "393"}}};

/// Two measures of one kind, `3102` and `3103`, or two amounts of one kind: which one counts?
bool is_same_quantity(std::string_view a, std::string_view b) {
    if (a.size() != 4 || b.size() != 4 || a.substr(0, 3) != b.substr(0, 3)) return false;
    std::string_view prefix = a.substr(0, 2);
    return prefix == "39" || (prefix >= "31" && prefix <= "36");
}

bool exclude_each_other(std::string_view a, std::string_view b) {
    if (is_same_quantity(a, b)) return true;
    return std::any_of(exclusions.begin(), exclusions.end(), [&](const auto& pair) {
        return (a.starts_with(pair.first) && b.starts_with(pair.second)) ||
               (a.starts_with(pair.second) && b.starts_with(pair.first));
    });
}

/// The AI in brackets at the start of `data`, empty if there is none.
std::string_view bracketed_ai(std::string_view data) {
    if (data.empty() || data.front() != '(') return {};
    std::size_t length = ai_length(data.substr(1));
    if (length == 0 || data.size() < length + 2 || data[length + 1] != ')') return {};
    return data.substr(1, length);
}

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (; exponent > 0; --exponent) {
        power *= 10;
    }
    return power;
}

int last_digit(std::string_view ai) { return ai.back() - '0'; }

/// Yuan with `decimals` → fen; none if it is not a whole number of fen: the till does not round
/// what somebody else has priced.
std::optional<std::int64_t> fen_of(std::string_view digits, int decimals) {
    std::int64_t amount = number_of(digits);
    if (decimals <= 2) return amount * power_of_ten(2 - decimals);
    std::int64_t parts_per_fen = power_of_ten(decimals - 2);
    if (amount % parts_per_fen != 0) return std::nullopt;
    return amount / parts_per_fen;
}

/// A date without a minute is good through its last one.
bool is_before(const DayMinute& a, const DayMinute& b) {
    if (a.date != b.date) return a.date < b.date;
    return a.minute.value_or(minutes_per_day - 1) < b.minute.value_or(minutes_per_day - 1);
}

}  // namespace

Gs1Elements::Gs1Elements(Date today)
    : this_year_(static_cast<int>(std::chrono::year_month_day(today).year())) {}

void Gs1Elements::fail(CodeError error) { keep_graver(error_, error); }

void Gs1Elements::add(std::string_view ai, std::string_view value) {
    keep_graver(error_, judge_ai_value(ai, value, this_year_));
    for (const ApplicationIdentifier& other : ais_) {
        if (other.ai == ai) {
            if (other.value != value) fail(CodeError::conflict);
            return;
        }
        if (exclude_each_other(other.ai, ai)) fail(CodeError::conflict);
    }
    if (ais_.empty()) ais_.reserve(5);  // a pack's 2D code: GTIN, lot, serial, two dates
    ais_.push_back({std::string(ai), std::string(value)});
}

std::string_view Gs1Elements::value_of(std::string_view ai) const {
    for (const ApplicationIdentifier& element : ais_) {
        if (element.ai == ai) return element.value;
    }
    return {};
}

/// `YYMMDD`, `YYMMDDHH`, `YYMMDDHHMM` or `YYMMDDHHMMSS`, judged before.
std::optional<DayMinute> Gs1Elements::day_minute(std::string_view ai) const {
    std::string_view value = value_of(ai);
    if (value.empty()) return std::nullopt;
    DayMinute when{date_of_six(value.substr(0, 6), this_year_).value(), std::nullopt};
    if (value.size() == 6) return when;
    int hour = static_cast<int>(number_of(value.substr(6, 2)));
    int minute =
        static_cast<int>(number_of(value.substr(8, std::min<std::size_t>(2, value.size() - 8))));
    when.minute = hour * 60 + minute;
    return when;
}

void Gs1Elements::fill_dates(ScannedCode& code) const {
    code.production = day_minute("11");
    // AI 8008 is the same moment told more finely, which goods with a life in hours need.
    auto made_at = day_minute("8008");
    if (made_at && (!code.production || code.production->date == made_at->date)) {
        code.production = made_at;
    }
    code.expiry = day_minute("17");
    auto expiry_minute = day_minute("7003");
    if (expiry_minute && (!code.expiry || is_before(*expiry_minute, *code.expiry))) {
        code.expiry = expiry_minute;
    }
    code.best_before = day_minute("15");
    if (!code.best_before) code.best_before = day_minute("16");
}

void Gs1Elements::fill_quantity(ScannedCode& code, const ApplicationIdentifier& element) const {
    constexpr int milligrams_exponent = 6;  // of a kilogram
    std::string_view kind = std::string_view(element.ai).substr(0, 3);
    int decimals = last_digit(element.ai);
    if (kind == "310" && decimals <= 5) {  // 3106 to 3109 are not assigned
        code.weight_mg = number_of(element.value) * power_of_ten(milligrams_exponent - decimals);
    } else if (kind == "392") {
        code.amount_fen = fen_of(element.value, decimals);
    } else if (kind == "393" && element.value.starts_with(yuan)) {
        code.amount_fen = fen_of(std::string_view(element.value).substr(3), decimals);
    }
}

void Gs1Elements::hand_over(ScannedCode& code) && {
    code.error = error_;
    if (error_) return;
    code.gtin = value_of("01");
    if (code.gtin.empty()) code.gtin = value_of("02");
    code.lot = value_of("10");
    code.serial = value_of("21");
    std::string_view count = value_of("30");
    if (count.empty()) count = value_of("37");
    if (!count.empty()) code.count = number_of(count);
    fill_dates(code);
    for (const ApplicationIdentifier& element : ais_) {
        if (element.ai.size() == 4) fill_quantity(code, element);
    }
    code.ais = std::move(ais_);
}

Gs1Elements read_element_string(std::string_view data, Date today) {
    Gs1Elements elements(today);
    bool nothing_said = true;
    while (!data.empty()) {
        if (data.front() == group_separator) {
            data.remove_prefix(1);
            continue;
        }
        nothing_said = false;
        std::string_view ai = data.substr(0, ai_length(data));
        if (ai.empty()) {  // where the next element would start is anybody's guess
            elements.fail(CodeError::syntax);
            break;
        }
        data.remove_prefix(ai.size());
        // No further than a predefined length: else a long string of them is scanned again each
        // time.
        std::string_view value = data.substr(0, predefined_length(ai).value_or(data.size()));
        value = value.substr(0, value.find(group_separator));
        elements.add(ai, value);
        data.remove_prefix(value.size());
    }
    if (nothing_said) elements.fail(CodeError::syntax);
    return elements;
}

bool opens_with_bracketed_ai(std::string_view data) { return !bracketed_ai(data).empty(); }

Gs1Elements read_bracketed(std::string_view data, Date today) {
    Gs1Elements elements(today);
    while (!data.empty()) {
        std::string_view ai = bracketed_ai(data);
        if (ai.empty()) {
            elements.fail(CodeError::syntax);
            break;
        }
        data.remove_prefix(ai.size() + 2);
        std::size_t end = data.find('(');
        while (end != std::string_view::npos && bracketed_ai(data.substr(end)).empty()) {
            end = data.find('(', end + 1);
        }
        std::string_view value = data.substr(0, end);
        data.remove_prefix(value.size());
        if (value.ends_with(group_separator)) value.remove_suffix(1);  // some programs send both
        elements.add(ai, value);
    }
    return elements;
}

}  // namespace fangxin::domain
