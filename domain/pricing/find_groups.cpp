// Which promotions are live for which lines, and the units that they join.
#include "domain/pricing/find_groups.hpp"

#include "domain/weighing/price.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace fangxin::domain::pricing {

namespace {

/// What a rule of one unit takes off a unit of this line; 0 if nothing.
std::int64_t unit_off(const PriceRule& rule, const PriceLine& line) {
    const bool is_weighed = line.unit == Unit::kg;
    const std::int64_t price = is_weighed ? line.amount_fen : line.unit_price_fen;
    std::int64_t now = 0;
    if (rule.percent) {
        now = less_percent(price, *rule.percent);
    } else if (is_weighed) {
        const auto amount =
            weighing::weight_amount({.net_mg = line.net_mg, .price_fen_per_kg = *rule.amount_fen});
        now = amount.value_or(price);
    } else {
        now = *rule.amount_fen;
    }
    return std::max<std::int64_t>(0, price - now);
}

class Finder {
  public:
    Finder(const PriceBook& book, std::span<const PriceLine> lines, const PriceMoment& moment)
        : book_(book), lines_(lines), moment_(moment) {}

    FoundGroups run() {
        find_rules();
        drop_what_cannot_be_used();
        make_groups();
        return std::move(found_);
    }

  private:
    struct OfLine {
        std::vector<Place> rules;          ///< of goods, that are live
        std::vector<std::int64_t> offs;    ///< beside them: of one unit, or 0
        std::vector<std::size_t> baskets;  ///< places in FoundGroups::baskets
    };

    void find_rules();
    void drop_what_cannot_be_used();
    void make_groups();
    void add_units(PriceGroup& group, std::size_t line);

    const PriceBook& book_;
    std::span<const PriceLine> lines_;
    const PriceMoment& moment_;
    std::vector<OfLine> of_lines_;
    FoundGroups found_;
};

void Finder::find_rules() {
    std::vector<std::int8_t> live(book_.size(), -1);  // of each rule: not asked yet, no, yes
    std::vector<Place> places;
    of_lines_.resize(lines_.size());
    std::vector<std::pair<Place, std::size_t>> counted;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
        const PriceLine& line = lines_[at];
        places.clear();
        book_.rules_for(line.item, line.category, places);
        for (Place place : places) {
            const PriceRule& rule = book_.rule(place);
            if (live[place] < 0)
                live[place] = (!rule.member || moment_.is_member) && is_live(rule, moment_.now);
            if (live[place] == 0) continue;
            if (rule.is_of_basket()) {
                counted.emplace_back(place, at);
                continue;
            }
            if (!line.is_open || (!rule.is_of_unit() && line.unit == Unit::kg)) continue;
            const std::int64_t off = rule.is_of_unit() ? unit_off(rule, line) : 0;
            if (rule.is_of_unit() && off == 0) continue;
            of_lines_[at].rules.push_back(place);
            of_lines_[at].offs.push_back(off);
        }
    }
    std::ranges::sort(counted);
    for (const auto& [place, at] : counted) {
        if (found_.baskets.empty() || found_.baskets.back().place != place)
            found_.baskets.push_back({place, &book_.rule(place), {}});
        found_.baskets.back().lines.push_back(at);
        of_lines_[at].baskets.push_back(found_.baskets.size() - 1);
    }
}

/// Whose goods are too few for one use of it: else it would only join groups.
void Finder::drop_what_cannot_be_used() {
    std::map<std::pair<Place, std::string_view>, std::int64_t> units;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
        for (Place place : of_lines_[at].rules) {
            const PriceRule& rule = book_.rule(place);
            const bool by_item = rule.kind == PromotionKind::bundle;
            units[{place, by_item ? std::string_view(lines_[at].item) : ""}] += lines_[at].quantity;
        }
    }
    const auto is_usable = [&](Place place) {
        const PriceRule& rule = book_.rule(place);
        if (rule.kind != PromotionKind::bundle) return units[{place, ""}] >= rule.units;
        return std::ranges::all_of(rule.items, [&](const std::string& item) {
            return units[{place, item}] >= std::ranges::count(rule.items, item);
        });
    };
    for (OfLine& of : of_lines_) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < of.rules.size(); ++i) {
            if (!is_usable(of.rules[i])) continue;
            of.rules[kept] = of.rules[i];
            of.offs[kept++] = of.offs[i];
        }
        of.rules.resize(kept);
        of.offs.resize(kept);
    }
}

/// Lines that share a rule are of one group.
void Finder::make_groups() {
    std::vector<std::size_t> parent(lines_.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&parent](std::size_t at) {
        while (parent[at] != at)
            at = parent[at] = parent[parent[at]];
        return at;
    };
    std::unordered_map<Place, std::size_t> first;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
        for (Place place : of_lines_[at].rules) {
            auto [known, is_new] = first.try_emplace(place, at);
            if (!is_new) parent[root(at)] = root(known->second);
        }
    }
    std::unordered_map<std::size_t, std::size_t> group_of;
    std::vector<std::vector<std::size_t>> members;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
        if (of_lines_[at].rules.empty()) continue;
        auto [group, is_new] = group_of.try_emplace(root(at), members.size());
        if (is_new) members.emplace_back();
        members[group->second].push_back(at);
    }
    for (const std::vector<std::size_t>& lines : members) {
        PriceGroup& group = found_.groups.emplace_back();
        for (std::size_t at : lines)
            group.rules.insert(group.rules.end(), of_lines_[at].rules.begin(),
                               of_lines_[at].rules.end());
        std::ranges::sort(group.rules);
        group.rules.erase(std::unique(group.rules.begin(), group.rules.end()), group.rules.end());
        for (std::size_t at : lines)
            add_units(group, at);
        std::ranges::stable_sort(group.types, std::ranges::greater{}, &UnitType::price_fen);
    }
}

void Finder::add_units(PriceGroup& group, std::size_t at) {
    const PriceLine& line = lines_[at];
    const OfLine& of = of_lines_[at];
    const bool is_weighed = line.unit == Unit::kg;
    UnitType type{.price_fen = is_weighed ? line.amount_fen : line.unit_price_fen,
                  .item = line.item,
                  .baskets = std::vector<bool>(found_.baskets.size()),
                  .sources = {{at, line.quantity}},
                  .count = line.quantity};
    bool has_bundle = false;
    for (std::size_t i = 0; i < of.rules.size(); ++i) {
        const auto place = std::ranges::lower_bound(group.rules, of.rules[i]);
        type.eligible.push_back(
            {static_cast<std::size_t>(place - group.rules.begin()), of.offs[i]});
        has_bundle |= book_.rule(of.rules[i]).kind == PromotionKind::bundle;
    }
    for (std::size_t basket : of.baskets)
        type.baskets[basket] = true;
    const auto same_rules = [](const UnitType::Eligible& a, const UnitType::Eligible& b) {
        return a.rule == b.rule && a.off_fen == b.off_fen;
    };
    for (UnitType& there : group.types) {
        if (there.price_fen != type.price_fen || there.baskets != type.baskets ||
            (has_bundle && there.item != type.item) ||
            !std::ranges::equal(there.eligible, type.eligible, same_rules))
            continue;
        there.sources.push_back(type.sources.front());
        there.count += type.count;
        return;
    }
    group.types.push_back(std::move(type));
}

}  // namespace

FoundGroups find_groups(const PriceBook& book, std::span<const PriceLine> lines,
                        const PriceMoment& moment) {
    return Finder(book, lines, moment).run();
}

}  // namespace fangxin::domain::pricing
