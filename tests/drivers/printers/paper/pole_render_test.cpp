#include "drivers/printers/paper/pole_render.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::drivers {
namespace {

std::string hex(std::string_view bytes) {
    std::string text;
    for (unsigned char byte : bytes)
        text += fmt::format("{:02X}", byte);
    return text;
}

const PoleText bananas{.kind = PoleKind::unit_price,
                       .words = "香蕉",
                       .ascii_words = "Bananas",
                       .amount_fen = 985,
                       .weight_mg = 1'234'000};

std::string shown(const PoleText& text, const PoleOptions& options) {
    return plain_pole(pole_bytes(text, options), options.protocol);
}

// SALE-10
TEST(PoleDisplay, ShowsGreetingLineTotalChangeAndTheWeightBeingTaken) {
    for (auto protocol : {PoleProtocol::cd5220, PoleProtocol::escpos}) {
        PoleOptions chinese{protocol, true};
        PoleOptions ascii{protocol, false};
        EXPECT_EQ(shown({.words = "欢迎光临放心超市"}, chinese),
                  "  欢迎光临放心超市  |                    |");
        EXPECT_EQ(shown({}, ascii), "      WELCOME       |                    |");
        EXPECT_EQ(shown(bananas, chinese), "香蕉                |1.234kg         9.85|");
        EXPECT_EQ(shown(bananas, ascii), "Bananas             |1.234kg         9.85|");
        EXPECT_EQ(shown({.kind = PoleKind::total, .amount_fen = 17520}, chinese),
                  "总计                |              175.20|");
        EXPECT_EQ(shown({.kind = PoleKind::change, .amount_fen = 480}, ascii),
                  "CHANGE              |                4.80|");
        EXPECT_EQ(shown({.kind = PoleKind::weight, .words = "香蕉", .weight_mg = 850'000}, chinese),
                  "香蕉                |0.850kg             |");
        EXPECT_EQ(shown({.kind = PoleKind::weight, .weight_mg = 0}, ascii),
                  "WEIGHT              |0.000kg             |");
    }
}

TEST(PoleDisplay, WithoutChineseANameGivesWayToItsKind) {
    PoleText milk{.kind = PoleKind::unit_price, .words = "有机牛奶", .amount_fen = 6990};
    EXPECT_EQ(shown(milk, {}), "PRICE               |               69.90|");
    milk.words = "有机 Milk 1L 奶";
    EXPECT_EQ(shown(milk, {}), "Milk 1L             |               69.90|");
}

TEST(PoleDisplay, ALongNameEndsAtTheEdgeAndCommandsNothing) {
    PoleText text{.kind = PoleKind::unit_price,
                  .words = "一二三四五六七八九a十二\x1B@\x0C\r",
                  .amount_fen = 1};
    EXPECT_EQ(shown(text, {PoleProtocol::cd5220, true}),
              "一二三四五六七八九a |                0.01|");
}

// Vectors: CD5220 manual table 6-1; LED8 as Chinese tills send it, 1B 73 31 单价 … 34 找零.
TEST(PoleDisplay, SpeaksEachProtocol) {
    EXPECT_EQ(
        hex(pole_bytes({.kind = PoleKind::total, .amount_fen = 1240}, {PoleProtocol::led8, false})),
        "1B514131322E34300D1B7332");
    EXPECT_TRUE(hex(pole_bytes({.kind = PoleKind::total, .amount_fen = 1240}, {}))
                    .starts_with("1B5141544F54414C20"));
    EXPECT_TRUE(
        hex(pole_bytes({.kind = PoleKind::total, .amount_fen = 1240}, {PoleProtocol::escpos, true}))
            .starts_with("1F240101D7DCBCC620"));
}

// SALE-10
TEST(PoleDisplay, EightDigitsSayWhatTheyAreByTheirLamp) {
    PoleOptions led{PoleProtocol::led8, false};
    EXPECT_EQ(shown(bananas, led), "9.85 单价");
    EXPECT_EQ(shown({.kind = PoleKind::total, .amount_fen = 17520}, led), "175.20 总计");
    EXPECT_EQ(shown({.kind = PoleKind::received, .amount_fen = 20000}, led), "200.00 收款");
    EXPECT_EQ(shown({.kind = PoleKind::change, .amount_fen = -5}, led), "-0.05 找零");
    EXPECT_EQ(shown({.kind = PoleKind::weight, .weight_mg = 1'234'000}, led), "1.234");
    EXPECT_EQ(shown({}, led), "");
    EXPECT_EQ(shown({.kind = PoleKind::total, .amount_fen = 99'999'999}, led), "999999.99 总计");
    EXPECT_EQ(shown({.kind = PoleKind::total, .amount_fen = 100'000'000}, led), "-------- 总计");
}

}  // namespace
}  // namespace fangxin::drivers
