// The price of a weight (WEIGH-1, OIML R 76 4.14): net mass × price per kilogram, in whole
// numbers, rounded half up to the fen, once. Pure; any thread.
//
//   net         ¥/kg    exact         line
//   0.500 kg    9.99    4.995         5.00    half goes up
//   0.333 kg    9.99    3.32667       3.33
//   0.0004 kg  12.40    0.00496       0.00
#pragma once

#include "domain/weighing/api.hpp"

#include <cstdint>
#include <optional>

namespace fangxin::weighing {

/// Larger sums are a mistake in a price or a quantity, never a basket: 100 million yuan.
inline constexpr std::int64_t largest_amount_fen = 10'000'000'000;

struct WeightSale {
    std::int64_t net_mg = 0;
    std::int64_t price_fen_per_kg = 0;
};
/// None if a value is negative or the amount does not fit: the caller refuses the line.
FANGXIN_WEIGHING_API std::optional<std::int64_t> weight_amount(const WeightSale& sale);

}  // namespace fangxin::weighing
