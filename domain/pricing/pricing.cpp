#include "domain/pricing/pricing.hpp"

#include "domain/pricing/choose.hpp"

#include <algorithm>
#include <numeric>

namespace fangxin::domain {

namespace {

using pricing::Option;
using pricing::PriceGroup;
using pricing::UnitType;
using pricing::Use;
using Place = PriceBook::Place;

/// Gives what a use takes off to the lines of its units, in the order of the basket.
class Sharing {
  public:
    Sharing(const PriceGroup& group, std::vector<std::vector<LineSaving>>& savings)
        : group_(group), savings_(savings) {
        for (const UnitType& type : group.types)
            left_.push_back(type.sources);
    }

    void share(const Use& use) {
        std::vector<std::int64_t> prices;
        std::vector<std::size_t> types;
        for (const auto& [type, units] : use.units) {
            const auto n = static_cast<std::size_t>(units);
            prices.insert(prices.end(), n, group_.types[type].price_fen);
            types.insert(types.end(), n, type);
        }
        const auto shares = pricing::shares_of(use.off_fen, prices);
        for (std::size_t i = 0; i < shares.size(); ++i)
            give(types[i], use.times, shares[i], group_.rules[use.rule]);
    }

  private:
    void give(std::size_t type, std::int64_t units, std::int64_t share, Place rule) {
        while (units > 0) {
            UnitType::Source& source = left_[type].front();
            const std::int64_t taken = std::min(units, source.units);
            add(savings_[source.line], {rule, taken, share * taken});
            source.units -= taken;
            units -= taken;
            if (source.units == 0) left_[type].erase(left_[type].begin());
        }
    }

    static void add(std::vector<LineSaving>& line, const LineSaving& saving) {
        auto there = std::ranges::find(line, saving.rule, &LineSaving::rule);
        if (there == line.end()) {
            line.push_back(saving);
            return;
        }
        there->units += saving.units;
        there->saved_fen += saving.saved_fen;
    }

    const PriceGroup& group_;
    std::vector<std::vector<LineSaving>>& savings_;
    std::vector<std::vector<UnitType::Source>> left_;  ///< by type
};

}  // namespace

Priced price_basket(const PriceBook& book, std::span<const PriceLine> lines,
                    const PriceMoment& moment) {
    const pricing::FoundGroups found = pricing::find_groups(book, lines, moment);
    const pricing::Chosen chosen = pricing::choose(book, found, lines);
    Priced result;
    result.is_exact = chosen.is_exact;
    result.savings.resize(lines.size());
    for (std::size_t i = 0; i < found.groups.size(); ++i) {
        Sharing sharing(found.groups[i], result.savings);
        for (const Use& use : chosen.options[i].uses)
            sharing.share(use);
    }
    std::vector<std::int64_t> costs;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        std::int64_t cost = lines[at].amount_fen;
        for (const LineSaving& saving : result.savings[at])
            cost -= saving.saved_fen;
        costs.push_back(cost);
    }
    const auto rules = pricing::best_rules(found.baskets, pricing::counted(found.baskets, costs));
    const pricing::TakenOff taken = pricing::take_off(found.baskets, rules, costs);
    // All were compared as if nothing came to nothing: what was chosen is the lowest if it did not.
    result.is_exact &= taken.is_whole;
    for (const pricing::BasketSaving& saving : taken.savings) {
        const Place place = found.baskets[saving.rule].place;
        result.savings[saving.line].push_back({place, 0, saving.saved_fen});
    }
    for (std::vector<LineSaving>& line : result.savings) {
        std::ranges::sort(line, {}, &LineSaving::rule);
        for (const LineSaving& saving : line)
            result.saved_fen += saving.saved_fen;
    }
    result.total_fen = std::accumulate(costs.begin(), costs.end(), std::int64_t{0});
    return result;
}

}  // namespace fangxin::domain
