#include "domain/pricing/basket_rules.hpp"

#include "domain/pricing/price_group.hpp"

#include <algorithm>

namespace fangxin::domain::pricing {

std::int64_t basket_off(const PriceRule& rule, std::int64_t cost_fen) {
    if (cost_fen < rule.threshold_fen) return 0;
    if (!rule.amount_fen) return cost_fen - less_percent(cost_fen, *rule.percent);
    std::int64_t times = cost_fen / rule.threshold_fen;
    if (rule.limit) times = std::min(times, *rule.limit);
    return times * *rule.amount_fen;
}

std::vector<std::size_t> best_rules(std::span<const BasketRule> rules,
                                    std::span<const std::int64_t> costs) {
    std::vector<std::size_t> chosen;
    std::size_t best = rules.size();
    std::int64_t best_off = 0;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const std::int64_t off = basket_off(*rules[i].rule, costs[i]);
        if (rules[i].rule->stackable) {
            if (off > 0) chosen.push_back(i);
        } else if (off > best_off) {
            best = i;
            best_off = off;
        }
    }
    if (best < rules.size()) chosen.insert(std::ranges::lower_bound(chosen, best), best);
    return chosen;
}

TakenOff take_off(std::span<const BasketRule> rules, std::span<const std::size_t> chosen,
                  std::vector<std::int64_t>& line_costs) {
    std::vector<std::int64_t> offs;
    for (std::size_t i : chosen) {
        std::int64_t cost = 0;
        for (std::size_t line : rules[i].lines)
            cost += line_costs[line];
        offs.push_back(basket_off(*rules[i].rule, cost));
    }
    TakenOff taken;
    for (std::size_t k = 0; k < chosen.size(); ++k) {
        const BasketRule& rule = rules[chosen[k]];
        std::vector<std::int64_t> costs;
        std::int64_t left = 0;
        for (std::size_t line : rule.lines) {
            costs.push_back(line_costs[line]);
            left += line_costs[line];
        }
        const std::int64_t off = std::min(offs[k], left);
        taken.is_whole &= off == offs[k];
        if (off == 0) continue;
        const auto shares = shares_of(off, costs);
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (shares[i] == 0) continue;
            line_costs[rule.lines[i]] -= shares[i];
            taken.savings.push_back({chosen[k], rule.lines[i], shares[i]});
        }
    }
    return taken;
}

}  // namespace fangxin::domain::pricing
