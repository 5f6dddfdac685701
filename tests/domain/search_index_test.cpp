// A cashier's questions: what do I find when I type this?
#include "domain/search_index.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

/// A few shelves of the shop; codes are short, so that an answer reads as one string.
class SearchIndexTest : public testing::Test {
  protected:
    SearchIndexTest() {
        put("A1", "纯牛奶", "Whole milk", {"06901234567892"});
        put("A2", "特选鲜牛奶 250ml", "Deluxe Milk 250ml");
        put("A3", "酸牛奶", "Yoghurt");
        put("B1", "长豆角", "Long beans");
        put("B2", "厦门馅饼", "Xiamen pie");
        put("B3", "重庆火锅底料", "Chongqing hotpot base");
        put("B4", "绿豆糕", "Mung bean cake");
        put("C1", "果泡可乐 330ml", "Guo-Pao Cola 330ml", {"06954767430522"});
        put("C2", "红富士苹果", "Fuji apple", {"4131"});
        put("C3", "晨露咖啡", "Châlet coffee 1.5L");
        put("C4", "番薯", "Sweet potato");
    }
    void put(std::string_view code, std::string_view zh, std::string_view en,
             std::vector<std::string_view> codes = {}) {
        index.put({.code = code, .name_zh = zh, .name_en = en, .codes = std::move(codes)});
    }
    /// The codes found, in their order.
    std::string found(std::string_view typed, std::size_t limit = 20) {
        SearchAsTyped field(index);
        return joined(field.find(typed, limit));
    }
    static std::string joined(const std::vector<std::string_view>& codes) {
        return fmt::format("{}", fmt::join(codes, " "));
    }
    SearchIndex index;
};
using Search = SearchIndexTest;

// SALE-2
TEST_F(Search, FindsMilkByAnyPartOfItsName) {
    EXPECT_EQ(found("牛奶"), "A1 A3 A2");
    EXPECT_EQ(found("纯牛"), "A1");
    EXPECT_EQ(found("milk"), "A1 A2");
    EXPECT_EQ(found("oghu"), "A3");
}

// SALE-2
TEST_F(Search, FindsMilkByItsPinyinWholeByInitialsAndMixed) {
    for (const char* typed : {"niunai", "nn", "niun", "nnai", "niu奶", "牛n", "牛nai", "niuna"}) {
        EXPECT_EQ(found(typed), "A1 A3 A2") << typed;
    }
    EXPECT_EQ(found("cnn"), "A1");
    EXPECT_EQ(found("chnn"), "A1");
    EXPECT_EQ(found("txxnn"), "A2");
    EXPECT_EQ(found("niai"), "") << "a syllable is typed whole or by its first letter";
}

// SALE-2
TEST_F(Search, FindsBeansUnderBothReadingsOfItsFirstCharacter) {
    for (const char* typed : {"changdou", "zhangdou", "cd", "zd", "chd", "zhd", "changd"}) {
        EXPECT_EQ(found(typed), "B1") << typed;
    }
}

// SALE-2
TEST_F(Search, FindsXiamenAndChongqingUnderEveryReading) {
    for (const char* typed : {"xm", "sm", "xiamen", "shamen"})
        EXPECT_EQ(found(typed), "B2") << typed;
    for (const char* typed : {"cq", "zq", "chongqing", "zhongqing", "zhq"})
        EXPECT_EQ(found(typed), "B3") << typed;
}

// SALE-2
TEST_F(Search, WritesTheUmlautAsPeopleDo) {
    for (const char* typed : {"lvdou", "ludou", "lüdou", "ldg", "LVDOU"})
        EXPECT_EQ(found(typed), "B4") << typed;
}

// SALE-2
TEST_F(Search, DoesNotMindWidthCaseBlanksOrHyphens) {
    for (const char* typed : {"guo pao", "GuoPao", "ＧＵＯ－ＰＡＯ", "guo-p", "330ML gu"})
        EXPECT_EQ(found(typed), "C1") << typed;
    EXPECT_EQ(found("chalet"), "C3");
    EXPECT_EQ(found("１.５l"), "C3");
    EXPECT_EQ(found("xia'men"), "B2");
}

// SALE-2
TEST_F(Search, WantsEveryWordThatIsTyped) {
    EXPECT_EQ(found("牛奶 250"), "A2");
    EXPECT_EQ(found("250 nn"), "A2");
    EXPECT_EQ(found("牛奶 苹果"), "");
}

