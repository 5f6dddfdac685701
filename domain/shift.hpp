// A shift at a drawer (SALE-8, SALE-19): what it sold, what has to be in the drawer, and the count.
// Money in fen. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/receipt.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace fangxin::domain {

/// Notes and coins of the yuan, the largest first; fen coins are still money.
inline constexpr std::array<std::int64_t, 11> denominations{10'000, 5'000, 2'000, 1'000, 500, 100,
                                                            50,     10,    5,     2,     1};

/// Of one note or coin in a drawer; more is a slip of the finger.
inline constexpr std::int64_t most_pieces_counted = 100'000;

struct TenderTotal {
    TenderKind kind = TenderKind::cash;
    std::int64_t count = 0;
    std::int64_t amount_fen = 0;  ///< change taken off
};

/// What a shift comes to, summed over the sales that bear its id.
struct ShiftSums {
    std::int64_t sales = 0;
    std::int64_t lines_fen = 0;
    std::int64_t returns_fen = 0;  ///< below zero
    std::int64_t saved_fen = 0;
    std::int64_t rounding_fen = 0;     ///< 抹零, as a positive number
    std::vector<TenderTotal> tenders;  ///< in the order of TenderKind, none twice
    std::int64_t paid_in_fen = 0;
    std::int64_t paid_out_fen = 0;
    std::int64_t dropped_fen = 0;
    std::int64_t voided = 0;           ///< sales given up before payment
    std::int64_t drawer_openings = 0;  ///< without a sale

    /// What customers owed.
    std::int64_t due_fen() const { return lines_fen + returns_fen - rounding_fen; }
    std::int64_t tendered_fen() const;
    /// SALE-19: lines and tenders say the same.
    bool adds_up() const { return due_fen() == tendered_fen(); }
};
void add_tender(ShiftSums& sums, TenderKind kind, std::int64_t amount_fen);

/// Cash that has to lie in the drawer.
std::int64_t expected_cash(const ShiftSums& sums, std::int64_t float_fen);

/// The day that a shop keeps books for (SALE-18): it turns at an hour of the night, and one that is
/// closed already is followed by the next.
///     02:00 with a turn at 4 → the day before        `is_closed(day)` → the day after it
Date business_day(const StoreTime& now, int turns_at_hour,
                  const std::function<bool(Date)>& is_closed);

}  // namespace fangxin::domain
