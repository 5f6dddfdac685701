#include "domain/masked_text.hpp"

#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

TEST(MaskedText, ShowsOfAMobileNumberItsKindAndItsEnd) {
    EXPECT_EQ(masked_contact("13812345678"), "138****5678");
    EXPECT_EQ(masked_contact("0571-88881234"), "057****1234");
}

TEST(MaskedText, ShowsNeverMoreThanHalf) {
    EXPECT_EQ(masked_contact("88881234"), "****34");
    EXPECT_EQ(masked_contact("123456"), "****6");
    EXPECT_EQ(masked_contact("王"), "****");
    EXPECT_EQ(masked_contact("wangxm"), "****m");
    EXPECT_EQ(masked_contact("微信号王小明一号"), "****一号");
    EXPECT_EQ(masked_contact(""), "");
}

TEST(MaskedText, ShowsWhereMailGoesAndNotToWhom) {
    EXPECT_EQ(masked_contact("wang@example.com"), "w****@example.com");
    EXPECT_EQ(masked_contact("w@example.com"), "****@example.com");
}

TEST(MaskedText, ShowsNothingOfWhatWasMaskedAlready) {
    EXPECT_EQ(masked_contact("138****5678"), "138****5678");
}

TEST(PhoneDigits, AreTheSameHoweverTheNumberIsWritten) {
    for (const char* written : {"138 1234 5678", "+86 138-1234-5678", "0086 13812345678"})
        EXPECT_EQ(phone_digits(written), "13812345678") << written;
    EXPECT_EQ(phone_digits("0571-8888 1234"), "057188881234");
    EXPECT_EQ(phone_digits("no number"), "");
}

}  // namespace
}  // namespace fangxin::domain
