#include "drivers/pictures/read_confirmation.hpp"

#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

Decoded reading(const std::string& text, Engine engine = Engine::zxing, bool sure = true) {
    return {.format = "ean13", .symbology = "E0", .text = text, .engine = engine, .sure = sure};
}

Decoded by_zbar(const std::string& text) { return reading(text, Engine::zbar, false); }

TEST(ReadConfirmation, TakesWhatZxingReadsAtOnce) {
    ReadConfirmation confirmation;
    EXPECT_TRUE(confirmation.frame(reading("6901234567892"), 0));
}

TEST(ReadConfirmation, TakesZbarsWordOnlyWhenTwoFramesAgree) {  // SALE-1
    ReadConfirmation confirmation;
    EXPECT_FALSE(confirmation.frame(by_zbar("6901234567892"), 0));
    EXPECT_FALSE(confirmation.frame(by_zbar("6901234567199"), 40)) << "another code";
    EXPECT_FALSE(confirmation.frame(by_zbar("6901234567892"), 80)) << "not one after the other";
    EXPECT_FALSE(confirmation.frame(std::nullopt, 120));
    auto scan = confirmation.frame(by_zbar("6901234567892"), 160);
    ASSERT_TRUE(scan);
    EXPECT_EQ(scan->text, "6901234567892");
}

TEST(ReadConfirmation, TwoFramesTooFarApartDoNotAgree) {
    ReadConfirmation confirmation({}, {.agree_within_ms = 1500});
    EXPECT_FALSE(confirmation.frame(by_zbar("6901234567892"), 0));
    EXPECT_FALSE(confirmation.frame(by_zbar("6901234567892"), 1501));
    EXPECT_TRUE(confirmation.frame(by_zbar("6901234567892"), 3001));
}

TEST(ReadConfirmation, TakesZbarsWordForACodeThatTheShopKnows) {  // SALE-1
    ReadConfirmation confirmation(
        [](const std::string& code) { return code == "]E06901234567892"; });
    EXPECT_TRUE(confirmation.frame(by_zbar("6901234567892"), 0));
    EXPECT_FALSE(confirmation.frame(by_zbar("6901234567199"), 40));
}

TEST(ReadConfirmation, AsksTwiceForWhatZxingIsNotSureOf) {
    ReadConfirmation confirmation;
    EXPECT_FALSE(confirmation.frame(reading("01234565", Engine::zxing, false), 0));
    EXPECT_TRUE(confirmation.frame(reading("01234565", Engine::zxing, false), 40));
}

TEST(ReadConfirmation, ACodeThatStaysInViewIsOneScanUntilItLeaves) {
    ReadConfirmation confirmation({}, {.gone_after_ms = 1000});
    EXPECT_TRUE(confirmation.frame(reading("6901234567892"), 0));
    EXPECT_FALSE(confirmation.frame(reading("6901234567892"), 999)) << "in between it was blurred";
    EXPECT_TRUE(confirmation.is_in_view("]E06901234567892"));
    EXPECT_FALSE(confirmation.frame(std::nullopt, 1500));
    EXPECT_FALSE(confirmation.frame(reading("6901234567892"), 1998));
    EXPECT_FALSE(confirmation.frame(std::nullopt, 2998));
    EXPECT_FALSE(confirmation.is_in_view("]E06901234567892"));
    EXPECT_TRUE(confirmation.frame(reading("6901234567892"), 2999)) << "the second pack";
}

// A slow machine read the same pack twice: the frame between took a second.
TEST(ReadConfirmation, ACodeThatASlowFrameShowsAgainHasNotLeft) {
    ReadConfirmation confirmation({}, {.gone_after_ms = 1000});
    EXPECT_TRUE(confirmation.frame(reading("6901234567892"), 0));
    EXPECT_FALSE(confirmation.frame(reading("6901234567892"), 1000));
    EXPECT_FALSE(confirmation.frame(reading("6901234567892"), 2500));
}

TEST(ReadConfirmation, TwoCodesInViewAreOneScanEach) {
    ReadConfirmation confirmation({}, {.gone_after_ms = 100});
    EXPECT_TRUE(confirmation.frame(reading("6901234567892"), 0));
    EXPECT_TRUE(confirmation.frame(reading("6901234567199"), 40));
    for (int at_ms = 80; at_ms < 400; at_ms += 80) {
        EXPECT_FALSE(confirmation.frame(reading("6901234567892"), at_ms));
        EXPECT_FALSE(confirmation.frame(reading("6901234567199"), at_ms + 40));
    }
}

TEST(ReadConfirmation, ForgetsWhatWasInViewWhenItsPageOpensAnew) {
    ReadConfirmation confirmation;
    EXPECT_TRUE(confirmation.frame(reading("6901234567892"), 0));
    confirmation.forget();
    EXPECT_TRUE(confirmation.frame(reading("6901234567892"), 1));
    EXPECT_FALSE(confirmation.frame(by_zbar("6901234567199"), 2));
    confirmation.forget();
    EXPECT_FALSE(confirmation.frame(by_zbar("6901234567199"), 3));
}

}  // namespace
}  // namespace fangxin::drivers
