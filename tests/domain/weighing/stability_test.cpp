#include "domain/weighing/stability.hpp"

#include <gtest/gtest.h>

namespace fangxin::weighing {
namespace {

Reading stable(std::int64_t mg) {
    return {.state = ScaleState::stable, .gross_mg = mg, .net_mg = mg, .raw = {}};
}

TEST(StabilityFilter, BelievesTheSecondEqualStableFrame) {  // WEIGH-1
    StabilityFilter filter(2);
    EXPECT_EQ(filter.apply(stable(5)).state, ScaleState::motion);
    EXPECT_EQ(filter.apply(stable(5)).state, ScaleState::stable);
    EXPECT_EQ(filter.apply(stable(5)).state, ScaleState::stable);
    EXPECT_EQ(filter.apply(stable(6)).state, ScaleState::motion);
    EXPECT_EQ(filter.apply(stable(6)).state, ScaleState::stable);
}

TEST(StabilityFilter, StartsAgainAfterAnythingElse) {  // WEIGH-1
    StabilityFilter filter(3);
    Reading over{.state = ScaleState::over, .raw = {}};
    filter.apply(stable(5));
    filter.apply(stable(5));
    EXPECT_EQ(filter.apply(over).state, ScaleState::over);
    EXPECT_EQ(filter.apply(stable(5)).state, ScaleState::motion);
    EXPECT_EQ(filter.apply(stable(5)).state, ScaleState::motion);
    EXPECT_EQ(filter.apply(stable(5)).state, ScaleState::stable);
}

}  // namespace
}  // namespace fangxin::weighing
