#include "domain/weighing/gate.hpp"

#include <gtest/gtest.h>

namespace fangxin::weighing {
namespace {

constexpr Parameters limits{.min_mg = 100'000, .max_mg = 15'000'000, .e_mg = 5'000};

Reading weight(std::int64_t net_mg, ScaleState state = ScaleState::stable,
               std::int64_t tare_mg = 0) {
    return {.state = state,
            .gross_mg = net_mg + tare_mg,
            .tare_mg = tare_mg,
            .net_mg = net_mg,
            .raw = {},
            .at_ms = 1000};
}

std::string ask(const WeighingGate& gate, const LatestReading& latest, WeighQuestion question) {
    return std::string(domain::to_text(gate.may_sell(latest, question)));
}

std::string ask(const WeighingGate& gate, const Reading& reading) {
    return ask(gate, CurrentReading{.reading = reading, .age_ms = 0}, {.now_ms = 1000});
}

TEST(WeighingGate, SellsAStableWeightInRange) {  // WEIGH-1
    WeighingGate gate(limits);
    EXPECT_EQ(ask(gate, weight(100'000)), "ok");
    EXPECT_EQ(ask(gate, weight(15'000'000)), "ok");
}

TEST(WeighingGate, WillNotSellWhatTheScaleDoesNotVouchFor) {  // WEIGH-1
    WeighingGate gate(limits);
    EXPECT_EQ(ask(gate, weight(1'000'000, ScaleState::motion)), "motion");
    EXPECT_EQ(ask(gate, weight(1'000'000, ScaleState::over)), "over");
    EXPECT_EQ(ask(gate, weight(1'000'000, ScaleState::under)), "under");
    EXPECT_EQ(ask(gate, weight(1'000'000, ScaleState::zero_error)), "zero_error");
    EXPECT_EQ(ask(gate, weight(1'000'000, ScaleState::fault)), "fault");
}

TEST(WeighingGate, WillNotSellBelowTheMinimumOrAboveTheMaximum) {  // WEIGH-1
    WeighingGate gate(limits);
    EXPECT_EQ(ask(gate, weight(99'000)), "below_minimum");
    EXPECT_EQ(ask(gate, weight(-50'000)), "under");
    EXPECT_EQ(ask(gate, weight(-50'000, ScaleState::stable, 50'000)), "below_minimum");
    EXPECT_EQ(ask(gate, weight(15'001'000)), "over");
    EXPECT_EQ(ask(gate, weight(14'600'000, ScaleState::stable, 500'000)), "over");
    EXPECT_EQ(ask(WeighingGate({.min_mg = 0, .max_mg = 1000, .e_mg = 1}), weight(0)),
              "below_minimum");
}

TEST(WeighingGate, CountsTheItemsOwnTareAgainstTheMinimum) {  // WEIGH-1
    WeighingGate gate(limits);
    CurrentReading latest{.reading = weight(110'000), .age_ms = 0};
    EXPECT_EQ(ask(gate, latest, {.now_ms = 1000, .preset_tare_mg = 10'000}), "ok");
    EXPECT_EQ(ask(gate, latest, {.now_ms = 1000, .preset_tare_mg = 11'000}), "below_minimum");
}

TEST(WeighingGate, WillNotSellWithoutAFreshReading) {  // WEIGH-5
    WeighingGate gate(limits);
    CurrentReading latest{.reading = weight(1'000'000), .age_ms = 0};
    EXPECT_EQ(ask(gate, NoScale{}, {.now_ms = 1000}), "no_scale");
    EXPECT_EQ(ask(gate, SilentScale{}, {.now_ms = 1000}), "silent");
    EXPECT_EQ(ask(gate, latest, {.now_ms = 1500}), "ok");
    EXPECT_EQ(ask(gate, latest, {.now_ms = 1501}), "stale");
}

TEST(WeighingGate, WantsThePanClearedBetweenTwoLines) {  // WEIGH-5
    WeighingGate gate(limits);
    gate.sold(weight(1'000'000));
    EXPECT_EQ(ask(gate, weight(1'000'000)), "pan_not_cleared");
    gate.observe(weight(0));
    EXPECT_EQ(ask(gate, weight(1'000'000)), "ok");
}

// WEIGH-5: less than the minimum is no load, though it is hardly less than what was sold.
TEST(WeighingGate, APanBelowTheMinimumIsCleared) {
    WeighingGate gate(limits);
    gate.sold(weight(100'000));
    gate.observe(weight(100'000));
    EXPECT_EQ(ask(gate, weight(100'000)), "pan_not_cleared");
    gate.observe(weight(95'000));
    EXPECT_EQ(ask(gate, weight(100'000)), "ok");
}

TEST(WeighingGate, TakesAnotherWeightForOtherGoods) {  // WEIGH-5
    WeighingGate gate(limits);
    gate.sold(weight(1'000'000));
    EXPECT_EQ(ask(gate, weight(1'010'000)), "pan_not_cleared");
    EXPECT_EQ(ask(gate, weight(990'000)), "pan_not_cleared");
    EXPECT_EQ(ask(gate, weight(1'011'000)), "ok");
    EXPECT_EQ(ask(gate, weight(700'000)), "ok");
}

TEST(WeighingGate, IsNotOpenedByAKnockOnThePan) {  // WEIGH-5
    WeighingGate gate(limits);
    gate.sold(weight(1'000'000));
    gate.observe(weight(40'000, ScaleState::motion));
    gate.observe(weight(1'700'000, ScaleState::motion));
    gate.observe(weight(0, ScaleState::fault));
    EXPECT_EQ(ask(gate, weight(1'000'000)), "pan_not_cleared");
}

TEST(WeighingGate, IsNotOpenedByTheTareKey) {  // WEIGH-5
    WeighingGate gate(limits);
    gate.sold(weight(1'000'000));
    gate.observe(weight(0, ScaleState::stable, 1'000'000));
    EXPECT_EQ(ask(gate, weight(1'000'000)), "pan_not_cleared");
    EXPECT_EQ(ask(gate, weight(800'000, ScaleState::stable, 200'000)), "pan_not_cleared");
}

TEST(WeighingGate, ATareThatTheScaleDoesNotTellSellsNothingAndOpensNothing) {  // WEIGH-5
    // An 8217 scale says "net" and no more: with the bowl's 200 g taken off by its own key, the
    // same apples weighed 200 g less, which looked like other goods on the pan.
    WeighingGate gate(limits);
    gate.sold(weight(1'000'000));
    Reading net = weight(800'000);
    net.tare_told = false;
    EXPECT_EQ(ask(gate, net), "tare_untold");
    gate.observe(net);
    EXPECT_EQ(ask(gate, weight(1'000'000)), "pan_not_cleared");
}

TEST(WeighingGate, OpensWhenABoxIsLiftedOffWithItsGoods) {  // WEIGH-5
    WeighingGate gate(limits);
    gate.sold(weight(1'000'000, ScaleState::stable, 300'000));
    gate.observe(weight(-300'000, ScaleState::stable, 300'000));
    EXPECT_EQ(ask(gate, weight(1'000'000, ScaleState::stable, 300'000)), "ok");
}

TEST(WeighingGate, LocksAgainAfterTheNextLine) {  // WEIGH-5
    WeighingGate gate(limits);
    gate.sold(weight(1'000'000));
    gate.observe(weight(2'000'000));
    gate.sold(weight(2'000'000));
    EXPECT_EQ(ask(gate, weight(2'000'000)), "pan_not_cleared");
    EXPECT_EQ(ask(gate, weight(1'000'000)), "ok");
}

}  // namespace
}  // namespace fangxin::weighing
