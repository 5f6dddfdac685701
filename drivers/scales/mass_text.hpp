// Masses as scales write them: digits, a point perhaps, a unit. To whole milligrams or not at all.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fangxin::drivers {

/// `  1.234` is 1234 with 3 decimals.
struct Decimal {
    std::int64_t digits = 0;  ///< signed
    int decimals = 0;
    bool has_point = false;  ///< `12.` has no decimals, and says so
    bool operator==(const Decimal&) const = default;
};

/// Blanks, a sign perhaps, blanks, digits with at most one point: `- 0.050`, `+0001.234`, `1234`.
/// None for anything else and for more than 9 digits, which no shop's scale shows.
std::optional<Decimal> parse_decimal(std::string_view text);

/// How many milligrams one of a metric unit has: `kg` `g` `mg` `t`, in any case. None for pounds,
/// ounces, 市斤 (`SJ`), taels …: what is sold by weight is sold by the kilogram (WEIGH-5).
std::optional<std::int64_t> milligrams_of(std::string_view unit);

/// None where it is not a whole number of milligrams, or too large for any scale.
std::optional<std::int64_t> to_milligrams(const Decimal& mass, std::int64_t milligrams_of_one);

/// As it is written on weights: `2000g` `2kg` `0.5 kg` `5000mg`; none if it is no mass.
std::optional<std::int64_t> parse_mass_mg(std::string_view text);

}  // namespace fangxin::drivers
