// Units that promotions join, and the ways to price them: what pricing.cpp builds and its searches
// read. Only for domain/pricing/.
#pragma once

#include "domain/pricing/price_book.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace fangxin::domain::pricing {

using Place = PriceBook::Place;

/// Units that nothing tells apart: same price, same rules.
struct UnitType {
    /// A rule of the group that may take them.
    struct Eligible {
        std::size_t rule = 0;      ///< its place in PriceGroup::rules
        std::int64_t off_fen = 0;  ///< of a rule of one unit
    };
    struct Source {
        std::size_t line = 0;
        std::int64_t units = 0;
    };
    std::int64_t price_fen = 0;
    std::string_view item;
    std::vector<Eligible> eligible;  ///< in the order of rules
    std::vector<bool> baskets;       ///< which of the basket's promotions count them
    std::vector<Source> sources;     ///< in the order of lines
    std::int64_t count = 0;
};

struct PriceGroup {
    std::vector<Place> rules;     ///< lower ids first
    std::vector<UnitType> types;  ///< dearest first
};

/// Units that are used together, so many times.
struct Use {
    std::size_t rule = 0;                                     ///< in PriceGroup::rules
    std::vector<std::pair<std::size_t, std::int64_t>> units;  ///< of which type how many
    std::int64_t off_fen = 0;                                 ///< each time
    std::int64_t times = 1;
};

/// One way to price a group.
struct Option {
    std::int64_t saved_fen = 0;
    std::vector<std::int64_t> saved_of;  ///< of what each basket promotion that matters counts
    std::vector<Place> used;             ///< lower ids first
    std::vector<Use> uses;
};

/// The basket promotions for which it matters which units are taken off, not only how much.
struct Coupling {
    struct Basket {
        std::size_t place = 0;  ///< in UnitType::baskets
        const PriceRule* rule = nullptr;
        std::int64_t full_fen = 0;  ///< what it counts before anything is taken off
    };
    std::vector<Basket> baskets;
    std::int64_t slack_fen = 0;   ///< an option that saves less by more than this never wins
    std::int64_t needed_fen = 0;  ///< nor one that with what these take off does not reach this
};

/// What the units of each state save at the most, by state; see all_options().
using MostByState = std::vector<std::int64_t>;

/// What one use of this rule on units of these prices, dearest first, takes off.
std::int64_t off_of(const PriceRule& rule, std::span<const std::int64_t> prices);

/// Shares a sum by price, so that the shares add up to it: the largest remainders get what is over,
/// of equal ones the first (rules 5). Prices add up to more than nothing.
std::vector<std::int64_t> shares_of(std::int64_t sum_fen, std::span<const std::int64_t> prices);

/// The types that a rule may take; of a bundle those of its item `slot`.
std::vector<std::size_t> types_for(const PriceGroup& group, const PriceRule& rule,
                                   std::size_t place, std::size_t slot);

/// What each of these basket promotions (places in UnitType::baskets) counts less by a use, as its
/// units share what is taken off.
std::vector<std::int64_t> off_of_baskets(const PriceGroup& group,
                                         std::span<const std::size_t> baskets, const Use& use);
std::vector<std::size_t> places_of(const Coupling& coupling);

/// Every option that may win, the best first; none if the group is too large for it. Where nothing
/// is coupled, `most` is filled if it is wanted; where something is, it is read.
std::optional<std::vector<Option>> all_options(const PriceGroup& group, const PriceBook& book,
                                               const Coupling& coupling, MostByState* most);
/// The two orders for groups that are: one by one by id, and most off first.
std::vector<Option> greedy_options(const PriceGroup& group, const PriceBook& book,
                                   const Coupling& coupling);

/// Fewer promotions, then lower ids.
bool is_simpler(std::span<const Place> a, std::span<const Place> b);

}  // namespace fangxin::domain::pricing
