#include "terminal/kit/edges.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

constexpr EdgeQueue::Pointer finger(std::int64_t id) { return {EdgeQueue::Device::finger, id}; }

std::string show(EdgeQueue& queue) {
    std::string out;
    while (const auto edge = queue.next()) {
        if (!out.empty()) out += " ";
        if (const auto* press = std::get_if<Press>(&*edge)) out += fmt::format("v{}", press->at.x);
        if (const auto* move = std::get_if<Move>(&*edge)) out += fmt::format("~{}", move->at.x);
        if (const auto* up = std::get_if<Release>(&*edge)) out += fmt::format("^{}", up->at.x);
        if (std::holds_alternative<Cancel>(*edge)) out += "x";
    }
    return out;
}

}  // namespace

TEST(EdgeQueue, CountsEveryTapThatCameBetweenTwoFrames) {
    EdgeQueue queue;
    for (const float x : {10.0F, 20.0F, 30.0F}) {
        queue.down(finger(1), {x, 0}, 0);
        queue.up(finger(1), {x, 0});
    }
    EXPECT_EQ(show(queue), "v10 ^10 v20 ^20 v30 ^30");
}

TEST(EdgeQueue, IgnoresASecondFingerWhileTheFirstIsDownAndCountsItAfterwards) {
    EdgeQueue queue;
    queue.down(finger(1), {1, 0}, 0);
    queue.down(finger(2), {2, 0}, 10);
    queue.up(finger(2), {2, 0});
    queue.up(finger(1), {1, 0});
    queue.down(finger(2), {2, 0}, 40);
    queue.up(finger(2), {2, 0});
    EXPECT_EQ(show(queue), "v1 ^1 v2 ^2");
}

TEST(EdgeQueue, GivesUpAFingerThatNeverLifts) {
    EdgeQueue queue;
    queue.down(finger(1), {1, 0}, 0);
    queue.down(finger(2), {2, 0}, 4'999);
    queue.down(finger(3), {3, 0}, 5'000);
    queue.up(finger(3), {3, 0});
    queue.moved(finger(1), {9, 0}, 5'020);
    EXPECT_EQ(show(queue), "v1 x v3 ^3");
}

// A palm on the glass locked it for as long as it lay there.
TEST(EdgeQueue, GivesUpAPalmThatTrembles) {
    EdgeQueue queue;
    queue.down(finger(1), {100, 100}, 0);
    for (int i = 1; i <= 500; ++i)
        queue.moved(finger(1), {100 + static_cast<float>(i % 9), 96}, 10 * i);
    queue.down(finger(2), {2, 0}, 5'010);
    queue.up(finger(2), {2, 0});
    EXPECT_EQ(show(queue), "v100 ~105 x v2 ^2");
}

TEST(EdgeQueue, KeepsAFingerThatDragsForLong) {
    EdgeQueue queue;
    queue.down(finger(1), {0, 0}, 0);
    for (int i = 1; i <= 600; ++i)
        queue.moved(finger(1), {static_cast<float>(i), 0}, 10 * i);
    queue.down(finger(2), {2, 0}, 6'010);
    queue.up(finger(1), {600, 0});
    EXPECT_EQ(show(queue), "v0 ~600 ^600");
}

TEST(EdgeQueue, SurvivesTwoHundredTouchesAtOnce) {
    EdgeQueue queue;
    for (std::int64_t id = 0; id < 200; ++id)
        queue.down(finger(id), {5, 0}, 0);
    for (std::int64_t id = 0; id < 200; ++id)
        queue.up(finger(id), {5, 0});
    queue.down(finger(7), {8, 0}, 2);
    EXPECT_EQ(show(queue), "v5 ^5 v8");
}

TEST(EdgeQueue, KeepsOnlyTheLatestPlaceOfADrag) {
    EdgeQueue queue;
    queue.down(finger(1), {0, 0}, 0);
    for (int x = 1; x <= 100; ++x)
        queue.moved(finger(1), {static_cast<float>(x), 0}, x);
    queue.up(finger(1), {100, 0});
    EXPECT_EQ(show(queue), "v0 ~100 ^100");
}

TEST(EdgeQueue, IgnoresAMouseThatMovesWithoutBeingPressed) {
    EdgeQueue queue;
    queue.moved({}, {5, 0}, 0);
    queue.up({}, {5, 0});
    EXPECT_TRUE(queue.empty());
}

}  // namespace fangxin::kit
