// Random baskets, priced by trying every way there is (SALE-4, rules 5). It shares no code with the
// pricing that it checks: its own rules, its own shares, units one by one.
#include "domain/pricing/pricing.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <set>

namespace fangxin::domain {
namespace {

using Fen = std::int64_t;

/// A promotion as this test understands it; `items` are those it is for.
struct Rule {
    std::string id;
    std::string kind;
    std::vector<int> items;
    int buy = 0;
    int get = 0;
    int percent = 0;
    Fen amount = -1;
    Fen threshold = 0;
    int limit = 1'000;
    bool stackable = false;
};

struct Unit {
    int item = 0;
    Fen price = 0;
    Fen cost = 0;
    bool is_used = false;
};

Fen with_percent(Fen price, int percent) {
    const Fen hundredths = price * (100 - percent);
    return hundredths / 100 + (hundredths % 100 >= 50 ? 1 : 0);
}

/// What units of these prices cost together by one use; none if they are no use of it.
std::optional<Fen> price_of_use(const Rule& rule, const std::vector<Unit*>& units) {
    std::vector<Fen> prices;
    for (const Unit* unit : units)
        prices.push_back(unit->price);
    std::sort(prices.begin(), prices.end());
    const Fen all = std::accumulate(prices.begin(), prices.end(), Fen{0});
    const auto wanted = [&](int count) { return static_cast<int>(units.size()) == count; };
    if (rule.kind == "time_price") {
        if (!wanted(1)) return std::nullopt;
    } else if (rule.kind == "nth_discount") {
        if (!wanted(rule.buy)) return std::nullopt;
        return all - prices[0] + with_percent(prices[0], rule.percent);
    } else if (rule.kind == "buy_n_get_m") {
        if (!wanted(rule.buy + rule.get)) return std::nullopt;
        return std::accumulate(prices.begin() + rule.get, prices.end(), Fen{0});
    } else if (rule.kind == "mix_and_match") {
        if (!wanted(rule.buy)) return std::nullopt;
    } else {  // bundle
        std::vector<int> there;
        for (const Unit* unit : units)
            there.push_back(unit->item);
        std::sort(there.begin(), there.end());
        if (there != rule.items) return std::nullopt;
    }
    return rule.amount >= 0 ? rule.amount : with_percent(all, rule.percent);
}

int size_of(const Rule& rule) {
    if (rule.kind == "time_price") return 1;
    if (rule.kind == "buy_n_get_m") return rule.buy + rule.get;
    if (rule.kind == "bundle") return static_cast<int>(rule.items.size());
    return rule.buy;
}

bool is_for(const Rule& rule, int item) {
    return std::find(rule.items.begin(), rule.items.end(), item) != rule.items.end();
}

/// Dearest first; what is over goes to the largest remainders, of equal ones to the first.
void share(Fen off, std::vector<Unit*> units) {
    std::stable_sort(units.begin(), units.end(),
                     [](const Unit* a, const Unit* b) { return a->price > b->price; });
    Fen all = 0;
    for (const Unit* unit : units)
        all += unit->price;
    std::set<std::pair<Fen, std::size_t>> order;
    Fen over = off;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Fen part = off * units[i]->price / all;
        order.emplace(-(off * units[i]->price % all), i);
        units[i]->cost = units[i]->price - part;
        over -= part;
    }
    for (const auto& [remainder, i] : order) {
        if (over-- <= 0) break;
        --units[i]->cost;
    }
}

class Oracle {
  public:
    Oracle(std::vector<Unit> units, std::vector<Rule> rules)
        : units_(std::move(units)), rules_(std::move(rules)), uses_(rules_.size(), 0) {}

    struct Best {
        Fen total = 0;
        std::vector<std::string> used;
    };
    Best run() {
        from(0);
        return *best_;
    }

  private:
    void from(std::size_t at) {
        while (at < units_.size() && units_[at].is_used)
            ++at;
        if (at == units_.size()) return finish();
        Unit& unit = units_[at];
        unit.is_used = true;
        unit.cost = unit.price;
        from(at + 1);
        for (std::size_t r = 0; r < rules_.size(); ++r) {
            const Rule& rule = rules_[r];
            if (rule.kind == "spend_and_save" || uses_[r] == rule.limit || !is_for(rule, unit.item))
                continue;
            std::vector<Unit*> chosen{&unit};
            choose(r, at, chosen);
        }
        unit.is_used = false;
    }

