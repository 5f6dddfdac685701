#include "domain/pricing/choose.hpp"

#include <algorithm>
#include <map>

namespace fangxin::domain::pricing {

namespace {

constexpr std::size_t most_combinations = 20'000;

/// An option of each group, so far.
struct Combined {
    std::int64_t saved_fen = 0;
    std::vector<std::int64_t> saved_of;
    std::vector<Place> used;
    std::vector<const Option*> options;
};

void add(Combined& to, const Option& option) {
    to.saved_fen += option.saved_fen;
    for (std::size_t b = 0; b < to.saved_of.size(); ++b)
        to.saved_of[b] += option.saved_of[b];
    const auto middle = static_cast<std::ptrdiff_t>(to.used.size());
    to.used.insert(to.used.end(), option.used.begin(), option.used.end());
    std::inplace_merge(to.used.begin(), to.used.begin() + middle, to.used.end());
    to.options.push_back(&option);
}

class Choice {
  public:
    Choice(const PriceBook& book, const FoundGroups& found, std::span<const PriceLine> lines)
        : book_(book), groups_(found.groups), baskets_(found.baskets) {
        std::vector<std::int64_t> costs;
        for (const PriceLine& line : lines)
            costs.push_back(line.amount_fen);
        full_ = counted(baskets_, costs);
    }

    Chosen run() {
        most_ = options_of_all({});
        Combined most;
        for (const std::vector<Option>& of : most_)
            add(most, *std::ranges::max_element(of, {}, &Option::saved_fen));
        most_fen_ = most.saved_fen;
        for (const Option* option : most.options)
            most_of_group_.push_back(option->saved_fen);
        keep(most, counted_after(most), all_baskets());
        look_for_more_by_baskets();
        return {std::move(best_), is_exact_};
    }

  private:
    using Options = std::vector<std::vector<Option>>;

    Options options_of_all(const Coupling& coupling);
    std::vector<Option> some_options(std::size_t group, const Coupling& coupling) const;
    std::vector<std::size_t> all_baskets() const;
    std::vector<std::int64_t> counted_after(const Combined& combined) const;
    void keep(const Combined& combined, const std::vector<std::int64_t>& costs,
              const std::vector<std::size_t>& baskets);
    void look_for_more_by_baskets();
    void try_with(const std::vector<std::size_t>& baskets);
    Coupling coupling_of(const std::vector<std::size_t>& baskets) const;
    std::vector<Combined> combine(const Options& options, const Coupling& coupling);

    bool touches(const PriceGroup& group, std::size_t basket) const {
        return std::ranges::any_of(group.types,
                                   [&](const UnitType& type) { return type.baskets[basket]; });
    }
    /// What it takes off at the most: before any promotion of goods.
    std::int64_t most_off(std::size_t basket) const {
        return basket_off(*baskets_[basket].rule, full_[basket]);
    }

    /// What its goods cost at the least, after those of goods.
    std::int64_t lowest(std::size_t basket) const {
        std::int64_t cost = full_[basket];
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            if (touches(groups_[i], basket)) cost -= most_of_group_[i];
        }
        return std::max<std::int64_t>(0, cost);
    }

    const PriceBook& book_;
    const std::vector<PriceGroup>& groups_;
    const std::vector<BasketRule>& baskets_;
    std::vector<std::int64_t> full_;  ///< by basket: what it counts before anything is taken off
    Options most_;                    ///< of each group what takes most off
    std::vector<std::int64_t> most_of_group_;
    std::vector<MostByState> most_by_state_;  ///< of each group
    std::int64_t most_fen_ = 0;
    bool is_exact_ = true;

    std::vector<Option> best_;
    std::int64_t best_fen_ = -1;
    std::vector<Place> best_used_;
};

Choice::Options Choice::options_of_all(const Coupling& coupling) {
    Options all;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        const bool is_coupled = std::ranges::any_of(
            coupling.baskets,
            [&](const Coupling::Basket& basket) { return touches(groups_[i], basket.place); });
        if (!coupling.baskets.empty() && !is_coupled) {
            all.push_back(most_[i]);
            for (Option& option : all.back())
                option.saved_of.assign(coupling.baskets.size(), 0);
            continue;
        }
        Coupling own = coupling;
        if (is_coupled) own.needed_fen -= most_fen_ - most_of_group_[i];
        if (!is_coupled) most_by_state_.emplace_back();
        MostByState* most = baskets_.empty() ? nullptr : &most_by_state_[i];
        auto options = all_options(groups_[i], book_, own, most);
        is_exact_ &= options.has_value();
        all.push_back(options ? std::move(*options) : some_options(i, own));
    }
    return all;
}

/// Where all would take too long: what saves most by itself, if that is known, and the two orders.
std::vector<Option> Choice::some_options(std::size_t group, const Coupling& coupling) const {
    auto some = greedy_options(groups_[group], book_, coupling);
    if (coupling.baskets.empty()) return some;
    for (Option option : most_[group]) {
        option.saved_of.assign(coupling.baskets.size(), 0);
        for (const Use& use : option.uses) {
            const auto off = off_of_baskets(groups_[group], places_of(coupling), use);
            for (std::size_t b = 0; b < off.size(); ++b)
                option.saved_of[b] += off[b] * use.times;
        }
        some.push_back(std::move(option));
    }
    return some;
}

std::vector<std::size_t> Choice::all_baskets() const {
    std::vector<std::size_t> all;
    for (std::size_t basket = 0; basket < baskets_.size(); ++basket)
        all.push_back(basket);
    return all;
}

