// Promotions of the whole basket (spend and save), by what their goods cost after those of goods.
// Only for domain/pricing/.
#pragma once

#include "domain/pricing/price_book.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace fangxin::domain::pricing {

/// One that is live, and the lines it counts.
struct BasketRule {
    PriceBook::Place place = 0;
    const PriceRule* rule = nullptr;
    std::vector<std::size_t> lines;
};

/// What it takes off goods that cost so much; grows with it.
std::int64_t basket_off(const PriceRule& rule, std::int64_t cost_fen);

/// Those that take most off, and of equal ones the fewest and lowest: each stackable one that takes
/// anything off, and one other. `costs`: of what each counts. Places in `rules`.
std::vector<std::size_t> best_rules(std::span<const BasketRule> rules,
                                    std::span<const std::int64_t> costs);

struct BasketSaving {
    std::size_t rule = 0;  ///< place in `rules`
    std::size_t line = 0;
    std::int64_t saved_fen = 0;
};
struct TakenOff {
    std::vector<BasketSaving> savings;
    bool is_whole = true;  ///< else goods cost less than they would all have taken off
};
/// Takes them off the lines, one after the other, by their prices; never more than a line costs.
TakenOff take_off(std::span<const BasketRule> rules, std::span<const std::size_t> chosen,
                  std::vector<std::int64_t>& line_costs);

}  // namespace fangxin::domain::pricing
