#include "drivers/scanners/duplicate_scans.hpp"

#include <gtest/gtest.h>

namespace fangxin::drivers {

// SALE-1
TEST(DuplicateScans, TheSameItemTwiceInARowIsTwoItems) {
    // A cashier scanned two of the same soap and was charged for one.
    DuplicateScans scanner;
    EXPECT_EQ(scanner.judge("6901234567892", 0), Repetition::other_code);
    EXPECT_EQ(scanner.judge("6901234567892", 600), Repetition::second_item);
    EXPECT_EQ(scanner.judge("6901234567892", 900), Repetition::second_item);
    EXPECT_EQ(scanner.judge("6901234567892", 1'900), Repetition::second_item);
}

TEST(DuplicateScans, WhatARadioSendsAgainIsNoItem) {
    DuplicateScans scanner;
    scanner.judge("6901234567892", 1'000);
    EXPECT_EQ(scanner.judge("6901234567892", 1'150), Repetition::sent_twice);
    EXPECT_EQ(scanner.judge("6901234567892", 1'449), Repetition::sent_twice) << "and again";
    EXPECT_EQ(scanner.judge("6901234567892", 1'749), Repetition::second_item);
}

TEST(DuplicateScans, AnotherCodeBetweenMakesItANewItem) {
    DuplicateScans scanner;
    scanner.judge("A", 0);
    EXPECT_EQ(scanner.judge("B", 50), Repetition::other_code);
    EXPECT_EQ(scanner.judge("A", 100), Repetition::other_code);
    EXPECT_EQ(scanner.judge("A", 150), Repetition::sent_twice);
}

TEST(DuplicateScans, TwoScansThatGaveNothingAreNotOne) {
    DuplicateScans scanner;
    EXPECT_EQ(scanner.judge("", 0), Repetition::other_code);
    EXPECT_EQ(scanner.judge("", 50), Repetition::other_code);
}

TEST(DuplicateScans, EachScannerHasItsOwnTime) {
    DuplicateScans never(0);
    never.judge("A", 0);
    EXPECT_EQ(never.judge("A", 0), Repetition::second_item);
    DuplicateScans longer(700);
    longer.judge("A", 0);
    EXPECT_EQ(longer.judge("A", 699), Repetition::sent_twice);
    DuplicateScans back;
    back.judge("A", 1'000);
    EXPECT_EQ(back.judge("A", 900), Repetition::second_item) << "a clock that was set back";
}

}  // namespace fangxin::drivers
