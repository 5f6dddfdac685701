#include "drivers/scales/mass_text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace fangxin::drivers {

namespace {

constexpr int most_digits = 9;
constexpr std::int64_t heaviest_mg = 1'000'000'000'000'000;  // a thousand tonnes

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void skip_blanks(std::string_view& text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
}

struct UnitRow {
    std::string_view unit;
    std::int64_t milligrams;
};
constexpr std::array units{UnitRow{"kg", 1'000'000}, UnitRow{"g", 1'000}, UnitRow{"mg", 1},
                           UnitRow{"t", 1'000'000'000}};

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    skip_blanks(text);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    skip_blanks(text);
    Decimal value;
    int digits = 0;
    for (char c : text) {
        if (c == '.' && !value.has_point) {
            value.has_point = true;
            continue;
        }
        if (!is_digit(c) || ++digits > most_digits) return std::nullopt;
        value.digits = value.digits * 10 + (c - '0');
        if (value.has_point) ++value.decimals;
    }
    if (digits == 0) return std::nullopt;
    if (negative) value.digits = -value.digits;
    return value;
}

std::optional<std::int64_t> milligrams_of(std::string_view unit) {
    while (unit.starts_with(' '))
        unit.remove_prefix(1);
    while (unit.ends_with(' '))
        unit.remove_suffix(1);
    std::string small(unit);
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    for (const UnitRow& row : units) {
        if (row.unit == small) return row.milligrams;
    }
    return std::nullopt;
}

std::optional<std::int64_t> to_milligrams(const Decimal& mass, std::int64_t milligrams_of_one) {
    std::int64_t digits = mass.digits;
    std::int64_t factor = milligrams_of_one;
    for (int i = 0; i < mass.decimals; ++i) {
        if (factor % 10 == 0) {
            factor /= 10;
        } else if (digits % 10 == 0) {
            digits /= 10;
        } else {
            return std::nullopt;
        }
    }
    if (std::max(digits, -digits) > heaviest_mg / factor) return std::nullopt;
    return digits * factor;
}

std::optional<std::int64_t> parse_mass_mg(std::string_view text) {
    const std::size_t end = text.find_last_of("0123456789");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view unit = text.substr(end + 1);
    while (unit.starts_with(' '))
        unit.remove_prefix(1);
    const auto number = parse_decimal(text.substr(0, end + 1));
    const auto one = milligrams_of(unit);
    if (!number || !one || number->digits <= 0) return std::nullopt;
    return to_milligrams(*number, *one);
}

}  // namespace fangxin::drivers
