// The lowest total of a small group, by trying all ways through it: rule after rule, over the units
// that are still left.
#include "domain/pricing/basket_rules.hpp"
#include "domain/pricing/price_group.hpp"
#include "domain/pricing/pricing.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <set>

namespace fangxin::domain::pricing {

namespace {

constexpr std::size_t most_rules = 256;      // of a group
constexpr std::size_t most_coupled = 6;      // baskets that are looked at together
constexpr std::size_t most_layers = 65'536;  // states times uses of a rule with a limit
// Ways compared. Up to so many units without coupling need no limit: they take some milliseconds.
// With it, or with more, a till that stands still is worse than a total that might be lower.
constexpr std::int64_t units_without_limit = 12;
constexpr std::int64_t most_work = 2'000'000;
using Used = std::bitset<most_rules>;

/// A use, and what it does to a state.
struct Pick {
    Use use;
    std::size_t step = 0;              ///< from a state to the one without its units
    std::vector<std::int64_t> off_of;  ///< by basket that is coupled
};

using Of = std::array<std::int64_t, most_coupled>;  // by basket that is coupled

class Search {
  public:
    Search(const PriceGroup& group, const PriceBook& book, const Coupling& coupling,
           MostByState* most)
        : group_(group),
          book_(book),
          coupling_(coupling),
          coupled_places_(places_of(coupling)),
          most_(most) {
        for (const UnitType& type : group.types)
            units_ += type.count;
    }

    std::optional<std::vector<Option>> run() {
        if (group_.rules.size() > most_rules || coupling_.baskets.size() > most_coupled ||
            !number_states())
            return std::nullopt;
        // Too large without coupling already: nothing is known of its states.
        if (!coupling_.baskets.empty() && most_->empty()) return std::nullopt;
        heads_.assign(states_, none);
        nodes_.emplace_back();
        heads_.back() = 0;
        for (std::size_t rule = 0; rule < group_.rules.size(); ++rule) {
            if (!try_rule(rule)) return std::nullopt;
        }
        if (most_ != nullptr && coupling_.baskets.empty()) *most_ = most_by_state();
        return options();
    }

  private:
    static constexpr std::int32_t none = -1;
    /// A way to a state: the units left over, the others used.
    struct Node {
        std::int64_t saved = 0;
        Of of{};
        Used used;
        std::int32_t before = none;
        std::int32_t pick = none;
        std::int32_t next = none;  ///< another way to the same state
    };

    bool number_states() {
        states_ = 1;
        for (const UnitType& type : group_.types) {
            strides_.push_back(states_);
            const auto ways = static_cast<std::size_t>(type.count) + 1;
            if (ways > most_states || states_ * ways > most_states) return false;
            states_ *= ways;
        }
        return true;
    }

    static bool is_simpler(const Used& a, const Used& b) {
        if (a.count() != b.count()) return a.count() < b.count();
        const Used differ = a ^ b;
        for (std::size_t i = 0; i < most_rules; ++i) {
            if (differ.test(i)) return a.test(i);
        }
        return false;
    }

    void list_picks(std::size_t rule);
    void pick_units(std::size_t rule, std::size_t slot, std::size_t type, std::int64_t wanted);
    void keep_pick(std::size_t rule);
    void add(Use use);
    bool try_rule(std::size_t rule);
    template <class Visit>
    void each_state_without(const Use& use, const Visit& visit) const;
    bool may_win(std::int64_t saved, const Of& of, std::size_t state) const;
    bool is_beaten(std::int64_t saved, const Of& of, std::int32_t head);
    void extend(std::int32_t from, std::int32_t pick, std::size_t rule, std::size_t to,
                std::int32_t& into);
    void keep(Node& node, std::int32_t& head);
    MostByState most_by_state() const;
    void merge(std::vector<std::int32_t>& used_heads);
    std::vector<Option> options() const;
    Option option_of(std::int32_t node) const;

