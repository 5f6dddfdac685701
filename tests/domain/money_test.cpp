// Exact money: worked examples, and properties over seeded random sales.
#include "domain/money.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace fangxin::domain {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::int64_t draw(std::mt19937_64& random, std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random);
}

// SALE-12
TEST(LineAmount, IsPriceTimesQuantity) {
    EXPECT_EQ(line_amount({1'299, 3}), 3'897);
    EXPECT_EQ(line_amount({1, 9'999}), 9'999);
    EXPECT_EQ(line_amount({0, 5}), 0);
}

// SALE-12
TEST(LineAmount, RefusesWhatIsNegativeOrDoesNotFit) {
    EXPECT_FALSE(line_amount({-1, 1}));
    EXPECT_FALSE(line_amount({1, -1}));
    EXPECT_FALSE(line_amount({largest, 2}));
    EXPECT_FALSE(line_amount({largest_amount_fen, 2}));
}

// SALE-5
TEST(Rounding, GoesDownToTheJiaoOnly) {
    EXPECT_EQ(rounding_down_to_jiao(1'289), -9);
    EXPECT_EQ(rounding_down_to_jiao(1'280), 0);
    EXPECT_EQ(rounding_down_to_jiao(9), -9);
    EXPECT_EQ(rounding_down_to_jiao(0), 0);
}

// SALE-12
TEST(Refund, OfAWholeLineIsTheExactNegative) {
    EXPECT_EQ(refund_amount({3'897, 3, 0, 3}), -3'897);
    EXPECT_EQ(refund_amount({1'950, 1'234'000, 0, 1'234'000}), -1'950);
    EXPECT_EQ(refund_amount({0, 1, 0, 1}), 0);
}

// SALE-12
TEST(Refund, OfPartsAddsUpToExactlyWhatWasPaid) {
    EXPECT_EQ(refund_amount({100, 3, 0, 1}), -33);
    EXPECT_EQ(refund_amount({100, 3, 1, 1}), -33);
    EXPECT_EQ(refund_amount({100, 3, 2, 1}), -34);
}

// SALE-12
TEST(Refund, InWhateverPartsLosesNotAFen) {
    std::mt19937_64 random(12);
    for (int i = 0; i < 5'000; ++i) {
        std::int64_t paid = draw(random, 0, 1'000'000);
        std::int64_t sold = draw(random, 1, 60);
        std::int64_t given_back = 0;
        for (std::int64_t before = 0, now = 0; before < sold; before += now) {
            now = draw(random, 1, sold - before);
            given_back += *refund_amount({paid, sold, before, now});
        }
        EXPECT_EQ(given_back, -paid) << paid << " for " << sold;
    }
}

// SALE-12
TEST(Refund, NeverGivesBackMoreThanIsStillOut) {
    EXPECT_FALSE(refund_amount({100, 3, 0, 4}));
    EXPECT_FALSE(refund_amount({100, 3, 3, 1}));
    EXPECT_FALSE(refund_amount({100, 0, 0, 0}));
    EXPECT_FALSE(refund_amount({100, 3, -1, 1}));
    EXPECT_FALSE(refund_amount({100, 3, 1, largest}));
    EXPECT_FALSE(refund_amount({-100, 3, 0, 1}));
}

}  // namespace
}  // namespace fangxin::domain