// SALE-2
TEST_F(Search, PutsTheCodeThatWasKeyedFirst) {
    put("41", "蜡烛", "Candle 4131");
    put("4131", "电池", "Battery");
    put("X4", "火柴", "Matches");
    EXPECT_EQ(found("4131"), "4131 C2 41");
    EXPECT_EQ(found("a1"), "A1");
    EXPECT_EQ(found("6901234567892"), "A1");
    EXPECT_EQ(found("06901234567892"), "A1");
    EXPECT_EQ(found("0006901234567892"), "") << "no code has so many zeros";
    EXPECT_EQ(found("67892"), "A1") << "the last digits, read off a torn label";
}

// SALE-2
TEST_F(Search, PutsNamesThatBeginSoBeforeThoseThatHaveItInside) {
    put("D1", "牛奶巧克力", "Milk chocolate");
    EXPECT_EQ(found("niunai"), "D1 A1 A3 A2");
    EXPECT_EQ(found("milk"), "D1 A1 A2");
    put("D0", "奶牛肉干", "Beef jerky");
    EXPECT_EQ(found("nn", 2), "D0 D1") << "the shorter first, and no more than asked for";
}

TEST_F(Search, FindsNothingForNothingOrNonsense) {
    EXPECT_EQ(found(""), "");
    EXPECT_EQ(found("   "), "");
    EXPECT_EQ(found("qqqq"), "");
    EXPECT_EQ(found("\xff\xfe"), "");
    EXPECT_EQ(found("-"), "");
    EXPECT_EQ(found(std::string(1000, 'n')), "");
    EXPECT_EQ(found("牛奶", 0), "");
}

TEST_F(Search, NarrowsLetterByLetterToTheSameAsAllAtOnce) {
    for (const std::string text : {"niunai", "nnai 250", "changdou", "6901234567892", "milk"}) {
        SearchAsTyped field(index);
        for (std::size_t i = 1; i <= text.size(); ++i) {
            const std::string typed = text.substr(0, i);
            EXPECT_EQ(joined(field.find(typed, 20)), found(typed)) << typed;
        }
        for (std::size_t i = text.size(); i > 0; --i) {  // and back
            const std::string typed = text.substr(0, i);
            EXPECT_EQ(joined(field.find(typed, 20)), found(typed)) << typed;
        }
    }
}

TEST_F(Search, SeesAChangeWhileSomebodyTypes) {
    SearchAsTyped field(index);
    EXPECT_EQ(joined(field.find("nn", 20)), "A1 A3 A2");
    put("A3", "酸奶", "Yoghurt");
    EXPECT_EQ(joined(field.find("nn", 20)), "A1 A2");
    EXPECT_TRUE(index.remove("A1"));
    EXPECT_FALSE(index.remove("A1"));
    put("A9", "奶牛糖", "Cow candy");
    EXPECT_EQ(joined(field.find("nn", 20)), "A9 A2");
    EXPECT_EQ(joined(field.find("nnt", 20)), "A9");
    EXPECT_EQ(index.size(), 11U);
}

// SALE-2: as many goods took the place of these, and were looked for where these had lain.
TEST_F(Search, GoesOnAmongTheGoodsThatReplacedTheOthersWhileSomebodyTypes) {
    SearchAsTyped field(index);
    EXPECT_FALSE(field.find("牛", 20).empty());
    SearchIndex others;
    for (int i = 0; i < 10; ++i)
        others.put({.code = fmt::format("P{}", i), .name_zh = "苹果"});
    others.put({.code = "N1", .name_zh = "牛奶"});
    index.replace_by(std::move(others));
    EXPECT_EQ(joined(field.find("牛奶", 20)), "N1");
    EXPECT_EQ(index.size(), 11U);
}

TEST_F(Search, StaysSmallWhenTheSameRowsChangeAgainAndAgain) {
    for (int i = 0; i < 20'000; ++i)
        put("A1", "纯牛奶", "Whole milk", {"06901234567892"});
    EXPECT_LT(index.bytes(), 600'000U);
    EXPECT_EQ(found("niunai"), "A1 A3 A2");
    EXPECT_EQ(found("zd"), "B1");
}

TEST_F(Search, TakesANameOfTenThousandCharacters) {
    std::string zh;
    for (int i = 0; i < 10'000; ++i)
        zh += "长";
    put("E1", zh, std::string(100'000, 'n'));
    EXPECT_EQ(found("czczczczczczczczcz"), "E1");
    EXPECT_EQ(found("nnnnnnnnnnnnnnnnnnnnnnnnnnnn"), "E1");
}

TEST_F(Search, FindsRareCharactersAsTheyAre) {
    put("F1", "𩽾𩾌鱼🐟", "Monkfish");
    EXPECT_EQ(found("𩾌"), "F1");
    EXPECT_EQ(found("🐟"), "F1");
}

}  // namespace
}  // namespace fangxin::domain
