// Worked examples, and properties over seeded random sales.
#include "domain/weighing/price.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace fangxin::weighing {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::int64_t draw(std::mt19937_64& random, std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random);
}

// WEIGH-1
TEST(WeightAmount, RoundsHalfUpToTheFen) {
    EXPECT_EQ(weight_amount({500'000, 999}), 500);        // 4.995
    EXPECT_EQ(weight_amount({333'000, 999}), 333);        // 3.32667
    EXPECT_EQ(weight_amount({1'234'000, 1'580}), 1'950);  // 19.4972
    EXPECT_EQ(weight_amount({499, 1'000}), 0);            // 0.499 fen
    EXPECT_EQ(weight_amount({500, 1'000}), 1);            // 0.500 fen
    EXPECT_EQ(weight_amount({0, 1'580}), 0);
}

// WEIGH-1
TEST(WeightAmount, IsWithinHalfAFenOfTheExactProduct) {
    std::mt19937_64 random(20261123);
    for (int i = 0; i < 20'000; ++i) {
        std::int64_t net_mg = draw(random, 0, 60'000'000);
        std::int64_t price = draw(random, 0, 1'000'000);
        std::int64_t twice_error =
            2 * (*weight_amount({net_mg, price}) * 1'000'000 - net_mg * price);
        EXPECT_LE(twice_error, 1'000'000) << net_mg << " mg at " << price;
        EXPECT_GT(twice_error, -1'000'000) << net_mg << " mg at " << price;
    }
}

// WEIGH-1
TEST(WeightAmount, NeverFallsWhenMassOrPriceRises) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        std::int64_t net_mg = draw(random, 0, 60'000'000);
        std::int64_t price = draw(random, 0, 1'000'000);
        EXPECT_LE(*weight_amount({net_mg, price}), *weight_amount({net_mg + 1, price}));
        EXPECT_LE(*weight_amount({net_mg, price}), *weight_amount({net_mg, price + 1}));
    }
}

// WEIGH-1
TEST(WeightAmount, RefusesWhatIsNegativeOrDoesNotFit) {
    EXPECT_FALSE(weight_amount({-1, 100}));
    EXPECT_FALSE(weight_amount({1, -100}));
    EXPECT_FALSE(weight_amount({largest, largest}));
    EXPECT_EQ(weight_amount({1'000'000, largest_amount_fen}), largest_amount_fen);
    EXPECT_FALSE(weight_amount({1'000'000, largest_amount_fen + 1}));
}

}  // namespace
}  // namespace fangxin::weighing
