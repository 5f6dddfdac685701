// Which option of each group is taken: the lowest total, baskets' promotions included. Only for
// domain/pricing/.
#pragma once

#include "domain/pricing/find_groups.hpp"

namespace fangxin::domain::pricing {

struct Chosen {
    std::vector<Option> options;  ///< of each group
    bool is_exact = true;
};
Chosen choose(const PriceBook& book, const FoundGroups& found, std::span<const PriceLine> lines);

/// What each basket promotion counts, of lines that cost so much.
std::vector<std::int64_t> counted(std::span<const BasketRule> baskets,
                                  std::span<const std::int64_t> line_costs);

}  // namespace fangxin::domain::pricing