    void choose(std::size_t r, std::size_t last, std::vector<Unit*>& chosen) {
        const Rule& rule = rules_[r];
        if (static_cast<int>(chosen.size()) == size_of(rule)) return use(r, chosen);
        for (std::size_t i = last + 1; i < units_.size(); ++i) {
            Unit& unit = units_[i];
            if (unit.is_used || !is_for(rule, unit.item)) continue;
            // Of units that are alike the first that is free stands for all.
            const bool is_same = i > last + 1 && units_[i - 1].item == unit.item &&
                                 units_[i - 1].price == unit.price && !units_[i - 1].is_used;
            if (is_same) continue;
            unit.is_used = true;
            chosen.push_back(&unit);
            choose(r, i, chosen);
            chosen.pop_back();
            unit.is_used = false;
        }
    }

    void use(std::size_t r, const std::vector<Unit*>& chosen) {
        Fen all = 0;
        for (const Unit* unit : chosen)
            all += unit->price;
        const auto price = price_of_use(rules_[r], chosen);
        if (!price || *price >= all) return;
        share(all - *price, chosen);
        std::vector<Fen> costs;
        for (const Unit* unit : chosen)
            costs.push_back(unit->cost);
        ++uses_[r];
        from(static_cast<std::size_t>(chosen.front() - units_.data()) + 1);
        --uses_[r];
    }

    void finish() {
        std::vector<std::size_t> baskets;
        std::vector<Fen> offs;
        Fen cost = 0;
        for (const Unit& unit : units_)
            cost += unit.cost;
        for (std::size_t r = 0; r < rules_.size(); ++r) {
            if (rules_[r].kind != "spend_and_save") continue;
            Fen of = 0;
            for (const Unit& unit : units_)
                of += is_for(rules_[r], unit.item) ? unit.cost : 0;
            const Fen times = std::min<Fen>(of / rules_[r].threshold, rules_[r].limit);
            if (times == 0) continue;
            baskets.push_back(r);
            offs.push_back(rules_[r].amount >= 0 ? times * rules_[r].amount
                                                 : of - with_percent(of, rules_[r].percent));
        }
        for (std::size_t set = 0; set < (std::size_t{1} << baskets.size()); ++set) {
            int others = 0;
            Fen total = cost;
            std::vector<std::string> used;
            for (std::size_t r = 0; r < rules_.size(); ++r) {
                if (uses_[r] > 0) used.push_back(rules_[r].id);
            }
            for (std::size_t b = 0; b < baskets.size(); ++b) {
                if ((set >> b & 1) == 0) continue;
                if (!rules_[baskets[b]].stackable) ++others;
                total -= offs[b];
                used.push_back(rules_[baskets[b]].id);
            }
            if (others > 1) continue;
            std::sort(used.begin(), used.end());
            const bool is_better = !best_ || total < best_->total ||
                                   (total == best_->total &&
                                    (used.size() < best_->used.size() ||
                                     (used.size() == best_->used.size() && used < best_->used)));
            if (is_better) best_ = Best{total, used};
        }
    }

