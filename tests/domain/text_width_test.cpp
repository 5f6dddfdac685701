#include "domain/text_width.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::domain {
namespace {

std::string code_points(std::string_view text) {
    std::string printed;
    while (!text.empty())
        printed += fmt::format("{:X} ", static_cast<std::uint32_t>(take_code_point(text)));
    return printed;
}

std::string wrapped(std::string_view text, int columns) {
    return fmt::format("{}", fmt::join(wrap(text, columns), "|"));
}

TEST(TextWidth, DecodesAllLengthsOfUtf8) {
    EXPECT_EQ(code_points("a¥放🍎"), "61 A5 653E 1F34E ");
    EXPECT_EQ(code_points("\xC2\x80\xEF\xBF\xBF\xF4\x8F\xBF\xBF"), "80 FFFF 10FFFF ");
}

TEST(TextWidth, BytesThatAreNotUtf8BecomeOneReplacementEach) {
    EXPECT_EQ(code_points("a\xFF"), "61 FFFD ");
    EXPECT_EQ(code_points("\xE6\x94"), "FFFD FFFD ");           // cut off
    EXPECT_EQ(code_points("\xC0\xAF"), "FFFD FFFD ");           // overlong
    EXPECT_EQ(code_points("\xE0\x80\xAF"), "FFFD FFFD FFFD ");  // overlong
    EXPECT_EQ(code_points("\xED\xA0\x80"), "FFFD FFFD FFFD ");  // surrogate
    EXPECT_EQ(code_points("\xF4\x90\x80\x80"), "FFFD FFFD FFFD FFFD ");
    EXPECT_EQ(code_points("\xE6z"), "FFFD 7A ");  // the z survives
}

TEST(TextWidth, EveryCodePointSurvivesUtf8) {
    for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 7) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string text;
        append_utf8(text, c);
        std::string_view rest = text;
        ASSERT_EQ(take_code_point(rest), c);
        ASSERT_TRUE(rest.empty());
    }
    std::string bad;
    append_utf8(bad, 0xD800);
    append_utf8(bad, 0x110000);
    EXPECT_EQ(code_points(bad), "FFFD FFFD ");
}

TEST(TextWidth, CountsColumnsAsThePrinterPrints) {
    EXPECT_EQ(column_width("milk 1L"), 7);
    EXPECT_EQ(column_width("放心，（）。"), 12);
    EXPECT_EQ(column_width("한글 カナ Ａ１"), 14);
    EXPECT_EQ(column_width("￥¥×℃"), 8);
    EXPECT_EQ(column_width("ｱñ€"), 4);
    EXPECT_EQ(column_width("e\u0301\u200B\n\t"), 1);
    EXPECT_EQ(column_width("🍎𠮷"), 4);
}

TEST(TextWidth, IsBlankWhereNothingIsSeen) {
    for (const char* text : {"", " ", "\n\t ", "　", "\u00A0\u2003\u200B"})
        EXPECT_TRUE(is_blank(text)) << text;
    for (const char* text : {".", "　换", " \n换", "\xFF"})
        EXPECT_FALSE(is_blank(text)) << text;
}

TEST(TextWidth, SplitsIntoTheLinesThatSaySomething) {
    EXPECT_EQ(lines_of("a\n\n b \nc"), (std::vector<std::string_view>{"a", " b ", "c"}));
    EXPECT_TRUE(lines_of("\n").empty());
}

TEST(TextWidth, PadsByColumnsAndNeverCuts) {
    EXPECT_EQ(pad_end("牛奶", 6) + "|", "牛奶  |");
    EXPECT_EQ(pad_start("牛奶", 6), "  牛奶");
    EXPECT_EQ(centred("牛奶", 9), "  牛奶");
    EXPECT_EQ(pad_start("牛奶", 3), "牛奶");
}

TEST(TextWidth, TruncatesWithoutHalvingACharacter) {
    EXPECT_EQ(truncate("牛奶", 4), "牛奶");
    EXPECT_EQ(truncate("有机牛奶", 7), "有机…");
    EXPECT_EQ(truncate("有机牛奶", 6), "有机…");
    EXPECT_EQ(truncate("有机牛奶", 2), "…");
}

TEST(TextWidth, WrapsBetweenWordsAndAnywhereInChinese) {
    EXPECT_EQ(wrapped("有机 Whole Milk 1L", 9), "有机|Whole|Milk 1L");
    EXPECT_EQ(wrapped("特选醇牛奶", 5), "特选|醇牛|奶");
    EXPECT_EQ(wrapped("牛奶250ml装", 8), "牛奶|250ml装");
    EXPECT_EQ(wrapped("abcdefghij", 4), "abcd|efgh|ij");
    EXPECT_EQ(wrapped("a\nb\r\x1B", 4), "a|b");
    EXPECT_EQ(wrapped("", 4), "");
    EXPECT_EQ(wrapped("   ", 2), "");
}

TEST(TextWidth, NoWrappedLineIsWiderThanItsColumns) {
    std::string text =
        "明珠 Milk-250ml×12 ¥9.90 🍎e\u0301 \xFF\xE6 longlonglongword 有机（绿色）end";
    for (int columns = 2; columns < 50; ++columns) {
        std::string kept;
        for (const std::string& line : wrap(text, columns)) {
            EXPECT_LE(column_width(line), columns) << line;
            kept += line;
        }
        std::erase(kept, ' ');
        EXPECT_EQ(column_width(kept), column_width(text) - 6) << columns;
    }
}

}  // namespace
}  // namespace fangxin::domain
