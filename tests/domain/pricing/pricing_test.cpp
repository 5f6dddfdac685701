// Worked examples, each checked by hand: what is bought, what is on, what it costs.
#include "domain/pricing/pricing.hpp"

#include "domain/weighing/price.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numeric>

namespace fangxin::domain {
namespace {

const StoreTime evening = *parse_instant("2026-11-28T19:00:00+08:00");

PriceLine pieces(std::string item, std::int64_t price_fen, std::int64_t quantity,
                 std::string category = "C") {
    return {.item = std::move(item),
            .category = std::move(category),
            .quantity = quantity,
            .unit_price_fen = price_fen,
            .amount_fen = price_fen * quantity};
}

PriceLine weighed(std::string item, std::int64_t price_fen_per_kg, std::int64_t net_mg) {
    const auto amount =
        weighing::weight_amount({.net_mg = net_mg, .price_fen_per_kg = price_fen_per_kg});
    return {.item = std::move(item),
            .category = "C",
            .unit = Unit::kg,
            .net_mg = net_mg,
            .unit_price_fen = price_fen_per_kg,
            .amount_fen = *amount};
}

class PricingTest : public testing::Test {
  protected:
    /// `total; line 1: id×units -off, …; line 2 …`, lines without promotions left out.
    std::string told(const std::vector<PriceLine>& lines, bool is_member = false) {
        const PriceBook book(on);
        EXPECT_TRUE(book.faults().empty());
        priced = price_basket(book, lines, {evening, is_member});
        std::string text = fmt::format("{}", priced.total_fen);
        std::int64_t cost = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            cost += lines[i].amount_fen;
            std::string of;
            for (const LineSaving& saving : priced.savings[i])
                of += fmt::format(" {}x{} -{}", book.rule(saving.rule).id, saving.units,
                                  saving.saved_fen);
            if (!of.empty()) text += fmt::format("; {}:{}", i + 1, of);
        }
        EXPECT_EQ(cost - priced.saved_fen, priced.total_fen);
        return text;
    }

