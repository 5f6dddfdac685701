#include "terminal/kit/key_times.hpp"

#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

/// A moment at which both clocks show the same.
constexpr ServerClock::Moment at(std::uint32_t ms) { return {ms, ms}; }

}  // namespace

TEST(ServerClock, KnowsWhenAKeyWasPressedThatIsHeardOfLate) {
    ServerClock clock;
    EXPECT_EQ(clock.ours(1'000, at(70'000)), 70'000U);
    EXPECT_EQ(clock.ours(1'001, at(70'251)), 70'001U) << "250 ms of work lay between";
    EXPECT_EQ(clock.ours(1'002, at(70'251)), 70'002U);
    EXPECT_EQ(clock.ours(9'000, at(78'000)), 78'000U);
}

TEST(ServerClock, LearnsFromAKeyThatIsHeardOfSooner) {
    ServerClock clock;
    EXPECT_EQ(clock.ours(1'000, at(70'030)), 70'030U);
    EXPECT_EQ(clock.ours(2'000, at(71'000)), 71'000U);
    EXPECT_EQ(clock.ours(2'001, at(71'090)), 71'001U);
}

// After a day or two of drift each key of a scan seemed late by more than a scanner's pause.
TEST(ServerClock, FollowsClocksThatDrift) {
    for (const std::uint32_t drift : {100U, 0U - 100U}) {
        ServerClock clock;
        EXPECT_EQ(clock.ours(1'000, at(70'000)), 70'000U);
        const std::uint32_t later = 6 * 3'600'000;
        EXPECT_EQ(clock.ours(1'000 + later, {70'000 + later, 70'000 + later + drift}),
                  70'000U + later + drift);
        EXPECT_EQ(clock.ours(1'005 + later, {70'065 + later, 70'065 + later + drift}),
                  70'005U + later + drift)
            << "60 ms of work lay between";
    }
}

TEST(ServerClock, GoesOnWhenEitherClockBeginsAnew) {
    ServerClock clock;
    EXPECT_EQ(clock.ours(UINT32_MAX - 4, at(500)), 500U);
    EXPECT_EQ(clock.ours(5, at(550)), 510U);
    ServerClock other;
    EXPECT_EQ(other.ours(500, at(UINT32_MAX - 4)), UINT32_MAX - 4);
    EXPECT_EQ(other.ours(510, at(45)), 5U);
}

}  // namespace fangxin::kit