std::vector<std::int64_t> Choice::counted_after(const Combined& combined) const {
    std::vector<std::int64_t> costs = full_;
    const auto all = all_baskets();
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        for (const Use& use : combined.options[i]->uses) {
            const auto off = off_of_baskets(groups_[i], all, use);
            for (std::size_t b = 0; b < off.size(); ++b)
                costs[b] -= off[b] * use.times;
        }
    }
    return costs;
}

/// Only these basket promotions are looked at; of the others `costs` says nothing.
void Choice::keep(const Combined& combined, const std::vector<std::int64_t>& costs,
                  const std::vector<std::size_t>& baskets) {
    std::vector<std::int64_t> asked(baskets_.size(), 0);
    for (std::size_t basket : baskets)
        asked[basket] = costs[basket];
    std::int64_t saved = combined.saved_fen;
    std::vector<Place> used = combined.used;
    for (std::size_t basket : best_rules(baskets_, asked)) {
        saved += basket_off(*baskets_[basket].rule, asked[basket]);
        used.push_back(baskets_[basket].place);
    }
    std::ranges::sort(used);
    const bool is_better =
        best_fen_ < 0 || saved > best_fen_ || (saved == best_fen_ && is_simpler(used, best_used_));
    if (!is_better) return;
    best_.clear();
    for (const Option* option : combined.options)
        best_.push_back(*option);
    best_fen_ = saved;
    best_used_ = std::move(used);
}

/// It may be worth to take less off goods, for a threshold's sake. Of those that are not stackable
/// one counts, so each is looked at by itself, together with all that are.
void Choice::look_for_more_by_baskets() {
    std::vector<std::size_t> stackable;
    std::vector<std::size_t> others;
    for (std::size_t basket = 0; basket < baskets_.size(); ++basket) {
        if (most_off(basket) == 0) continue;
        (baskets_[basket].rule->stackable ? stackable : others).push_back(basket);
    }
    if (others.empty() && !stackable.empty()) try_with(stackable);
    for (std::size_t other : others) {
        std::vector<std::size_t> baskets = stackable;
        baskets.insert(std::ranges::lower_bound(baskets, other), other);
        try_with(baskets);
    }
}

void Choice::try_with(const std::vector<std::size_t>& baskets) {
    const Coupling coupling = coupling_of(baskets);
    if (coupling.baskets.empty() || coupling.slack_fen < 0) return;
    // What is found has all that these can give, with the fewest promotions of goods.
    const bool is_reached = std::ranges::all_of(baskets, [this](std::size_t basket) {
        return std::ranges::count(best_used_, baskets_[basket].place) > 0;
    });
    if (coupling.slack_fen == 0 && is_reached) return;
    const Options options = options_of_all(coupling);
    for (const Combined& combined : combine(options, coupling)) {
        std::vector<std::int64_t> costs = full_;
        for (std::size_t b = 0; b < coupling.baskets.size(); ++b)
            costs[coupling.baskets[b].place] -= combined.saved_of[b];
        keep(combined, costs, baskets);
    }
}

/// A promotion that takes the same off whether its goods are as dear or as cheap as they can be
/// does not mind which units are taken off. The slack: at best all of them take off what they can,
/// and together that has to reach what is found already.
Coupling Choice::coupling_of(const std::vector<std::size_t>& baskets) const {
    Coupling coupling;
    std::int64_t undecided = 0;
    std::int64_t decided = 0;
    std::int64_t reached = most_fen_;
    for (std::size_t basket : baskets) {
        const std::int64_t off = most_off(basket);
        reached += off;
        const std::int64_t gain = off - basket_off(*baskets_[basket].rule, lowest(basket));
        if (gain == 0) {
            decided += off;
            continue;
        }
        coupling.baskets.push_back({basket, baskets_[basket].rule, full_[basket]});
        undecided += gain;
    }
    coupling.slack_fen = std::min(undecided, reached - best_fen_);
    coupling.needed_fen = best_fen_ - decided;
    return coupling;
}

/// Of every group one option; of those that save the same of each basket the best.
std::vector<Combined> Choice::combine(const Options& options, const Coupling& coupling) {
    std::vector<Combined> all(1);
    all.front().saved_of.assign(coupling.baskets.size(), 0);
    for (const std::vector<Option>& of : options) {
        std::map<std::vector<std::int64_t>, Combined> next;
        std::int64_t best = 0;
        for (const Combined& before : all) {
            for (const Option& option : of) {
                Combined one = before;
                add(one, option);
                best = std::max(best, one.saved_fen);
                auto [there, is_new] = next.try_emplace(one.saved_of, one);
                if (is_new) continue;
                const Combined& other = there->second;
                if (one.saved_fen > other.saved_fen ||
                    (one.saved_fen == other.saved_fen && is_simpler(one.used, other.used)))
                    there->second = std::move(one);
            }
        }
        all.clear();
        for (auto& [saved, one] : next) {
            if (one.saved_fen >= best - coupling.slack_fen) all.push_back(std::move(one));
        }
        if (all.size() > most_combinations) {
            is_exact_ = false;
            std::ranges::sort(all, std::ranges::greater{}, &Combined::saved_fen);
            all.resize(most_combinations);
        }
    }
    return all;
}

}  // namespace

Chosen choose(const PriceBook& book, const FoundGroups& found, std::span<const PriceLine> lines) {
    return Choice(book, found, lines).run();
}

std::vector<std::int64_t> counted(std::span<const BasketRule> baskets,
                                  std::span<const std::int64_t> line_costs) {
    std::vector<std::int64_t> costs;
    for (const BasketRule& basket : baskets) {
        costs.push_back(0);
        for (std::size_t line : basket.lines)
            costs.back() += line_costs[line];
    }
    return costs;
}

}  // namespace fangxin::domain::pricing
