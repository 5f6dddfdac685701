// Groups that are too large to try all ways through them: the use that takes most off is the one of
// the dearest units, and is made as often as these are there.
#include "domain/pricing/price_group.hpp"

#include <algorithm>

namespace fangxin::domain::pricing {

namespace {

class Greedy {
  public:
    Greedy(const PriceGroup& group, const PriceBook& book, const Coupling& coupling)
        : group_(group), book_(book), coupling_(coupling) {
        option_.saved_of.assign(coupling.baskets.size(), 0);
        for (const UnitType& type : group.types)
            left_.push_back(type.count);
        for (Place place : group.rules)
            times_left_.push_back(book.rule(place).limit.value_or(most_times));
    }

    Option by_id() {
        for (std::size_t rule = 0; rule < group_.rules.size(); ++rule) {
            while (auto use = best_use(rule))
                take(std::move(*use));
        }
        return finish();
    }

    Option by_most_off() {
        while (true) {
            std::optional<Use> best;
            for (std::size_t rule = 0; rule < group_.rules.size(); ++rule) {
                auto use = best_use(rule);
                if (use && (!best || use->off_fen > best->off_fen)) best = std::move(use);
            }
            if (!best) return finish();
            take(std::move(*best));
        }
    }

  private:
    static constexpr std::int64_t most_times = 1'000'000'000;

    std::optional<Use> best_use(std::size_t rule) const;
    std::optional<Use> best_unit(std::size_t rule) const;
    bool take_dearest(Use& use, std::span<const std::size_t> types, std::int64_t units) const;

    void take(Use use) {
        use.times = times_left_[use.rule];
        for (const auto& [type, units] : use.units)
            use.times = std::min(use.times, left_[type] / units);
        for (const auto& [type, units] : use.units)
            left_[type] -= units * use.times;
        times_left_[use.rule] -= use.times;
        option_.saved_fen += use.off_fen * use.times;
        const auto off = off_of_baskets(group_, places_of(coupling_), use);
        for (std::size_t b = 0; b < off.size(); ++b)
            option_.saved_of[b] += off[b] * use.times;
        option_.used.push_back(group_.rules[use.rule]);
        option_.uses.push_back(std::move(use));
    }

    Option finish() {
        std::ranges::sort(option_.used);
        option_.used.erase(std::unique(option_.used.begin(), option_.used.end()),
                           option_.used.end());
        return std::move(option_);
    }

    const PriceGroup& group_;
    const PriceBook& book_;
    const Coupling& coupling_;
    std::vector<std::int64_t> left_;        ///< by type
    std::vector<std::int64_t> times_left_;  ///< by rule
    Option option_;
};

std::optional<Use> Greedy::best_unit(std::size_t rule) const {
    std::optional<Use> best;
    for (std::size_t type = 0; type < group_.types.size(); ++type) {
        if (left_[type] == 0) continue;
        for (const UnitType::Eligible& each : group_.types[type].eligible) {
            if (each.rule != rule || each.off_fen <= (best ? best->off_fen : 0)) continue;
            best = Use{.rule = rule, .units = {{type, 1}}, .off_fen = each.off_fen};
        }
    }
    return best;
}

bool Greedy::take_dearest(Use& use, std::span<const std::size_t> types, std::int64_t units) const {
    for (std::size_t type : types) {
        const std::int64_t taken = std::min(units, left_[type]);
        if (taken > 0) use.units.emplace_back(type, taken);
        units -= taken;
    }
    return units == 0;
}

std::optional<Use> Greedy::best_use(std::size_t rule) const {
    const PriceRule& of = book_.rule(group_.rules[rule]);
    if (times_left_[rule] == 0) return std::nullopt;
    if (of.is_of_unit()) return best_unit(rule);
    Use use{.rule = rule};
    if (of.kind == PromotionKind::bundle) {
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            const auto first = std::ranges::find(of.items, of.items[i]);
            if (first - of.items.begin() != static_cast<std::ptrdiff_t>(i)) continue;
            const auto wanted = std::ranges::count(of.items, of.items[i]);
            if (!take_dearest(use, types_for(group_, of, rule, i), wanted)) return std::nullopt;
        }
    } else if (!take_dearest(use, types_for(group_, of, rule, 0), of.units)) {
        return std::nullopt;
    }
    std::ranges::sort(use.units);  // dearest first
    std::vector<std::int64_t> prices;
    for (const auto& [type, units] : use.units)
        prices.insert(prices.end(), static_cast<std::size_t>(units), group_.types[type].price_fen);
    use.off_fen = off_of(of, prices);
    return use.off_fen > 0 ? std::optional(std::move(use)) : std::nullopt;
}

}  // namespace

std::vector<Option> greedy_options(const PriceGroup& group, const PriceBook& book,
                                   const Coupling& coupling) {
    return {Greedy(group, book, coupling).by_id(), Greedy(group, book, coupling).by_most_off()};
}

}  // namespace fangxin::domain::pricing
