// How long the price of a full basket takes, with as many promotions as a large shop has.
#include "domain/pricing/pricing.hpp"
#include "tests/bench/bench.hpp"

#include <fmt/format.h>
#include <random>

namespace fangxin::bench {

namespace {

constexpr int goods = 2'000;
constexpr int lines_in_basket = 100;
constexpr int live = 200;
constexpr int all = 5'000;  // the others begin next month

std::int64_t price_of(int item) { return 100 + item * 37 % 5'000; }

domain::Promotion made_up(int number, std::mt19937& random) {
    domain::Promotion promotion{.id = fmt::format("P{:05}", number)};
    const int count = 2 + static_cast<int>(random() % 6);
    std::int64_t least = 1'000'000;
    for (int i = 0; i < count; ++i) {
        const int item = static_cast<int>(random() % goods);
        promotion.items += fmt::format("{};", item);
        least = std::min(least, price_of(item));
    }
    switch (number % 7) {
        case 0:
            promotion.kind = "time_price";
            promotion.amount_fen = least * 9 / 10;
            break;
        case 1:
            promotion.kind = "member_price";
            promotion.percent = 10;
            promotion.limit = 2;
            break;
        case 2:
            promotion.kind = "nth_discount";
            promotion.buy = 2;
            promotion.percent = 50;
            break;
        case 3:
            promotion.kind = "buy_n_get_m";
            promotion.buy = 2;
            promotion.get = 1;
            promotion.limit = 4;
            break;
        case 4:
            promotion.kind = "mix_and_match";
            promotion.buy = 3;
            promotion.amount_fen = least * 5 / 2;
            break;
        case 5:
            promotion.kind = "bundle";
            promotion.percent = 15;
            break;
        default:
            promotion.kind = "spend_and_save";
            promotion.items.clear();
            promotion.categories = fmt::format("{}", number % 20);
            promotion.threshold_fen = 8'800;
            promotion.amount_fen = 1'000;
            promotion.limit = 1;
            break;
    }
    if (number >= live) promotion.from = domain::parse_date("2026-12-24");
    return promotion;
}

/// Goods that promotions are made for are bought more.
std::vector<domain::PriceLine> made_up_basket(std::mt19937& random,
                                              const std::vector<domain::Promotion>& promotions) {
    std::vector<domain::PriceLine> basket;
    for (int i = 0; i < lines_in_basket; ++i) {
        int item = static_cast<int>(random() % goods);
        const domain::Promotion& wanted = promotions[random() % live];
        if (i % 2 == 0 && !wanted.items.empty()) item = std::atoi(wanted.items.c_str());
        const auto quantity = static_cast<std::int64_t>(1 + random() % 3);
        basket.push_back({.item = std::to_string(item),
                          .category = std::to_string(item % 20),
                          .quantity = quantity,
                          .unit_price_fen = price_of(item),
                          .amount_fen = price_of(item) * quantity});
    }
    return basket;
}

/// As many different units as are always priced exactly, every promotion for all of them, and the
/// threshold of one of the basket near: the dearest that a basket of this size gets.
void measure_overlapping(Run& run) {
    constexpr int units = 12;
    std::vector<domain::Promotion> promotions{
        {.id = "P1", .kind = "nth_discount", .buy = 2, .percent = 50},
        {.id = "P2", .kind = "buy_n_get_m", .buy = 2, .get = 1},
        {.id = "P3", .kind = "mix_and_match", .buy = 3, .percent = 22},
        {.id = "P4", .kind = "mix_and_match", .buy = 6, .percent = 28},
        {.id = "P5", .kind = "nth_discount", .buy = 3, .percent = 86},
        {.id = "P6",
         .kind = "spend_and_save",
         .amount_fen = 1'000,
         .threshold_fen = 8'800,
         .limit = 1}};
    const domain::PriceBook book(promotions);
    const domain::PriceMoment moment{*domain::parse_instant("2026-11-28T19:00:00+08:00")};
    std::mt19937 random(2);
    Samples took;
    int inexact = 0;
    for (int i = 0; i < (run.quick ? 20 : 200); ++i) {
        std::vector<domain::PriceLine> basket;
        for (int unit = 0; unit < units; ++unit) {
            const auto price = static_cast<std::int64_t>(600 + random() % 1'000);
            basket.push_back(
                {.item = std::to_string(unit), .unit_price_fen = price, .amount_fen = price});
        }
        domain::Priced priced;
        took.add(ms_of([&] { priced = domain::price_basket(book, basket, moment); }));
        inexact += priced.is_exact ? 0 : 1;
    }
    Figure figure = figure_of_times("pricing_overlapping", took, nullptr);
    figure.conditions = fmt::format(
        "{} different units, each under the same {} promotions of goods and one of the basket; of "
        "{} not all ways were compared{}",
        units, promotions.size() - 1, inexact, run.quick_note());
    run.report(figure);
}

}  // namespace

void bench_pricing(Run& run) {
    const int rounds = run.quick ? 200 : 2'000;
    std::mt19937 random(1);
    std::vector<domain::Promotion> promotions;
    for (int number = 0; number < all; ++number)
        promotions.push_back(made_up(number, random));
    const domain::PriceBook book(promotions);
    if (!book.faults().empty()) throw Failed(book.faults().front().why);
    const domain::PriceMoment moment{*domain::parse_instant("2026-11-28T19:00:00+08:00"), true};
    Samples took;
    Samples floor;
    std::int64_t inexact = 0;
    std::int64_t saved = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto basket = made_up_basket(random, promotions);
        domain::Priced priced;
        took.add(ms_of([&] { priced = domain::price_basket(book, basket, moment); }));
        inexact += priced.is_exact ? 0 : 1;
        saved += priced.saved_fen;
        std::vector<domain::PriceBook::Place> places;
        std::int64_t total = 0;
        floor.add(ms_of([&] {
            for (const domain::PriceLine& line : basket) {
                book.rules_for(line.item, line.category, places);
                total += line.amount_fen;
            }
        }));
        if (total < priced.total_fen) throw Failed("a basket became dearer");
    }
    Figure figure = figure_of_times("pricing", took, &floor);
    figure.target = Target{.limit = 1};
    figure.conditions = fmt::format(
        "a basket of {} lines, {} promotions live of {}; {} of {} had a group too large to be "
        "priced exactly; ¥{} saved in the mean; floor: the promotions of each line found, amounts "
        "added up{}",
        lines_in_basket, live, all, inexact, rounds, saved / rounds / 100, run.quick_note());
    run.report(figure);
    measure_overlapping(run);
}

}  // namespace fangxin::bench
