#include "domain/instore_label.hpp"

#include "tests/support/printed_code.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace fangxin::tests {

namespace {

using domain::LabelCheck;
using domain::LabelFormat;
using domain::LabelFormats;
using domain::LabelFormatSettings;
using domain::LabelUnit;
using domain::parse_code;

/// What a till says of `digits` whose shop has set these formats and no other.
std::string read_under(const std::vector<LabelFormatSettings>& all, const std::string& digits,
                       domain::CodeContext context = selling()) {
    LabelFormats formats;
    for (const LabelFormatSettings& settings : all) {
        if (auto added = formats.add(LabelFormat::of(settings).value()); !added) {
            return added.error().code;
        }
    }
    context.label_formats = &formats;
    auto code = parse_code(digits, context);
    code.gtin.clear();
    return printed(code);
}

LabelFormatSettings set(const std::string& pattern, const std::string& flag) {
    return {.pattern = pattern, .flags = {flag}, .check = {}};
}

/// The digits with the one behind them that weights of 1, 3, 1 … from the left give.
std::string with_left_check_digit(const std::string& digits) {
    int sum = 0;
    int weight = 1;
    for (char digit : digits) {
        sum += (digit - '0') * weight;
        weight = weight == 1 ? 3 : 1;
    }
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

// SALE-1
TEST(InstoreLabel, UntilTheShopSaysOtherwiseLowFlagsPriceAndHighFlagsWeigh) {
    EXPECT_EQ(read("2012345012585"),
              "instore gtin=02012345012585 amount_fen=1258 flag=20 plu=12345");
    EXPECT_EQ(read("]E02512345012580"),
              "instore gtin=02512345012580 weight_mg=1258000 flag=25 plu=12345");
}

// SALE-1
TEST(InstoreLabel, UntilTheShopSaysOtherwiseEighteenDigitsAreAmountThenWeight) {
    for (std::string flag : {"20", "24", "25", "29"}) {
        std::string label = with_check_digit(flag + "123450125801234");
        std::string expected =
            "instore weight_mg=1234000 amount_fen=1258 flag=" + flag + " plu=12345";
        for (std::string identifier : {"", "]C0", "]I0", "]I1", "]X0"}) {
            EXPECT_EQ(read(identifier + label), expected) << identifier;
        }
    }
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
    std::string label = with_check_digit("211234501258");
    LabelFormatSettings amount = set("FFWWWWWEEEEEC", "21");
    EXPECT_EQ(read_under({amount}, label), "instore amount_fen=1258 flag=21 plu=12345");
    amount.amount_decimals = 1;
    EXPECT_EQ(read_under({amount}, label), "instore amount_fen=12580 flag=21 plu=12345");
    amount.amount_decimals = 0;
    EXPECT_EQ(read_under({amount}, label), "instore amount_fen=125800 flag=21 plu=12345");
    LabelFormatSettings weight = set("FFWWWWWNNNNNC", "21");
    EXPECT_EQ(read_under({weight}, label), "instore weight_mg=1258000 flag=21 plu=12345");
    weight.weight_decimals = 2;
    EXPECT_EQ(read_under({weight}, label), "instore weight_mg=12580000 flag=21 plu=12345");
    weight.unit = LabelUnit::piece;
    EXPECT_EQ(read_under({weight}, label), "instore count=1258 flag=21 plu=12345");
}

// WEIGH-5
TEST(InstoreLabel, AWeightInJinIsReadAsKilograms) {
    LabelFormatSettings format = set("FFWWWWWNNNNNC", "21");
    format.unit = LabelUnit::jin;
    EXPECT_EQ(read_under({format}, with_check_digit("211234502468")),
              "instore weight_mg=1234000 flag=21 plu=12345");
    format.weight_decimals = 6;  // half milligrams
    EXPECT_EQ(read_under({format}, with_check_digit("211234502468")),
              "instore weight_mg=1234 flag=21 plu=12345");
    EXPECT_EQ(read_under({format}, with_check_digit("211234502469")), "instore flag=21 plu=12345");
}

// SALE-14
TEST(InstoreLabel, ALabelWhoseAmountWouldReadAsAWeightIsReadByItsFlagAlone) {
    // 12.58 yuan of prawns rang up as 12.58 kg: the same digits are both, and only the flag tells.
    std::vector<LabelFormatSettings> formats{set("FFWWWWWEEEEEC", "21"),
                                             set("FFWWWWWNNNNNC", "22")};
    EXPECT_EQ(read_under(formats, with_check_digit("211234512580")),
              "instore amount_fen=12580 flag=21 plu=12345");
    EXPECT_EQ(read_under(formats, with_check_digit("221234512580")),
              "instore weight_mg=12580000 flag=22 plu=12345");
    EXPECT_EQ(read_under({set("FFWWWWWEEEEEC", "21"), set("FFWWWWWNNNNNC", "21")}, ""),
              "two_formats");
    std::string both = with_check_digit("21123450125801234");
    EXPECT_EQ(read_under({set("FFWWWWWEEEEENNNNNC", "21")}, both),
              "instore weight_mg=1234000 amount_fen=1258 flag=21 plu=12345");
    EXPECT_EQ(read_under({set("FFWWWWWNNNNNEEEEEC", "21")}, both),
              "instore weight_mg=1258000 amount_fen=1234 flag=21 plu=12345");
}

// SALE-14
TEST(InstoreLabel, OneScannedLabelIsShownAsEachPresetReadsItBeforeOneIsSaved) {
    std::string shown;
    for (const auto& [preset, code] :
         domain::read_by_presets(with_check_digit("21123450125801234"))) {
        shown += fmt::format("{}: {}\n", preset->id, printed(code));
    }
    EXPECT_EQ(shown,
              "amount_weight: instore weight_mg=1234000 amount_fen=1258 flag=21 plu=12345\n"
              "weight_amount: instore weight_mg=1258000 amount_fen=1234 flag=21 plu=12345\n");
    shown.clear();
    for (const auto& [preset, code] : domain::read_by_presets("2012345012585")) {
        shown += fmt::format("{}: {}\n", preset->id, printed(code));
    }
    EXPECT_EQ(shown,
              "amount: instore amount_fen=1258 flag=20 plu=12345\n"
              "weight: instore weight_mg=1258000 flag=20 plu=12345\n"
              "count: instore count=1258 flag=20 plu=12345\n"
              "amount_goods6: instore amount_fen=1258 flag=2 plu=012345\n"
              "weight_goods6: instore weight_mg=1258000 flag=2 plu=012345\n");
    for (std::string none : {"", "6901234567892", "2012345012586", "abc", "20123450125850"}) {
        EXPECT_TRUE(domain::read_by_presets(none).empty()) << none;
    }
}

// SALE-14
TEST(InstoreLabel, AFlagOfOneDigitLeavesSixForTheGoods) {
    EXPECT_EQ(read_under({set("FWWWWWWEEEEEC", "2")}, with_check_digit("212345601258")),
              "instore amount_fen=1258 flag=2 plu=123456");
    EXPECT_EQ(read_under({set("FWWWWWWNNNNNC", "2")}, with_check_digit("292345601258")),
              "instore weight_mg=1258000 flag=2 plu=923456");
}

// SALE-14
TEST(InstoreLabel, AWrongPriceCheckDigitNeverGivesAPrice) {
    LabelFormatSettings five = set("FFWWWWVEEEEEC", "21");
    LabelFormatSettings four = set("FFWWWWWVEEEEC", "22");
    LabelFormatSettings behind = set("FFWWWWNNNNNVC", "23");
    for (char v = '0'; v <= '9'; ++v) {
        EXPECT_EQ(read_under({five}, with_check_digit(std::string("211234") + v + "14685")),
                  v == '6' ? "instore amount_fen=14685 flag=21 plu=1234"
                           : "instore error=price_check_digit");
        EXPECT_EQ(read_under({four}, with_check_digit(std::string("2212345") + v + "2875")),
                  v == '9' ? "instore amount_fen=2875 flag=22 plu=12345"
                           : "instore error=price_check_digit");
        EXPECT_EQ(read_under({behind}, with_check_digit(std::string("23123414685") + v)),
                  v == '6' ? "instore weight_mg=14685000 flag=23 plu=1234"
                           : "instore error=price_check_digit");
    }
    EXPECT_EQ(read_under({five}, "2112346146850"), "ean13 error=check_digit") << "the graver one";
}

// SALE-14
TEST(InstoreLabel, TheCheckDigitIsThatOfTheShopsScales) {
    const std::string body = "21123450125801234";
    std::string right = with_check_digit(body);
    std::string left = with_left_check_digit(body);
    ASSERT_NE(right, left);
    LabelFormatSettings format = set("FFWWWWWEEEEENNNNNC", "21");
    const std::string good = "instore weight_mg=1234000 amount_fen=1258 flag=21 plu=12345";
    const std::string bad = "instore error=check_digit";
    EXPECT_EQ(read_under({format}, right), good);
    EXPECT_EQ(read_under({format}, left), bad);
    format.check = LabelCheck::left;
    EXPECT_EQ(read_under({format}, right), bad);
    EXPECT_EQ(read_under({format}, left), good);
    format.check = LabelCheck::none;
    for (char last = '0'; last <= '9'; ++last) {
        EXPECT_EQ(read_under({format}, body + last), good);
    }
}

TEST(InstoreLabel, AShortLabelWithoutACheckDigitThatHoldsIsNoGtin) {
    LabelFormatSettings format = set("FFWWWWWEEEEEC", "20");
    format.check = LabelCheck::none;
    LabelFormats formats;
    ASSERT_TRUE(formats.add(LabelFormat::of(format).value()));
    domain::CodeContext context = selling();
    context.label_formats = &formats;
    for (std::string identifier : {"", "]E0", "]C0"}) {
        EXPECT_EQ(printed(parse_code(identifier + "2012345012580", context)),
                  "instore amount_fen=1258 flag=20 plu=12345");
        EXPECT_EQ(printed(parse_code(identifier + "2012345012585", context)),
                  "instore gtin=02012345012585 amount_fen=1258 flag=20 plu=12345");
    }
}

// rules 7
TEST(InstoreLabel, AnEighteenDigitLabelIsAPaymentCodeWhereOneIsAwaited) {
    std::string label = with_check_digit("28123450125801234");
    EXPECT_EQ(read(label), "instore weight_mg=1234000 amount_fen=1258 flag=28 plu=12345");
    EXPECT_EQ(printed(parse_code(label, taking_payment())), "payment channel=alipay");
    std::string low = with_check_digit("21123450125801234");  // no wallet's
    EXPECT_EQ(printed(parse_code(low, taking_payment())),
              "instore weight_mg=1234000 amount_fen=1258 flag=21 plu=12345");
}

// rules 7
TEST(InstoreLabel, EighteenDigitsUnderAFlagWithoutAFormatAreText) {
    std::vector<LabelFormatSettings> formats{set("FFWWWWWEEEEENNNNNC", "21")};
    std::string label = with_check_digit("28123450125801234");
    EXPECT_EQ(read_under(formats, label), "text");
    EXPECT_EQ(read_under(formats, label, taking_payment()), "payment channel=alipay");
    EXPECT_EQ(read_under(formats, with_check_digit("20123450125801234")), "text");
}

TEST(InstoreLabel, AFlagWithoutAFormatHasNoValue) {
    LabelFormats none;
    domain::CodeContext context = selling();
    context.label_formats = &none;
    EXPECT_EQ(printed(parse_code("2012345012585", context)),
              "instore gtin=02012345012585 flag=20 plu=12345");
}

TEST(InstoreLabel, AWrongCheckDigitNeverGivesAPrice) {
    for (char last : std::string("012346789")) {
        EXPECT_EQ(read(std::string("201234501258") + last), "ean13 error=check_digit");
    }
    std::string label = with_check_digit("20123450125801234");
    for (char last = '0'; last <= '9'; ++last) {
        if (last == label.back()) continue;
        EXPECT_EQ(read(label.substr(0, 17) + last), "instore error=check_digit");
    }
}

TEST(InstoreLabel, ShortCodesThatStartWithTwoAreOrdinary) {
    EXPECT_EQ(read("20123451"), "ean8 gtin=00000020123451");
    EXPECT_EQ(read("212345012581"), "upca gtin=00212345012581");
}

}  // namespace fangxin::tests
