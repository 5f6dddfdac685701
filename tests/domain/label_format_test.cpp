#include "domain/label_format.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>
#include <string>

namespace fangxin::tests {

namespace {

using domain::LabelFormat;
using domain::LabelFormats;
using domain::LabelFormatSettings;

std::string error_of(const LabelFormatSettings& settings) {
    auto format = LabelFormat::of(settings);
    return format ? "fine" : format.error().code;
}

std::string error_of(const std::string& pattern, const std::string& flag) {
    return error_of({.pattern = pattern, .flags = {flag}, .check = {}});
}

LabelFormat format(const std::string& pattern, std::vector<std::string> flags) {
    return LabelFormat::of({.pattern = pattern, .flags = std::move(flags), .check = {}}).value();
}

}  // namespace

// SALE-14
TEST(LabelFormat, EveryPatternThatScaleVendorsUseIsUnderstood) {
    for (std::string pattern : {"FFWWWWWEEEEEC", "FFWWWWWNNNNNC", "FFWWWWVEEEEEC", "FFWWWWWVEEEEC",
                                "FFWWWWEEEEEVC", "FFWWWWVNNNNNC", "FFWWWWWEEEEENNNNNC",
                                "FFWWWWWNNNNNEEEEEC", "FFWWWWWWWWEEENNNNC", "FFWWWWWEEEEENNNNNN"}) {
        EXPECT_EQ(error_of(pattern, "21"), "fine") << pattern;
    }
    EXPECT_EQ(error_of("FWWWWWWEEEEEC", "2"), "fine");
    EXPECT_EQ(error_of("FWWWWWWNNNNNC", "2"), "fine");
}

// SALE-14
TEST(LabelFormat, APatternThatCannotBeReadIsRefusedByName) {
    for (std::string pattern :
         {"", "FFWWWWWEEEEE", "FFWWWWWEEEEECC", "ffwwwwweeeeec", "FFWWWWWPPPPPC", "WWFFWWWEEEEEC",
          "WWWWWWWEEEEEC", "FFFWWWWEEEEEC", "FFWWEWWEEEEEC", "FFWWWWWWWWWWC", "FFEEEEEEEEEEC",
          "FFCWWWWWEEEEE", "FFWWWWEEEEECC", "FFWWWVVEEEEEC", "FFWWVWWEEEEEC", "FFWWVEEEEEEEC",
          "FFWEEEEEEEEEEEEEEC", "FFWWWWWEEEEE放"}) {
        EXPECT_EQ(error_of(pattern, "21"), "bad_pattern") << pattern;
    }
}

// SALE-14
TEST(LabelFormat, AFlagThatIsNotTheShopsOwnIsRefused) {
    for (std::string flag : {"", "2", "210", "2a", "19", "30", "69", "00"}) {
        EXPECT_EQ(error_of("FFWWWWWEEEEEC", flag), "bad_flag") << flag;
    }
    for (std::string flag : {"10", "13", "15", "1"}) {
        EXPECT_EQ(error_of("FFWWWWWEEEEENNNNNC", flag), "bad_flag") << flag;
    }
    EXPECT_EQ(error_of("FWWWWWWEEEEENNNNNC", "1"), "bad_flag");
    EXPECT_EQ(error_of("FWWWWWWEEEEEC", "3"), "bad_flag");
    EXPECT_EQ(error_of("FFWWWWWEEEEENNNNNC", "88"), "fine");
    EXPECT_EQ(error_of({.pattern = "FFWWWWWEEEEEC", .flags = {}, .check = {}}), "bad_flag");
    EXPECT_EQ(error_of({.pattern = "FFWWWWWEEEEEC", .flags = {"21", "21"}, .check = {}}),
              "bad_flag");
}

TEST(LabelFormat, DecimalsAndChecksThatCannotBeAreRefused) {
    LabelFormatSettings settings{.pattern = "FFWWWWWEEEEEC", .flags = {"21"}, .check = {}};
    settings.amount_decimals = 3;
    EXPECT_EQ(error_of(settings), "bad_decimals");
    settings.amount_decimals = -1;
    EXPECT_EQ(error_of(settings), "bad_decimals");
    settings = {.pattern = "FFWWWWWNNNNNC", .flags = {"21"}, .weight_decimals = 7, .check = {}};
    EXPECT_EQ(error_of(settings), "bad_decimals");
    settings = {.pattern = "FFWWWWWEEEEEEE", .flags = {"21"}, .check = domain::LabelCheck::gs1};
    EXPECT_EQ(error_of(settings), "bad_pattern");
    settings = {.pattern = "FFWWWWWEEEEEE", .flags = {"21"}, .check = domain::LabelCheck::gs1};
    EXPECT_EQ(error_of(settings), "bad_check");
    settings.check = {};
    EXPECT_EQ(LabelFormat::of(settings)->check(), domain::LabelCheck::none);
}

// SALE-14
TEST(LabelFormats, NoFlagIsOfTwoFormatsOfOneLength) {
    LabelFormats formats;
    EXPECT_TRUE(formats.add(format("FFWWWWWEEEEEC", {"20", "21"})));
    EXPECT_EQ(formats.add(format("FFWWWWWNNNNNC", {"22", "21"})).error().code, "two_formats");
    EXPECT_TRUE(formats.add(format("FFWWWWWEEEEENNNNNC", {"21"})));
    EXPECT_EQ(formats.find("2212345000000"), nullptr) << "a format that was refused left a trace";
}

TEST(LabelFormats, AFlagOfTwoDigitsGoesBeforeItsFirstAlone) {
    LabelFormats formats;
    ASSERT_TRUE(formats.add(format("FWWWWWWNNNNNC", {"2"})));
    ASSERT_TRUE(formats.add(format("FFWWWWWEEEEEC", {"21"})));
    EXPECT_EQ(formats.find("2112345000000")->pattern(), "FFWWWWWEEEEEC");
    EXPECT_EQ(formats.find("2912345000000")->pattern(), "FWWWWWWNNNNNC");
    for (std::string none : {"", "211234500000", "21123450000001", "3112345000000", "211234500000A",
                             "211234500000000000"}) {
        EXPECT_EQ(formats.find(none), nullptr) << none;
    }
}

// SALE-14
TEST(LabelFormats, EveryPresetCanBeBoundToAFlag) {
    std::set<std::string_view> ids;
    for (const domain::LabelPreset& preset : domain::label_presets()) {
        LabelFormatSettings settings = preset.settings;
        settings.flags = {settings.pattern[1] == 'F' ? "21" : "2"};
        EXPECT_EQ(error_of(settings), "fine") << preset.id;
        EXPECT_FALSE(preset.zh.empty() || preset.en.empty()) << preset.id;
        EXPECT_TRUE(ids.insert(preset.id).second) << preset.id;
    }
    EXPECT_GE(ids.size(), 11u);
}

// SALE-14
TEST(PriceCheckDigit, IsThatOfTheStandardsExamples) {
    EXPECT_EQ(domain::price_check_digit("2875"), '9');   // GS1 General Specifications 7.9
    EXPECT_EQ(domain::price_check_digit("14685"), '6');  // likewise
    EXPECT_EQ(domain::price_check_digit("0000"), '0');
    EXPECT_EQ(domain::price_check_digit("00000"), '0');
    for (std::string none : {"", "123", "123456", "12a4"}) {
        EXPECT_EQ(domain::price_check_digit(none), std::nullopt) << none;
    }
}

TEST(PriceCheckDigit, CatchesEveryWrongDigit) {
    for (int number = 0; number < 100'000; ++number) {
        std::string good =
            number < 10'000 ? fmt::format("{:04}", number) : fmt::format("{}", number);
        char check = domain::price_check_digit(good).value();
        std::size_t place = static_cast<std::size_t>(number) % good.size();
        std::string wrong = good;
        wrong[place] = static_cast<char>('0' + (wrong[place] - '0' + 1 + number % 9) % 10);
        ASSERT_NE(domain::price_check_digit(wrong), check) << good << " as " << wrong;
    }
}

}  // namespace fangxin::tests
