#include "domain/weighing/check.hpp"

#include <gtest/gtest.h>

namespace fangxin::weighing {
namespace {

using enum AccuracyClass;

constexpr std::int64_t g = 1000;

TEST(Tolerance, GrowsAtTheBordersOfTheClass) {
    const std::int64_t e = 5 * g;
    EXPECT_EQ(tolerance_in_service_mg(III, e, 500 * e), e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 500 * e + 1), 2 * e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 2000 * e), 2 * e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 2000 * e + 1), 3 * e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 10'000 * e), 3 * e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 10'000 * e + 1), std::nullopt);
}

TEST(Tolerance, IsAnotherForEachClass) {
    EXPECT_EQ(tolerance_in_service_mg(IIII, g, 51 * g), 2 * g);
    EXPECT_EQ(tolerance_in_service_mg(II, g, 5000 * g), g);
    EXPECT_EQ(tolerance_in_service_mg(II, g, 5001 * g), 2 * g);
}

TEST(Tolerance, NeedsAMassAndAnInterval) {
    EXPECT_EQ(tolerance_in_service_mg(III, 0, g), std::nullopt);
    EXPECT_EQ(tolerance_in_service_mg(III, g, 0), std::nullopt);
    EXPECT_EQ(tolerance_in_service_mg(III, -g, g), std::nullopt);
}

Reading stable(std::int64_t mg) {
    return {.state = ScaleState::stable, .gross_mg = mg, .net_mg = mg};
}

/// With a mass of 2 kg on a scale of e = 5 g: 400 e, so one e is allowed.
CheckResult checked(std::int64_t shown_mg, std::int64_t after_mg = 0) {
    ScaleCheck check({III, 5 * g, 2000 * g});
    check.observe(stable(0));
    check.observe(stable(shown_mg));
    check.observe(stable(after_mg));
    EXPECT_EQ(check.step(), CheckStep::done);
    return check.result();
}

// WEIGH-3
TEST(ScaleCheck, PassesWithinTheToleranceInE) {
    EXPECT_TRUE(checked(2000 * g).passed);
    EXPECT_TRUE(checked(2005 * g).passed);
    EXPECT_TRUE(checked(1995 * g).passed);
    EXPECT_FALSE(checked(2006 * g).passed);
    EXPECT_FALSE(checked(1994 * g).passed);
    EXPECT_EQ(
        checked(2010 * g),
        (CheckResult{
            .shown_mg = 2010 * g, .error_mg = 10 * g, .tolerance_mg = 5 * g, .passed = false}));
}

TEST(ScaleCheck, GoesFromEmptyToLoadedToEmpty) {
    ScaleCheck check({III, 5 * g, 2000 * g});
    EXPECT_EQ(check.step(), CheckStep::empty_pan);
    check.observe(stable(300 * g));  // not empty yet
    EXPECT_EQ(check.step(), CheckStep::empty_pan);
    check.observe(stable(5 * g));
    EXPECT_EQ(check.step(), CheckStep::put_mass);
    check.observe(stable(900 * g));  // a hand
    EXPECT_EQ(check.step(), CheckStep::put_mass);
    check.observe(stable(1990 * g));
    check.observe(stable(2000 * g));  // it settled
    EXPECT_EQ(check.step(), CheckStep::take_off);
    check.observe(stable(40 * g));  // something lies there still
    EXPECT_EQ(check.step(), CheckStep::take_off);
    check.observe(stable(0));
    EXPECT_EQ(check.step(), CheckStep::done);
    EXPECT_TRUE(check.result().passed);
    EXPECT_EQ(check.result().zero_mg, 5 * g);
    EXPECT_EQ(check.result().shown_mg, 2000 * g);
}

TEST(ScaleCheck, LooksAtNothingThatMovesOrHasTare) {
    ScaleCheck check({III, 5 * g, 2000 * g});
    for (ScaleState state : {ScaleState::motion, ScaleState::over, ScaleState::under,
                             ScaleState::zero_error, ScaleState::fault}) {
        Reading reading = stable(0);
        reading.state = state;
        check.observe(reading);
        EXPECT_EQ(check.step(), CheckStep::empty_pan);
    }
    Reading tared = stable(0);
    tared.gross_mg = tared.tare_mg = 50 * g;
    tared.net_mg = 0;
    check.observe(tared);
    Reading untold = stable(0);
    untold.tare_told = false;
    check.observe(untold);
    EXPECT_EQ(check.step(), CheckStep::empty_pan);
}

// WEIGH-3
TEST(ScaleCheck, FailsWhenThePersonGivesUp) {
    ScaleCheck nothing_comes({III, 5 * g, 2000 * g});
    nothing_comes.observe(stable(0));
    nothing_comes.observe(stable(700 * g));
    nothing_comes.give_up();
    EXPECT_EQ(nothing_comes.step(), CheckStep::done);
    EXPECT_FALSE(nothing_comes.result().passed);
    EXPECT_EQ(nothing_comes.result().shown_mg, 700 * g);

    ScaleCheck sticks({III, 5 * g, 2000 * g});
    sticks.observe(stable(0));
    sticks.observe(stable(2000 * g));
    sticks.observe(stable(35 * g));
    sticks.give_up();
    EXPECT_FALSE(sticks.result().passed);
    EXPECT_EQ(sticks.result().after_mg, 35 * g);
}

TEST(ScaleCheck, OfAMassBeyondTheClassNeverPasses) {
    ScaleCheck check({III, 1 * g, 20'000 * g});
    check.observe(stable(0));
    check.observe(stable(20'000 * g));
    check.observe(stable(0));
    EXPECT_FALSE(check.result().passed);
}

}  // namespace
}  // namespace fangxin::weighing
