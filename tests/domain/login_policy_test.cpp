// Wrong PINs: rules 8, last paragraph.
#include "domain/login_policy.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::domain {
namespace {

constexpr std::int64_t noon = 1'795'406'400'000;

PinTries after_failures(int count, std::int64_t now_ms) {
    PinTries tries;
    for (int i = 0; i < count; ++i)
        tries = after_failure(tries, now_ms);
    return tries;
}

std::string state(const PinTries& tries, std::int64_t now_ms) {
    switch (try_allowed(tries, now_ms)) {
        case TryAnswer::allowed:
            return "allowed";
        case TryAnswer::locked:
            return "locked";
        case TryAnswer::wait:
            return fmt::format("wait {} s", wait_left_ms(tries, now_ms) / 1000);
    }
    return {};
}

// ACCT-2
TEST(WrongPin, FourTimesCostsNothing) {
    EXPECT_EQ(state(PinTries{}, noon), "allowed");
    EXPECT_EQ(state(after_failures(4, noon), noon), "allowed");
}

// ACCT-2
TEST(WrongPin, FiveTimesWaitsHalfAMinute) {
    PinTries tries = after_failures(5, noon);
    EXPECT_EQ(state(tries, noon), "wait 30 s");
    EXPECT_EQ(state(tries, noon + 29'999), "wait 0 s");
    EXPECT_EQ(state(tries, noon + 30'000), "allowed");
}

// ACCT-2
TEST(WrongPin, AClockCorrectedByALittleTakesNoWaitAway) {
    EXPECT_EQ(state(after_failures(5, noon), noon - 1), "wait 30 s");
    EXPECT_EQ(state(after_failures(5, noon), noon - 60'000), "wait 30 s");
    EXPECT_EQ(state(after_failures(5, noon), noon - 60'001), "allowed");
}

// ACCT-2
TEST(WrongPin, EachRoundOfFiveWaitsTwiceAsLongAndTheFifthLocks) {
    EXPECT_EQ(state(after_failures(9, noon), noon + 30'000), "allowed");
    EXPECT_EQ(state(after_failures(10, noon), noon), "wait 60 s");
    EXPECT_EQ(state(after_failures(15, noon), noon), "wait 120 s");
    EXPECT_EQ(state(after_failures(20, noon), noon), "wait 240 s");
    EXPECT_EQ(state(after_failures(24, noon), noon + 240'000), "allowed");
    EXPECT_EQ(state(after_failures(25, noon), noon), "locked");
    EXPECT_EQ(state(after_failures(25, noon), noon + 86'400'000), "locked");
}

// ACCT-2
TEST(WrongPin, NeverWaitsLongerThanAQuarterOfAnHour) {
    PinTries tries{.failures = 4, .rounds = 20};
    tries = after_failure(tries, noon);
    EXPECT_EQ(wait_left_ms(tries, noon), 15 * 60'000);
}

// ACCT-2
TEST(WrongPin, IsForgottenAfterARightOne) {
    EXPECT_EQ(after_success(), PinTries{});
    EXPECT_EQ(state(after_success(), noon), "allowed");
}

// SAFE-8
TEST(WrongPin, AClockThatWasCorrectedBackwardsKeepsNobodyOut) {
    PinTries tries = after_failures(5, noon + 86'400'000);
    EXPECT_EQ(state(tries, noon), "allowed");
}

}  // namespace
}  // namespace fangxin::domain
