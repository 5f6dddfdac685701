#include "terminal/kit/key_times.hpp"

#include <gtest/gtest.h>

namespace fangxin::kit {

TEST(ServerClock, KnowsWhenAKeyWasPressedThatIsHeardOfLate) {
    ServerClock clock;
    EXPECT_EQ(clock.ours(1'000, 70'000), 70'000U);
    EXPECT_EQ(clock.ours(1'001, 70'251), 70'001U) << "250 ms of work lay between";
    EXPECT_EQ(clock.ours(1'002, 70'251), 70'002U);
    EXPECT_EQ(clock.ours(9'000, 78'000), 78'000U);
}

TEST(ServerClock, LearnsFromAKeyThatIsHeardOfSooner) {
    ServerClock clock;
    EXPECT_EQ(clock.ours(1'000, 70'030), 70'030U);
    EXPECT_EQ(clock.ours(2'000, 71'000), 71'000U);
    EXPECT_EQ(clock.ours(2'001, 71'090), 71'001U);
}

TEST(ServerClock, GoesOnWhenEitherClockBeginsAnew) {
    ServerClock clock;
    EXPECT_EQ(clock.ours(UINT32_MAX - 4, 500), 500U);
    EXPECT_EQ(clock.ours(5, 550), 510U);
    ServerClock other;
    EXPECT_EQ(other.ours(500, UINT32_MAX - 4), UINT32_MAX - 4);
    EXPECT_EQ(other.ours(510, 45), 5U);
}

}  // namespace fangxin::kit
