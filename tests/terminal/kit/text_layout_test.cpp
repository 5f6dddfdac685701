#include "terminal/kit/text_layout.hpp"

#include "tests/support/kit_stage.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

constexpr Type han{20, Weight::regular};  // a Han character is 20 wide

std::string lines(std::string_view text, Limits limits) {
    return fmt::format("{}", fmt::join(wrap(*test_fonts(), text, han, limits).lines, "|"));
}

}  // namespace

TEST(TextLayout, MeasuresHanAsWideAsTheTypeIsHigh) {
    EXPECT_FLOAT_EQ(measure(*test_fonts(), "放心", han), 40);
    EXPECT_FLOAT_EQ(measure(*test_fonts(), "放心", {40, Weight::bold}), 80);
}

TEST(TextLayout, BreaksHanAnywhereButNotBeforeClosingPunctuation) {
    EXPECT_EQ(lines("对不起这件", {60, 3}), "对不起|这件");
    EXPECT_EQ(lines("对不起，这件", {60, 3}), "对不|起，这|件");
    EXPECT_EQ(lines("对不“起这”", {60, 3}), "对不|“起|这”");
}

TEST(TextLayout, BreaksLatinBetweenWords) {
    EXPECT_EQ(lines("whole milk from the north", {110, 3}), "whole milk|from the|north");
}

TEST(TextLayout, CutsAWordThatNoLineHolds) {
    EXPECT_EQ(lines("ABCDEFGHIJ", {60, 9}).find("ABC"), 0U);
    for (const std::string& line : wrap(*test_fonts(), "ABCDEFGHIJ", han, {60, 9}).lines) {
        EXPECT_LE(measure(*test_fonts(), line, han), 60);
    }
}

TEST(TextLayout, EndsTheLastLineInAnEllipsis) {
    EXPECT_EQ(lines("一二三四五六七八", {60, 2}), "一二三|四五…");
    EXPECT_EQ(cut_to(*test_fonts(), "一二三四", han, 60).text, "一二…");
    EXPECT_EQ(cut_to(*test_fonts(), "一二三", han, 60).text, "一二三");
}

TEST(TextLayout, BreaksAtALineFeed) {
    EXPECT_EQ(lines("一\n二", {100, 3}), "一|二");
    EXPECT_EQ(lines("一\n二", {100, 1}), "一…");
}

TEST(TextLayout, TakesTenThousandCharactersAndBytesThatAreNoText) {
    std::string endless;
    for (int i = 0; i < 10'000; ++i)
        endless += "长";
    EXPECT_EQ(lines(endless, {60, 2}), "长长长|长长…");
    EXPECT_GT(measure(*test_fonts(), "\xff\xfe\xc0\x80", han), 0);
    EXPECT_EQ(lines("", {60, 2}), "");
    EXPECT_EQ(lines("字", {1, 2}), "字");
}

}  // namespace fangxin::kit
