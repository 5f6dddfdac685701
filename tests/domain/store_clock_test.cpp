// The store's time: rules 3, sentence by sentence.
#include "domain/store_clock.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::domain {
namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t noon = 1000 * day;  // any instant will do

ClockSample at(std::int64_t utc_ms, std::int64_t monotonic_ms) { return {utc_ms, monotonic_ms}; }

/// `noon+1h server`, with `banner` and `asks` where they apply.
std::string reading(const StoreClock& clock, std::int64_t monotonic_ms) {
    ClockReading now = clock.now(monotonic_ms);
    std::string text = fmt::format("noon{:+}h {}", (now.utc_ms - noon) / hour, to_text(now.source));
    if (now.banner) text += " banner";
    if (now.unknown) {
        text += fmt::format(" asks {:+}h or {:+}h", (now.clock_ms - noon) / hour,
                            (*now.last_journal_ms - noon) / hour);
    }
    return text;
}

/// Restarted offline at monotonic 0 with an entry journalled at noon.
StoreClock restarted(std::int64_t system_utc_ms) {
    StoreClock clock;
    clock.started(at(system_utc_ms, 0), noon);
    return clock;
}

// SAFE-8
TEST(StoreClock, ConnectedIsTheServersTime) {
    StoreClock clock = restarted(noon - 3 * hour);
    clock.server_time(at(noon + hour, 0));
    EXPECT_EQ(reading(clock, 0), "noon+1h server");
    EXPECT_EQ(reading(clock, 2 * hour), "noon+3h server");
}

// SAFE-8
TEST(StoreClock, OfflineIsTheServersLastTimeAndWhatWentBySince) {
    StoreClock clock = restarted(noon);
    clock.server_time(at(noon + hour, hour));
    clock.disconnected();
    EXPECT_EQ(reading(clock, 3 * hour), "noon+3h server_plus_monotonic");
}

// SAFE-8
TEST(StoreClock, AfterARestartOfflineIsTheSystemsIfNotBeforeTheJournal) {
    EXPECT_EQ(reading(restarted(noon), 0), "noon+0h system");
    EXPECT_EQ(reading(restarted(noon + 2 * hour), hour), "noon+3h system");
}

// SAFE-8
TEST(StoreClock, AfterARestartOfflineIsElseTheJournalsWithABanner) {
    EXPECT_EQ(reading(restarted(noon - 1), 0), "noon+0h last_journalled banner");
    EXPECT_EQ(reading(restarted(noon - 5 * hour), 2 * hour), "noon+2h last_journalled banner");
}

// SAFE-8
TEST(StoreClock, OfANewShopIsTheSystemsAndAsksNothing) {
    StoreClock clock;
    clock.started(at(noon, 0), std::nullopt);
    EXPECT_EQ(reading(clock, hour), "noon+1h system");
    EXPECT_FALSE(clock.trusted_ms());
}

// SAFE-8
TEST(StoreClock, AsksAManagerAfterAJumpOfMoreThanADay) {
    EXPECT_EQ(reading(restarted(noon + day), 0), "noon+24h system");
    EXPECT_EQ(reading(restarted(noon + day + 1), 0), "noon+24h system asks +24h or +0h");
    EXPECT_EQ(reading(restarted(noon - day), 0), "noon+0h last_journalled banner");
    EXPECT_EQ(reading(restarted(noon - day - hour), 0),
              "noon+0h last_journalled banner asks -25h or +0h");
}

// SAFE-8
TEST(StoreClock, AsksForAJumpOfTheServersToo) {
    StoreClock clock = restarted(noon);
    clock.server_time(at(noon + 30 * hour, 0));
    EXPECT_EQ(reading(clock, 0), "noon+30h server asks +30h or +0h");
}

// SAFE-8
TEST(StoreClock, AQuietDayIsNoJump) {
    EXPECT_EQ(reading(restarted(noon), 30 * hour), "noon+30h system");
}

// SAFE-8
TEST(StoreClock, AManagerMaySayThatTheClockIsRight) {
    StoreClock clock = restarted(noon + 7 * day);  // a week's holiday
    clock.answer(ClockAnswer::clock_is_right, hour);
    EXPECT_EQ(reading(clock, hour), "noon+169h system");
    EXPECT_EQ(*clock.trusted_ms(), noon + 7 * day + hour);
    StoreClock back = restarted(noon - 2 * day);  // the journal was written with a wrong date
    back.answer(ClockAnswer::clock_is_right, 0);
    EXPECT_EQ(reading(back, hour), "noon-47h system");
}

