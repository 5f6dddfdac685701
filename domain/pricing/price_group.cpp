#include "domain/pricing/price_group.hpp"

#include <algorithm>
#include <numeric>

namespace fangxin::domain::pricing {

namespace {

// A sum times a price can pass 64 bits.
__extension__ using Wide = __int128;

std::int64_t sum(std::span<const std::int64_t> prices) {
    return std::accumulate(prices.begin(), prices.end(), std::int64_t{0});
}

}  // namespace

std::int64_t off_of(const PriceRule& rule, std::span<const std::int64_t> prices) {
    switch (rule.kind) {
        case PromotionKind::nth_discount:
            return prices.back() - less_percent(prices.back(), *rule.percent);
        case PromotionKind::buy_n_get_m:
            return sum(prices.last(static_cast<std::size_t>(rule.free)));
        default: {
            const std::int64_t full = sum(prices);
            return full - (rule.amount_fen ? *rule.amount_fen : less_percent(full, *rule.percent));
        }
    }
}

std::vector<std::int64_t> shares_of(std::int64_t sum_fen, std::span<const std::int64_t> prices) {
    const std::int64_t all = sum(prices);
    std::vector<std::int64_t> shares;
    std::vector<std::pair<std::int64_t, std::size_t>> remainders;
    std::int64_t over = sum_fen;
    for (std::size_t i = 0; i < prices.size(); ++i) {
        const Wide part = Wide{sum_fen} * prices[i];
        shares.push_back(static_cast<std::int64_t>(part / all));
        remainders.emplace_back(static_cast<std::int64_t>(part % all), i);
        over -= shares.back();
    }
    std::ranges::stable_sort(remainders, std::ranges::greater{},
                             &std::pair<std::int64_t, std::size_t>::first);
    for (std::size_t i = 0; over > 0; ++i, --over)
        ++shares[remainders[i].second];
    return shares;
}

std::vector<std::size_t> types_for(const PriceGroup& group, const PriceRule& rule,
                                   std::size_t place, std::size_t slot) {
    std::vector<std::size_t> types;
    for (std::size_t type = 0; type < group.types.size(); ++type) {
        const UnitType& units = group.types[type];
        const bool is_eligible = std::ranges::any_of(
            units.eligible, [&](const UnitType::Eligible& each) { return each.rule == place; });
        if (!is_eligible) continue;
        if (rule.kind == PromotionKind::bundle && units.item != rule.items[slot]) continue;
        types.push_back(type);
    }
    return types;
}

std::vector<std::size_t> places_of(const Coupling& coupling) {
    std::vector<std::size_t> places;
    for (const Coupling::Basket& basket : coupling.baskets)
        places.push_back(basket.place);
    return places;
}

std::vector<std::int64_t> off_of_baskets(const PriceGroup& group,
                                         std::span<const std::size_t> baskets, const Use& use) {
    std::vector<std::int64_t> off(baskets.size(), 0);
    if (off.empty()) return off;
    std::vector<std::int64_t> prices;
    std::vector<std::size_t> types;
    for (const auto& [type, units] : use.units) {
        prices.insert(prices.end(), static_cast<std::size_t>(units), group.types[type].price_fen);
        types.insert(types.end(), static_cast<std::size_t>(units), type);
    }
    const auto shares = shares_of(use.off_fen, prices);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        for (std::size_t b = 0; b < off.size(); ++b) {
            if (group.types[types[i]].baskets[baskets[b]]) off[b] += shares[i];
        }
    }
    return off;
}

bool is_simpler(std::span<const Place> a, std::span<const Place> b) {
    if (a.size() != b.size()) return a.size() < b.size();
    return std::ranges::lexicographical_compare(a, b);
}

}  // namespace fangxin::domain::pricing