    const PriceGroup& group_;
    const PriceBook& book_;
    const Coupling& coupling_;
    const std::vector<std::size_t> coupled_places_;
    MostByState* most_;
    std::int64_t units_ = 0;
    std::int64_t work_ = 0;
    std::size_t states_ = 1;
    std::vector<std::size_t> strides_;
    std::vector<Node> nodes_;
    std::vector<std::int32_t> heads_;  ///< by state
    std::vector<Pick> picks_;
    std::size_t first_pick_ = 0;  ///< of the rule that is tried

    // While picks are listed.
    std::vector<std::vector<std::size_t>> slots_;  ///< which types may fill each
    std::vector<std::int64_t> slot_sizes_;
    std::vector<std::int64_t> chosen_;  ///< by type
};

/// All ways to choose the units of one use. A bundle has a slot for each item it names, so that an
/// item named twice is chosen twice, in order; the others have one for all their units.
void Search::list_picks(std::size_t rule) {
    const PriceRule& of = book_.rule(group_.rules[rule]);
    first_pick_ = picks_.size();
    slots_.clear();
    slot_sizes_.clear();
    if (of.kind == PromotionKind::bundle) {
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            const bool is_again =
                std::find(of.items.begin(), of.items.begin() + static_cast<std::ptrdiff_t>(i),
                          of.items[i]) != of.items.begin() + static_cast<std::ptrdiff_t>(i);
            if (is_again) continue;
            slots_.push_back(types_for(group_, of, rule, i));
            slot_sizes_.push_back(std::ranges::count(of.items, of.items[i]));
        }
    } else {
        slots_.push_back(types_for(group_, of, rule, 0));
        slot_sizes_.push_back(of.units);
    }
    chosen_.assign(group_.types.size(), 0);
    if (!of.is_of_unit()) return pick_units(rule, 0, 0, slot_sizes_[0]);
    for (std::size_t type : slots_[0]) {
        for (const UnitType::Eligible& each : group_.types[type].eligible) {
            if (each.rule != rule || each.off_fen <= 0) continue;
            add({.rule = rule, .units = {{type, 1}}, .off_fen = each.off_fen});
        }
    }
}

void Search::add(Use use) {
    Pick pick{.use = std::move(use)};
    for (const auto& [type, units] : pick.use.units)
        pick.step += strides_[type] * static_cast<std::size_t>(units);
    pick.off_of = off_of_baskets(group_, coupled_places_, pick.use);
    picks_.push_back(std::move(pick));
}

void Search::pick_units(std::size_t rule, std::size_t slot, std::size_t type, std::int64_t wanted) {
    if (wanted == 0) {
        if (slot + 1 == slots_.size()) return keep_pick(rule);
        return pick_units(rule, slot + 1, 0, slot_sizes_[slot + 1]);
    }
    if (type == slots_[slot].size()) return;
    const std::size_t of = slots_[slot][type];
    for (std::int64_t n = std::min(wanted, group_.types[of].count); n >= 0; --n) {
        chosen_[of] += n;
        pick_units(rule, slot, type + 1, wanted - n);
        chosen_[of] -= n;
    }
}

void Search::keep_pick(std::size_t rule) {
    Use use{.rule = rule};
    std::vector<std::int64_t> prices;
    for (std::size_t type = 0; type < chosen_.size(); ++type) {
        if (chosen_[type] == 0) continue;
        use.units.emplace_back(type, chosen_[type]);
        prices.insert(prices.end(), static_cast<std::size_t>(chosen_[type]),
                      group_.types[type].price_fen);
    }
    use.off_fen = off_of(book_.rule(group_.rules[rule]), prices);
    if (use.off_fen > 0) add(std::move(use));
}

/// False: it has too many uses to be followed.
bool Search::try_rule(std::size_t rule) {
    list_picks(rule);
    const PriceRule& of = book_.rule(group_.rules[rule]);
    const std::int64_t most_uses = units_ / of.units;
    const bool is_limited = of.limit && *of.limit < most_uses;
    const std::size_t layers = is_limited ? static_cast<std::size_t>(*of.limit) : 1;
    if (layers * states_ > most_layers) return false;
    std::vector<std::vector<std::int32_t>> with(layers, std::vector<std::int32_t>(states_, none));
    const auto end = static_cast<std::int32_t>(picks_.size());
    for (auto pick = static_cast<std::int32_t>(first_pick_); pick < end; ++pick) {
        // From many units left to few, so that a use may follow one of the same units.
        const std::size_t step = picks_[static_cast<std::size_t>(pick)].step;
        each_state_without(picks_[static_cast<std::size_t>(pick)].use, [&](std::size_t to) {
            const std::size_t state = to + step;
            extend(heads_[state], pick, rule, to, with[0][to]);
            for (std::size_t uses = 1; uses < layers; ++uses)
                extend(with[uses - 1][state], pick, rule, to, with[uses][to]);
            if (!is_limited) extend(with[0][state], pick, rule, to, with[0][to]);
        });
        const bool is_limitless = units_ <= units_without_limit && coupling_.baskets.empty();
        if (!is_limitless && work_ > most_work) return false;
    }
    for (auto& used : with)
        merge(used);
    return true;
}

/// The states to which these units can be added, the one with most units first.
template <class Visit>
void Search::each_state_without(const Use& use, const Visit& visit) const {
    std::vector<std::int64_t> most;  // of each type
    for (const UnitType& type : group_.types)
        most.push_back(type.count);
    for (const auto& [type, units] : use.units)
        most[type] -= units;
    std::vector<std::int64_t> left = most;
    std::size_t state = 0;
    for (std::size_t type = 0; type < most.size(); ++type)
        state += strides_[type] * static_cast<std::size_t>(most[type]);
    while (true) {
        visit(state);
        std::size_t type = 0;
        for (; type < left.size() && left[type] == 0; ++type) {
            left[type] = most[type];
            state += strides_[type] * static_cast<std::size_t>(most[type]);
        }
        if (type == left.size()) return;
        --left[type];
        state -= strides_[type];
    }
}

/// At the most: what these units save by themselves, and the baskets as if they did not.
bool Search::may_win(std::int64_t saved, const Of& of, std::size_t state) const {
    if (coupling_.baskets.empty()) return true;
    std::int64_t reached = saved + (*most_)[state];
    for (std::size_t b = 0; b < coupling_.baskets.size(); ++b) {
        const Coupling::Basket& basket = coupling_.baskets[b];
        reached += basket_off(*basket.rule, basket.full_fen - of[b]);
    }
    return reached >= coupling_.needed_fen;
}

void Search::extend(std::int32_t from, std::int32_t pick, std::size_t rule, std::size_t to,
                    std::int32_t& into) {
    for (std::int32_t at = from; at != none; at = nodes_[static_cast<std::size_t>(at)].next) {
        const Pick& taken = picks_[static_cast<std::size_t>(pick)];
        const Node& before = nodes_[static_cast<std::size_t>(at)];
        const std::int64_t saved = before.saved + taken.use.off_fen;
        Of of = before.of;
        for (std::size_t b = 0; b < coupling_.baskets.size(); ++b)
            of[b] += taken.off_of[b];
        // A look before anything is copied: most are no better than what is there.
        if (is_beaten(saved, of, into) || !may_win(saved, of, to)) continue;
        Node node = before;
        node.saved = saved;
        node.of = of;
        node.used.set(rule);
        node.before = at;
        node.pick = pick;
        keep(node, into);
    }
}

bool Search::is_beaten(std::int64_t saved, const Of& of, std::int32_t head) {
    ++work_;
    for (std::int32_t at = head; at != none; at = nodes_[static_cast<std::size_t>(at)].next) {
        const Node& other = nodes_[static_cast<std::size_t>(at)];
        ++work_;
        if (saved < other.saved - coupling_.slack_fen) return true;
        if (saved < other.saved && other.of == of) return true;
    }
    return false;
}

/// Of ways to the same state with the same savings of each basket the best alone goes on.
void Search::keep(Node& node, std::int32_t& head) {
    std::int32_t* link = &head;
    while (*link != none) {
        Node& other = nodes_[static_cast<std::size_t>(*link)];
        if (node.saved < other.saved - coupling_.slack_fen) return;
        if (other.of == node.of) {
            const bool is_better = node.saved != other.saved ? node.saved > other.saved
                                                             : is_simpler(node.used, other.used);
            if (!is_better) return;
            *link = other.next;  // it stays, for those that came by it
            break;
        }
        link = &other.next;
    }
    node.next = head;
    head = static_cast<std::int32_t>(nodes_.size());
    nodes_.push_back(node);
}

void Search::merge(std::vector<std::int32_t>& used_heads) {
    for (std::size_t state = 0; state < states_; ++state) {
        for (std::int32_t at = used_heads[state]; at != none;) {
            Node node = nodes_[static_cast<std::size_t>(at)];
            at = node.next;
            keep(node, heads_[state]);
        }
    }
}

/// What a state's units save at the most is what the others' being left over leaves to be saved:
/// the best of all ways that use none but them.
MostByState Search::most_by_state() const {
    MostByState most(states_, 0);
    for (std::size_t state = 0; state < states_; ++state) {
        if (heads_[state] != none)
            most[states_ - 1 - state] = nodes_[static_cast<std::size_t>(heads_[state])].saved;
    }
    for (std::size_t type = 0; type < group_.types.size(); ++type) {
        for (std::size_t state = 0; state < states_; ++state) {
            const auto ways = static_cast<std::size_t>(group_.types[type].count) + 1;
            if (state / strides_[type] % ways > 0)
                most[state] = std::max(most[state], most[state - strides_[type]]);
        }
    }
    return most;
}

Option Search::option_of(std::int32_t node) const {
    const Node& last = nodes_[static_cast<std::size_t>(node)];
    Option option{.saved_fen = last.saved, .saved_of = {}, .used = {}, .uses = {}};
    option.saved_of.assign(last.of.begin(),
                           last.of.begin() + static_cast<std::ptrdiff_t>(coupling_.baskets.size()));
    for (std::size_t rule = 0; rule < group_.rules.size(); ++rule) {
        if (last.used.test(rule)) option.used.push_back(group_.rules[rule]);
    }
    for (std::int32_t at = node; nodes_[static_cast<std::size_t>(at)].pick != none;
         at = nodes_[static_cast<std::size_t>(at)].before) {
        const Node& step = nodes_[static_cast<std::size_t>(at)];
        option.uses.push_back(picks_[static_cast<std::size_t>(step.pick)].use);
    }
    std::ranges::reverse(option.uses);
    return option;
}

std::vector<Option> Search::options() const {
    std::vector<std::int32_t> ends;
    for (std::int32_t first : heads_) {
        for (std::int32_t at = first; at != none; at = nodes_[static_cast<std::size_t>(at)].next)
            ends.push_back(at);
    }
    std::ranges::sort(ends, [this](std::int32_t x, std::int32_t y) {
        const Node& a = nodes_[static_cast<std::size_t>(x)];
        const Node& b = nodes_[static_cast<std::size_t>(y)];
        return a.saved != b.saved ? a.saved > b.saved : is_simpler(a.used, b.used);
    });
    // It does not matter any more which units are left over.
    std::set<Of> seen;
    std::vector<Option> all;
    const std::int64_t best = nodes_[static_cast<std::size_t>(ends.front())].saved;
    for (std::int32_t end : ends) {
        const Node& node = nodes_[static_cast<std::size_t>(end)];
        if (node.saved < best - coupling_.slack_fen) break;
        if (seen.insert(node.of).second) all.push_back(option_of(end));
    }
    return all;
}

}  // namespace

std::optional<std::vector<Option>> all_options(const PriceGroup& group, const PriceBook& book,
                                               const Coupling& coupling, MostByState* most) {
    return Search(group, book, coupling, most).run();
}

}  // namespace fangxin::domain::pricing