    std::vector<Promotion> on;
    Priced priced;
};

// SALE-4
TEST_F(PricingTest, WithoutPromotionsLinesCostWhatTheyCost) {
    EXPECT_EQ(told({}), "0");
    EXPECT_EQ(told({pieces("A", 300, 2), weighed("B", 1240, 500'000)}), "1220");
}

TEST_F(PricingTest, ATimePriceIsForItsHoursAndNeverDearer) {
    on = {{.id = "P1",
           .kind = "time_price",
           .hours = "18:00-21:00",
           .items = "A",
           .amount_fen = 790}};
    EXPECT_EQ(told({pieces("A", 990, 2)}), "1580; 1: P1x2 -400");
    EXPECT_EQ(told({pieces("A", 690, 2)}), "1380");
    on.front().hours = "08:00-10:00";
    EXPECT_EQ(told({pieces("A", 990, 2)}), "1980");
}

TEST_F(PricingTest, ATimePriceOfWhatIsWeighedIsPerKilogram) {
    on = {{.id = "P1", .kind = "time_price", .items = "A", .amount_fen = 396}};
    // 2.345 kg at 4.98 is 11.68, at 3.96 it is 9.29.
    EXPECT_EQ(told({weighed("A", 498, 2'345'000)}), "929; 1: P1x1 -239");
}

TEST_F(PricingTest, AMemberPriceIsForMembersAndForSoManyUnits) {
    on = {{.id = "P1", .kind = "member_price", .items = "A", .amount_fen = 1790, .limit = 2}};
    EXPECT_EQ(told({pieces("A", 1990, 3)}), "5970");
    EXPECT_EQ(told({pieces("A", 1990, 3)}, true), "5570; 1: P1x2 -400");
}

TEST_F(PricingTest, TheSecondAtHalfThePriceIsTheCheaperOne) {
    on = {{.id = "P1", .kind = "nth_discount", .items = "A;B", .buy = 2, .percent = 50}};
    EXPECT_EQ(told({pieces("A", 599, 1)}), "599");
    // Half of 5.99 is 3.00: 2.99 off, the larger remainder gets the odd fen.
    EXPECT_EQ(told({pieces("A", 599, 2)}), "899; 1: P1x2 -299");
    EXPECT_EQ(told({pieces("A", 599, 3)}), "1498; 1: P1x2 -299");
    // 2.00 off, shared 10:4.
    EXPECT_EQ(told({pieces("A", 1000, 1), pieces("B", 400, 1)}), "1200; 1: P1x1 -143; 2: P1x1 -57");
}

TEST_F(PricingTest, BuyTwoGetOneLeavesTheCheapestOutAsOftenAsItMay) {
    on = {{.id = "P1", .kind = "buy_n_get_m", .items = "A;B", .buy = 2, .get = 1, .limit = 1}};
    EXPECT_EQ(told({pieces("A", 300, 3)}), "600; 1: P1x3 -300");
    EXPECT_EQ(told({pieces("A", 300, 6)}), "1500; 1: P1x3 -300");
    on.front().limit.reset();
    EXPECT_EQ(told({pieces("A", 300, 6)}), "1200; 1: P1x6 -600");
    // Two dear and four cheap ones: AAB and BBB leave out 2.00 each, as ABB and ABB do.
    EXPECT_EQ(told({pieces("A", 500, 2), pieces("B", 200, 4)}).substr(0, 4), "1400");
}

TEST_F(PricingTest, AnyThreeForASumAreTheDearestThree) {
    on = {{.id = "P1", .kind = "mix_and_match", .categories = "C", .buy = 3, .amount_fen = 1590}};
    // 6.90 + 6.50 + 5.90 are 19.30: 3.40 off, 122, 114 and 104; the 4.50 stays by itself.
    EXPECT_EQ(
        told({pieces("A", 690, 1), pieces("B", 450, 1), pieces("D", 650, 1), pieces("E", 590, 1)}),
        "2040; 1: P1x1 -122; 3: P1x1 -114; 4: P1x1 -104");
    EXPECT_EQ(told({pieces("A", 500, 3)}), "1500");
}

TEST_F(PricingTest, ABundleWantsOneOfEach) {
    on = {{.id = "P1", .kind = "bundle", .items = "A;B", .amount_fen = 15'900, .limit = 1}};
    EXPECT_EQ(told({pieces("A", 12'900, 2)}), "25800");
    EXPECT_EQ(told({pieces("A", 12'900, 2), pieces("B", 6'900, 2)}),
              "35700; 1: P1x1 -2541; 2: P1x1 -1359");
    on = {{.id = "P1", .kind = "bundle", .items = "A;A;B", .amount_fen = 1'000}};
    EXPECT_EQ(told({pieces("A", 400, 1), pieces("B", 500, 1)}), "900");
    EXPECT_EQ(told({pieces("A", 400, 2), pieces("B", 500, 1)}), "1000; 1: P1x2 -184; 2: P1x1 -116");
}

TEST_F(PricingTest, SpendAndSaveCountsWhatGoodsCostAfterTheirOwnPromotions) {
    on = {{.id = "P1", .kind = "time_price", .items = "A", .amount_fen = 4'000},
          {.id = "P2",
           .kind = "spend_and_save",
           .categories = "C",
           .amount_fen = 1'000,
           .threshold_fen = 8'800,
           .limit = 1}};
    // 50.00 and 40.00 come to 90.00: 10.00 off, 5.56 and 4.44. With the evening's price it were
    // 80.00 and no more: the customer pays 80.00 either way, and one promotion is fewer than one
    // with a higher id.
    EXPECT_EQ(told({pieces("A", 5'000, 1), pieces("B", 4'000, 1)}), "8000; 1: P1x1 -1000");
    EXPECT_EQ(told({pieces("A", 4'900, 1), pieces("B", 4'000, 1)}),
              "7900; 1: P2x0 -551; 2: P2x0 -449");
    EXPECT_EQ(told({pieces("A", 5'000, 1), pieces("B", 4'000, 1), pieces("B", 1'000, 1, "D")}),
              "9000; 1: P1x1 -1000");
}

TEST_F(PricingTest, ItIsTakenOffEachTimeTheThresholdIsFull) {
    on = {{.id = "P1", .kind = "spend_and_save", .amount_fen = 300, .threshold_fen = 1'000}};
    EXPECT_EQ(told({pieces("A", 3'100, 1)}), "2200; 1: P1x0 -900");
    on.front().limit = 2;
    EXPECT_EQ(told({pieces("A", 3'100, 1)}), "2500; 1: P1x0 -600");
    on = {{.id = "P1", .kind = "spend_and_save", .percent = 10, .threshold_fen = 1'000}};
    EXPECT_EQ(told({pieces("A", 999, 1)}), "999");
    EXPECT_EQ(told({pieces("A", 3'105, 1)}), "2795; 1: P1x0 -310");
}

TEST_F(PricingTest, OfBasketPromotionsOneCountsAndWhatIsStackableBesides) {
    on = {{.id = "P1", .kind = "spend_and_save", .amount_fen = 100, .threshold_fen = 1'000},
          {.id = "P2",
           .kind = "spend_and_save",
           .amount_fen = 400,
           .threshold_fen = 3'000,
           .limit = 1},
          {.id = "P3",
           .kind = "spend_and_save",
           .categories = "K",
           .amount_fen = 50,
           .threshold_fen = 500,
           .limit = 1,
           .stackable = true}};
    EXPECT_EQ(told({pieces("A", 2'900, 1)}), "2700; 1: P1x0 -200");
    EXPECT_EQ(told({pieces("A", 3'000, 1)}), "2600; 1: P2x0 -400");
    EXPECT_EQ(told({pieces("A", 2'400, 1), pieces("B", 600, 1, "K")}),
              "2550; 1: P2x0 -320; 2: P2x0 -80 P3x0 -50");
}

TEST_F(PricingTest, AUnitTakesPartInOneAndTheLowestTotalWins) {
    on = {{.id = "P1", .kind = "nth_discount", .items = "A", .buy = 2, .percent = 50},
          {.id = "P2", .kind = "buy_n_get_m", .items = "A", .buy = 2, .get = 1},
          {.id = "P3", .kind = "time_price", .items = "A", .percent = 10}};
    EXPECT_EQ(told({pieces("A", 1'000, 1)}), "900; 1: P3x1 -100");
    EXPECT_EQ(told({pieces("A", 1'000, 2)}), "1500; 1: P1x2 -500");
    EXPECT_EQ(told({pieces("A", 1'000, 3)}), "2000; 1: P2x3 -1000");
    // Three by P2, two by P1: 25.00 off 50.00 were not to be had by one alone.
    EXPECT_EQ(told({pieces("A", 1'000, 5)}), "3500; 1: P1x2 -500 P2x3 -1000");
}

TEST_F(PricingTest, OfEqualTotalsFewerPromotionsWinThenLowerIds) {
    on = {{.id = "P2", .kind = "time_price", .items = "A;B", .percent = 10},
          {.id = "P1", .kind = "time_price", .items = "A", .percent = 10},
          {.id = "P3", .kind = "time_price", .items = "A;B", .percent = 10}};
    EXPECT_EQ(told({pieces("A", 1'000, 1), pieces("B", 1'000, 1)}),
              "1800; 1: P2x1 -100; 2: P2x1 -100");
    EXPECT_EQ(told({pieces("A", 1'000, 1)}), "900; 1: P1x1 -100");
}

TEST_F(PricingTest, WhatIsMarkedDownOrPricedByHandTakesPartInBasketPromotionsOnly) {
    on = {{.id = "P1", .kind = "time_price", .items = "A", .percent = 50},
          {.id = "P2", .kind = "spend_and_save", .amount_fen = 100, .threshold_fen = 1'000}};
    PriceLine line = pieces("A", 1'000, 1);
    line.is_open = false;
    EXPECT_EQ(told({line}), "900; 1: P2x0 -100");
}

TEST_F(PricingTest, EqualUnitsOfSeveralLinesAreTakenInTheOrderOfLines) {
    on = {{.id = "P1", .kind = "nth_discount", .items = "A", .buy = 2, .percent = 100}};
    EXPECT_EQ(told({pieces("A", 500, 1), pieces("A", 500, 1), pieces("A", 500, 1)}),
              "1000; 1: P1x1 -250; 2: P1x1 -250");
}

TEST_F(PricingTest, ThousandsOfUnitsArePricedAndNeverWorseThanOneByOne) {
    on = {{.id = "P1", .kind = "nth_discount", .items = "A;B", .buy = 2, .percent = 10},
          {.id = "P2", .kind = "buy_n_get_m", .items = "A;B;D", .buy = 2, .get = 1},
          {.id = "P3", .kind = "mix_and_match", .items = "B;D", .buy = 4, .amount_fen = 1'000}};
    told({pieces("A", 301, 9'999), pieces("B", 300, 9'999), pieces("D", 299, 9'999)});
    EXPECT_FALSE(priced.is_exact);
    // All of them by P1 first were 10 % of every second of A and B.
    EXPECT_LE(priced.total_fen, 9'999 * 900 - 9'999 * 30);
    const PriceBook book(on);
    for (const auto& line : priced.savings) {
        std::int64_t units = 0;
        for (const LineSaving& saving : line)
            units += saving.units;
        EXPECT_LE(units, 9'999) << "each takes part in one";
    }
}

TEST_F(PricingTest, ManyDifferentUnitsNearAThresholdArePricedWithoutEnd) {
    on = {{.id = "P1", .kind = "nth_discount", .buy = 2, .percent = 50},
          {.id = "P2", .kind = "buy_n_get_m", .buy = 2, .get = 1},
          {.id = "P3", .kind = "mix_and_match", .buy = 3, .percent = 22}};
    for (int units : {12, 14, 60}) {
        std::vector<PriceLine> lines;
        std::int64_t full = 0;
        for (int i = 0; i < units; ++i) {
            lines.push_back(pieces(std::to_string(i), 600 + i * 173 % 997, 1));
            full += lines.back().amount_fen;
        }
        told(lines);
        const std::int64_t without = priced.total_fen;
        on.push_back({.id = "P4",
                      .kind = "spend_and_save",
                      .amount_fen = 1'000,
                      .threshold_fen = full * 9 / 10,
                      .limit = 1});
        told(lines);
        EXPECT_LE(priced.total_fen, without) << "another promotion makes nothing dearer";
        on.pop_back();
    }
}

TEST_F(PricingTest, APromotionThatRefersToNothingOrMakesNoSenseChangesNothing) {
    const std::vector<Promotion> odd{
        {.id = "P1", .kind = "time_price", .items = "Z", .amount_fen = 1},
        {.id = "P2", .kind = "bundle", .items = "A;Z", .amount_fen = 1},
        {.id = "P3", .kind = "lottery", .items = "A", .percent = 99}};
    const PriceBook book(odd);
    ASSERT_EQ(book.faults().size(), 1U);
    EXPECT_EQ(book.faults()[0].promotion, "P3");
    const std::vector<PriceLine> lines{pieces("A", 100, 3)};
    EXPECT_EQ(price_basket(book, lines, {evening, true}).total_fen, 300);
}

}  // namespace
}  // namespace fangxin::domain
