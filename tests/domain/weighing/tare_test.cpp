#include "domain/weighing/tare.hpp"

#include <gtest/gtest.h>

namespace fangxin::weighing {
namespace {

constexpr Parameters scale{
    .min_mg = 100'000, .max_mg = 15'000'000, .e_mg = 5'000, .max_tare_mg = 3'000'000};

std::string preset(std::int64_t mg) { return std::string(domain::to_text(may_preset(mg, scale))); }

// WEIGH-1
TEST(Tare, OfTheScaleAndOfUsAreBothTakenOff) {
    Reading reading{.gross_mg = 1'000'000, .tare_mg = 100'000, .net_mg = 900'000, .raw = {}};
    Weights weights = weights_of(reading, 50'000);
    EXPECT_EQ(weights, (Weights{1'000'000, 100'000, 50'000, 850'000}));
    EXPECT_EQ(weights.gross_mg, weights.net_mg + weights.tare_mg());
}

// WEIGH-1
TEST(Tare, IsKeyedInWholeIntervalsUpToTheScalesLimit) {
    EXPECT_EQ(preset(0), "ok");
    EXPECT_EQ(preset(5'000), "ok");
    EXPECT_EQ(preset(3'000'000), "ok");
    EXPECT_EQ(preset(3'005'000), "above_limit");
    EXPECT_EQ(preset(12'000), "not_a_step");
    EXPECT_EQ(preset(-5'000), "negative");
}

// WEIGH-1
TEST(Tare, OfAnItemIsRoundedUpToAnInterval) {
    EXPECT_EQ(item_tare_mg(0, scale), 0);
    EXPECT_EQ(item_tare_mg(1, scale), 5'000);
    EXPECT_EQ(item_tare_mg(15'000, scale), 15'000);
    EXPECT_EQ(item_tare_mg(15'001, scale), 20'000);
    EXPECT_EQ(item_tare_mg(15'000, {}), 0);
}

}  // namespace
}  // namespace fangxin::weighing
