#include "domain/card_digits.hpp"

#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

TEST(CardDigits, AreMaskedButForTheLastFour) {
    EXPECT_EQ(without_card_numbers("卡号4111111111111111，多收"), "卡号************1111，多收");
    EXPECT_EQ(without_card_numbers("6228 4804 0256 4890 018"), "***************0018");
    EXPECT_EQ(without_card_numbers("3782-822463-10005."), "***********0005.");
    EXPECT_EQ(without_card_numbers("４１１１１１１１１１１１１１１１"), "************1111");
}

TEST(CardDigits, OtherNumbersStay) {
    for (const char* text :
         {"6991959000132", "16991959000139", "4111111111111112", "2026-11-23 12:00",
          "电话 13800138000", "1234567890123456789012345", "", "12"})
        EXPECT_EQ(without_card_numbers(text), text);
}

}  // namespace
}  // namespace fangxin::domain
