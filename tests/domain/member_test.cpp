#include "domain/member.hpp"

#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

// SALE-16
TEST(Member, EarnsAPointForWhatIsPaidInFullAndGivesItBack) {
    EXPECT_EQ(points_for(12'860, 100), 128);
    EXPECT_EQ(points_for(99, 100), 0);
    EXPECT_EQ(points_for(-12'860, 100), -128);
    EXPECT_EQ(points_for(12'860, 0), 0) << "a shop without points";
}

// SALE-16: numbers are masked on screen and receipt.
TEST(Member, IsShownByTheEndOfHisNumber) {
    EXPECT_EQ(masked_member("88000001"), "****0001");
    EXPECT_EQ(masked_member("8801"), "**01");
    EXPECT_EQ(masked_member(""), "");
}

}  // namespace
}  // namespace fangxin::domain
