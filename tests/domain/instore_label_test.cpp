#include "domain/instore_label.hpp"

#include "tests/support/printed_code.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::tests {

namespace {

using domain::LabelFormat;
using domain::LabelValue;
using domain::parse_code;

/// The label `FF 12345 vvvvv` under the one format that the shop has set.
std::string label(const LabelFormat& format, const std::string& value) {
    std::array formats{format};
    domain::CodeContext context = selling();
    context.label_formats = formats;
    std::string digits = std::string(format.flag.begin(), format.flag.end()) + "12345" + value;
    auto code = parse_code(with_check_digit(digits), context);
    code.gtin.clear();
    return printed(code);
}

}  // namespace

// SALE-1
TEST(InstoreLabel, UntilTheShopSaysOtherwiseLowFlagsPriceAndHighFlagsWeigh) {
    EXPECT_EQ(read("2012345012585"),
              "instore gtin=02012345012585 amount_fen=1258 flag=20 plu=12345");
    EXPECT_EQ(read("]E02512345012580"),
              "instore gtin=02512345012580 weight_mg=1258000 flag=25 plu=12345");
    EXPECT_EQ(domain::default_label_formats().size(), 10u);
}

// SALE-1
TEST(InstoreLabel, EveryFlagFrom20To29IsTheShopsOwn) {
    for (std::string flag : {"20", "21", "22", "23", "24", "25", "26", "27", "28", "29"}) {
        auto code = parse_code(with_check_digit(flag + "0001200345"), selling());
        EXPECT_EQ(code.flag, flag);
        EXPECT_EQ(code.plu, "00012");
        EXPECT_EQ(code.amount_fen.has_value(), flag < "25");
        EXPECT_EQ(code.weight_mg.has_value(), flag >= "25");
    }
}

// SALE-14
TEST(InstoreLabel, TheShopsFormatGivesTheUnit) {
    constexpr std::array<char, 2> flag{'2', '1'};
    EXPECT_EQ(label({flag, LabelValue::amount, 2}, "01258"),
              "instore amount_fen=1258 flag=21 plu=12345");
    EXPECT_EQ(label({flag, LabelValue::amount, 1}, "01258"),
              "instore amount_fen=12580 flag=21 plu=12345");
    EXPECT_EQ(label({flag, LabelValue::weight, 2}, "01258"),
              "instore weight_mg=12580000 flag=21 plu=12345");
    EXPECT_EQ(label({flag, LabelValue::weight, 3}, "99999"),
              "instore weight_mg=99999000 flag=21 plu=12345");
    EXPECT_EQ(label({flag, LabelValue::count, 2}, "00012"), "instore count=12 flag=21 plu=12345");
}

TEST(InstoreLabel, AnAmountThatIsNoWholeFenIsLeftOpen) {
    constexpr std::array<char, 2> flag{'2', '2'};
    EXPECT_EQ(label({flag, LabelValue::amount, 3}, "12580"),
              "instore amount_fen=1258 flag=22 plu=12345");
    EXPECT_EQ(label({flag, LabelValue::amount, 3}, "12585"), "instore flag=22 plu=12345");
    EXPECT_EQ(label({flag, LabelValue::amount, -1}, "12585"), "instore flag=22 plu=12345");
}

TEST(InstoreLabel, AFlagWithoutAFormatHasNoValue) {
    domain::CodeContext context = selling();
    context.label_formats = {};
    EXPECT_EQ(printed(parse_code("2012345012585", context)),
              "instore gtin=02012345012585 flag=20 plu=12345");
}

TEST(InstoreLabel, AWrongCheckDigitNeverGivesAPrice) {
    for (char last : std::string("012346789")) {
        EXPECT_EQ(read(std::string("201234501258") + last), "ean13 error=check_digit");
    }
}

TEST(InstoreLabel, ShortCodesThatStartWithTwoAreOrdinary) {
    EXPECT_EQ(read("20123451"), "ean8 gtin=00000020123451");
    EXPECT_EQ(read("212345012581"), "upca gtin=00212345012581");
}

}  // namespace fangxin::tests