// SAFE-8
TEST(StoreClock, AManagerMaySayThatTheJournalIsRight) {
    StoreClock clock = restarted(noon - 900 * day);  // an empty battery
    clock.answer(ClockAnswer::journal_is_right, 0);
    EXPECT_EQ(reading(clock, hour), "noon+1h last_journalled banner");
    StoreClock ahead = restarted(noon + 900 * day);
    ahead.answer(ClockAnswer::journal_is_right, 0);
    EXPECT_EQ(reading(ahead, hour), "noon+1h last_journalled banner");
}

// SAFE-8
TEST(StoreClock, TheJournalIsRightOnlyUntilTheClockIsPutRight) {
    StoreClock clock = restarted(noon - 900 * day);
    clock.answer(ClockAnswer::journal_is_right, 0);
    clock.journalled(hour);
    EXPECT_EQ(reading(clock, 2 * hour), "noon+2h last_journalled banner");
    clock.server_time(at(noon + 5 * hour, 2 * hour));
    EXPECT_EQ(reading(clock, 2 * hour), "noon+5h server");
}

// SAFE-8
TEST(StoreClock, AClockThatIsWrongInAnotherWayAsksAnew) {
    StoreClock clock = restarted(noon - 900 * day);
    clock.answer(ClockAnswer::journal_is_right, 0);
    clock.server_time(at(noon + 48 * hour, 0));
    EXPECT_EQ(reading(clock, 0), "noon+48h server asks +48h or +0h");
}

// SAFE-8
TEST(StoreClock, AWrongDateThatWasCorrectedLeavesNoMark) {
    StoreClock clock = restarted(noon + 900 * day);
    clock.journalled(hour);  // a login, a refused sale: made at a time that nobody trusts
    EXPECT_EQ(*clock.trusted_ms(), noon);
    clock.server_time(at(noon + 2 * hour, hour));
    EXPECT_EQ(reading(clock, hour), "noon+2h server");
    clock.started(at(noon + 3 * hour, 0), clock.trusted_ms());
    EXPECT_EQ(reading(clock, 0), "noon+3h system");
}

// SAFE-8
TEST(StoreClock, AWrongDateThatAManagerConfirmedCanBeCorrectedToo) {
    StoreClock clock = restarted(noon + 900 * day);
    clock.answer(ClockAnswer::clock_is_right, 0);
    clock.journalled(0);
    clock.started(at(noon + hour, 0), clock.trusted_ms());
    EXPECT_EQ(reading(clock, 0), "noon+21600h last_journalled banner asks +1h or +21600h");
    clock.answer(ClockAnswer::clock_is_right, 0);
    EXPECT_EQ(reading(clock, 0), "noon+1h system");
}

// SAFE-8
TEST(StoreClock, EachEntryIsTheMeasureOfTheNext) {
    StoreClock clock = restarted(noon);
    clock.journalled(20 * hour);
    EXPECT_EQ(*clock.trusted_ms(), noon + 20 * hour);
    clock.server_time(at(noon + 43 * hour, 20 * hour));
    EXPECT_EQ(reading(clock, 20 * hour), "noon+43h server");
}

// SAFE-8
TEST(StoreClock, AnAnswerToNoQuestionDoesNothing) {
    StoreClock clock = restarted(noon - hour);
    clock.answer(ClockAnswer::clock_is_right, 0);
    EXPECT_EQ(reading(clock, 0), "noon+0h last_journalled banner");
}

// SAFE-8
TEST(StoreClock, ATestShopsTimeRunsOnAndAsksLikeAnyClock) {
    StoreClock clock = restarted(noon);
    clock.set_test_time(at(noon + 20 * hour, hour));
    EXPECT_EQ(reading(clock, 3 * hour), "noon+22h test");
    clock.server_time(at(noon + 4 * hour, 3 * hour));
    EXPECT_EQ(reading(clock, 3 * hour), "noon+22h test");
    clock.set_test_time(at(noon - 40 * day, 3 * hour));
    EXPECT_TRUE(clock.now(3 * hour).unknown);
    clock.clear_test_time();
    EXPECT_EQ(reading(clock, 3 * hour), "noon+4h server");
}

}  // namespace
}  // namespace fangxin::domain
