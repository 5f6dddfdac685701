// What a basket costs after promotions (SALE-4, rules 5). Exact whole fen; pure; any thread.
//
// 1. Promotions of goods: a unit takes part in at most one. What was marked down, priced by a
//    label or by hand takes part in none.
// 2. Promotions of the basket (spend and save): by what their goods cost after that; at most one,
//    and besides it any that are stackable.
// 3. The lowest total wins; of equal ones that with fewer promotions, then that with lower ids.
// 4. What a use of a promotion takes off is shared by its units in proportion to their prices, the
//    largest remainders first; of a basket promotion by the lines.
//
// Units hang together in a group if promotions join them, however far. In a group of up to 12
// units, or of more that are alike (`most_states`), the lowest total is found exactly (with up to
// 256 promotions of its goods, and five stackable ones of the basket that are near their
// thresholds). In larger ones it is the best of two orders: promotions one by one by id, and always
// the use that takes most off next, which saves at least 1/(k+1) of what the best would, k being
// the units of the largest use (each use chosen stands in the way of at most k others, and of one
// by its limit). What falls short of that: where ten different units and more stand under the same
// three promotions and more, and less off them would reach a threshold, not all ways are compared
// (`most_work`); the total is then no higher than the most off goods leaves it. `is_exact` tells.
#pragma once

#include "domain/goods.hpp"
#include "domain/pricing/price_book.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fangxin::domain {

/// A line as it costs without promotions.
struct PriceLine {
    std::string item;
    std::string category;
    Unit unit = Unit::piece;
    std::int64_t quantity = 1;        ///< pieces; 1 for what is weighed
    std::int64_t net_mg = 0;          ///< of what is weighed
    std::int64_t unit_price_fen = 0;  ///< per piece, or per kilogram
    std::int64_t amount_fen = 0;
    /// Not marked down, priced by a label or by hand: may take part in promotions of goods.
    bool is_open = true;
};

/// What one promotion takes off one line.
struct LineSaving {
    PriceBook::Place rule = 0;
    std::int64_t units = 0;  ///< that took part; 0: it is of the basket
    std::int64_t saved_fen = 0;
};

struct Priced {
    std::vector<std::vector<LineSaving>> savings;  ///< a line each; lower ids first
    std::int64_t saved_fen = 0;
    std::int64_t total_fen = 0;
    /// False: a group was too large to look for the lowest total, or stackable promotions together
    /// would have taken more off goods than these cost.
    bool is_exact = true;
};

struct PriceMoment {
    StoreTime now;
    bool is_member = false;
};

/// Exact up to so many different ways to leave units of a group over: 12 units that all differ.
inline constexpr std::size_t most_states = 4096;

Priced price_basket(const PriceBook& book, std::span<const PriceLine> lines,
                    const PriceMoment& moment);

}  // namespace fangxin::domain