    std::vector<Unit> units_;
    std::vector<Rule> rules_;
    std::vector<int> uses_;
    std::optional<Best> best_;
};

Promotion promotion_of(const Rule& rule) {
    Promotion promotion{.id = rule.id, .kind = rule.kind};
    for (int item : rule.items)
        promotion.items += fmt::format("{};", item);
    if (rule.buy > 0) promotion.buy = rule.buy;
    if (rule.get > 0) promotion.get = rule.get;
    if (rule.percent > 0) promotion.percent = rule.percent;
    if (rule.amount >= 0) promotion.amount_fen = rule.amount;
    if (rule.threshold > 0) promotion.threshold_fen = rule.threshold;
    if (rule.limit < 1'000) promotion.limit = rule.limit;
    promotion.stackable = rule.stackable;
    return promotion;
}

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}
    int upto(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
    int between(int least, int most) { return least + upto(most - least); }
    bool one_in(int n) { return upto(n - 1) == 0; }

  private:
    std::mt19937_64 random_;
};

constexpr int items = 6;

Rule random_rule(Chance& chance, int number, const std::array<Fen, items>& prices) {
    static const std::array<std::string, 6> kinds{
        "time_price", "nth_discount", "buy_n_get_m", "mix_and_match", "bundle", "spend_and_save"};
    Rule rule{
        .id = fmt::format("P{}", number),
        .kind = kinds[static_cast<std::size_t>(number % 2 ? chance.upto(4) : chance.upto(5))]};
    for (int item = 0; item < items; ++item) {
        if (chance.one_in(2)) rule.items.push_back(item);
    }
    if (rule.items.empty()) rule.items.push_back(0);
    Fen of_items = 0;
    for (int item : rule.items)
        of_items += prices[static_cast<std::size_t>(item)];
    const Fen mean = of_items / static_cast<Fen>(rule.items.size());
    const bool by_percent = chance.one_in(2);
    if (by_percent) rule.percent = chance.between(5, 60);
    if (rule.kind == "time_price") {
        if (!by_percent) rule.amount = mean * chance.between(50, 100) / 100;
    } else if (rule.kind == "nth_discount") {
        rule.buy = chance.between(2, 3);
        rule.percent = chance.between(20, 100);
    } else if (rule.kind == "buy_n_get_m") {
        rule.percent = 0;
        rule.buy = chance.between(1, 2);
        rule.get = chance.between(1, 2);
    } else if (rule.kind == "mix_and_match") {
        rule.buy = chance.between(2, 4);
        if (!by_percent) rule.amount = mean * rule.buy * chance.between(50, 95) / 100;
    } else if (rule.kind == "bundle") {
        while (rule.items.size() < 2 || rule.items.size() > 4) {
            rule.items.resize(std::min<std::size_t>(rule.items.size(), 3));
            rule.items.push_back(chance.upto(items - 1));
        }
        std::sort(rule.items.begin(), rule.items.end());
        if (!by_percent) {
            of_items = 0;
            for (int item : rule.items)
                of_items += prices[static_cast<std::size_t>(item)];
            rule.amount = of_items * chance.between(50, 95) / 100;
        }
    } else {
        rule.threshold = mean * chance.between(1, 6);
        rule.percent = by_percent ? chance.between(1, 30) : 0;
        if (!by_percent)
            rule.amount = std::max<Fen>(1, rule.threshold * chance.between(1, 30) / 100);
        rule.stackable = chance.one_in(3);
    }
    if (chance.one_in(3)) rule.limit = chance.between(1, 3);
    return rule;
}

/// One basket by both; empty if they agree.
std::string difference(std::uint64_t seed) {
    Chance chance(seed);
    std::array<Fen, items> prices{};
    for (Fen& price : prices)
        price = chance.one_in(3) ? 100 * chance.between(1, 20) : chance.between(50, 2'000);
    std::vector<Rule> rules;
    std::vector<Promotion> promotions;
    const int count = chance.between(1, 5);
    for (int n = 0; n < count; ++n) {
        rules.push_back(random_rule(chance, n, prices));
        promotions.push_back(promotion_of(rules.back()));
    }
    const int most = chance.one_in(20) ? 12 : chance.one_in(4) ? 9 : 6;
    std::vector<Unit> units;
    std::vector<PriceLine> lines;
    for (int left = chance.between(1, most); left > 0;) {
        const int item = chance.upto(items - 1);
        const int quantity = std::min(left, chance.between(1, 3));
        const Fen price = prices[static_cast<std::size_t>(item)];
        left -= quantity;
        for (int i = 0; i < quantity; ++i)
            units.push_back({item, price});
        lines.push_back({.item = std::to_string(item),
                         .quantity = quantity,
                         .unit_price_fen = price,
                         .amount_fen = price * quantity});
    }
    std::stable_sort(units.begin(), units.end(),
                     [](const Unit& a, const Unit& b) { return a.item < b.item; });
    const PriceBook book(promotions);
    if (!book.faults().empty()) return book.faults()[0].why;
    const Priced ours = price_basket(book, lines, {*parse_instant("2026-11-28T12:00:00+08:00")});
    const Oracle::Best best = Oracle(units, rules).run();
    std::set<std::string> used;
    Fen saved = 0;
    for (const auto& line : ours.savings) {
        for (const LineSaving& saving : line) {
            used.insert(book.rule(saving.rule).id);
            saved += saving.saved_fen;
        }
    }
    const std::vector<std::string> ours_used(used.begin(), used.end());
    if (!ours.is_exact) return fmt::format("seed {}: not exact", seed);
    if (ours.total_fen == best.total && ours.saved_fen == saved && ours_used == best.used)
        return {};
    return fmt::format("seed {}: {} by [{}], the lowest is {} by [{}]", seed, ours.total_fen,
                       fmt::join(ours_used, " "), best.total, fmt::join(best.used, " "));
}

// SALE-4
TEST(PricingOracle, TenThousandBasketsCostTheLeastThatTheRulesAllow) {
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        const std::string differs = difference(seed);
        if (!differs.empty()) FAIL() << differs;
    }
}

}  // namespace
}  // namespace fangxin::domain
