// Only for domain/pricing/.
#pragma once

#include "domain/pricing/basket_rules.hpp"
#include "domain/pricing/price_group.hpp"
#include "domain/pricing/pricing.hpp"

namespace fangxin::domain::pricing {

struct FoundGroups {
    std::vector<PriceGroup> groups;
    std::vector<BasketRule> baskets;  ///< lower ids first
};

FoundGroups find_groups(const PriceBook& book, std::span<const PriceLine> lines,
                        const PriceMoment& moment);

}  // namespace fangxin::domain::pricing
