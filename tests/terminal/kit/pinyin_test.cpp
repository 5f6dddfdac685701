#include "terminal/kit/pinyin.hpp"

#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

namespace fangxin::kit {
namespace {

namespace fs = std::filesystem;

class PinyinTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(pinyin.available())
            << pinyin.trouble()->code << " " << pinyin.trouble()->detail;
    }
    void type(std::string_view letters) {
        for (const char letter : letters)
            pinyin.feed(letter);
    }
    std::string first() {
        const auto& candidates = pinyin.view().candidates;
        return candidates.empty() ? "" : candidates.front();
    }
    tests::TempDir folder;
    Pinyin pinyin{{.data = Pinyin::usual_data_folder(), .user = folder.path()}};
};

TEST_F(PinyinTest, WritesHelloInSimplifiedCharacters) {
    type("nihao");
    EXPECT_EQ(pinyin.view().spelling, "ni hao");
    EXPECT_EQ(pinyin.choose(0), "你好");
    EXPECT_FALSE(pinyin.composing());
    type("shaoniu");
    EXPECT_EQ(pinyin.finish().find("燒"), std::string::npos) << "not in traditional ones";
}

TEST_F(PinyinTest, WritesALongNameInOneGo) {
    type("zhonghuarenmingongheguo");
    EXPECT_EQ(first(), "中华人民共和国");
    EXPECT_EQ(pinyin.finish(), "中华人民共和国");
}

TEST_F(PinyinTest, AnApostrophePartsSyllables) {
    type("xi'an");
    EXPECT_EQ(first(), "西安");
    pinyin.reset();
    type("xian");
    const auto& candidates = pinyin.view().candidates;
    EXPECT_TRUE(std::ranges::count(candidates, "先") == 1) << first();
    pinyin.reset();
    EXPECT_FALSE(pinyin.feed('\'')) << "nothing to part yet";
}

TEST_F(PinyinTest, BackspaceTakesOneLetterAfterTheOther) {
    type("niu");
    EXPECT_TRUE(pinyin.backspace());
    EXPECT_EQ(pinyin.view().spelling, "ni");
    EXPECT_EQ(first(), "你");
    pinyin.backspace();
    EXPECT_TRUE(pinyin.backspace());
    EXPECT_FALSE(pinyin.composing());
    EXPECT_TRUE(pinyin.view().candidates.empty());
    EXPECT_FALSE(pinyin.backspace()) << "the text before is the keyboard's to delete";
}

TEST_F(PinyinTest, PagesThroughTheCandidatesAndBack) {
    type("shi");
    const PinyinView page_1 = pinyin.view();
    EXPECT_EQ(page_1.candidates.size(), 8U);
    EXPECT_FALSE(page_1.has_previous_page);
    pinyin.previous_page();
    EXPECT_EQ(pinyin.view(), page_1);
    pinyin.next_page();
    const PinyinView page_2 = pinyin.view();
    EXPECT_TRUE(page_2.has_previous_page);
    EXPECT_NE(page_2.candidates, page_1.candidates);
    EXPECT_EQ(pinyin.choose(3), page_2.candidates[3]);
    for (type("xi"); pinyin.view().has_next_page;)
        pinyin.next_page();
    EXPECT_FALSE(pinyin.view().candidates.empty());
    EXPECT_EQ(pinyin.choose(8), "");
}

TEST_F(PinyinTest, ChoosesAWordForAPartAndGoesOnWithTheRest) {
    type("niunaihezi");
    const auto candidates = pinyin.view().candidates;
    const auto milk = std::ranges::find(candidates, "牛奶");
    ASSERT_NE(milk, candidates.end());
    EXPECT_EQ(pinyin.choose(static_cast<std::size_t>(milk - candidates.begin())), "");
    EXPECT_TRUE(pinyin.view().spelling.starts_with("牛奶")) << pinyin.view().spelling;
    const std::string text = pinyin.finish();
    EXPECT_TRUE(text.starts_with("牛奶")) << text;
    EXPECT_EQ(text.size(), std::string("牛奶盒子").size()) << text;
}

TEST_F(PinyinTest, GivesNonsenseBackAsItWasTyped) {
    type("nihao");
    EXPECT_EQ(pinyin.finish_as_typed(), "nihao");
    for (const char letter : {'1', ' ', '\n', '\xe4', ';'})
        EXPECT_FALSE(pinyin.feed(letter)) << int{letter};
    type("vvvv");
    EXPECT_FALSE(pinyin.finish().empty());
    EXPECT_EQ(pinyin.finish(), "");
    EXPECT_EQ(pinyin.choose(0), "");
    EXPECT_TRUE(pinyin.feed('N')) << "a capital is a letter too";
    EXPECT_EQ(pinyin.view().spelling, "n");
}

TEST_F(PinyinTest, TakesAThousandLettersWithoutGrowing) {
    type(std::string(1000, 'a'));
    EXPECT_EQ(pinyin.finish_as_typed(), std::string(Pinyin::max_letters, 'a'));
}

TEST_F(PinyinTest, ThereIsOneAtATime) {
    tests::TempDir other_folder;
    Pinyin other({.data = Pinyin::usual_data_folder(), .user = other_folder.path()});
    EXPECT_FALSE(other.available());
    EXPECT_EQ(other.trouble()->code, "in_use");
    type("nihao");
    EXPECT_EQ(pinyin.choose(0), "你好");
}

TEST(PinyinMissing, WithoutADictionaryItSaysSoAndTakesNoLetter) {
    tests::TempDir folder;
    Pinyin pinyin({.data = folder.path(), .user = folder / "user"});
    EXPECT_FALSE(pinyin.available());
    EXPECT_EQ(pinyin.trouble()->code, "no_dictionary");
    EXPECT_FALSE(pinyin.feed('n'));
    EXPECT_FALSE(pinyin.backspace());
    EXPECT_EQ(pinyin.choose(0) + pinyin.finish() + pinyin.finish_as_typed(), "");
    pinyin.next_page();
    pinyin.reset();
}

TEST(PinyinMissing, ATornDictionaryIsNoCrash) {
    for (const char* torn :
         {"fangxin_pinyin.schema.yaml", "fangxin_pinyin.prism.bin", "luna_pinyin.table.bin"}) {
        tests::TempDir folder;
        fs::copy(Pinyin::usual_data_folder(), folder / "data", fs::copy_options::recursive);
        std::ofstream(folder / "data" / torn) << "torn";
        Pinyin pinyin({.data = folder / "data", .user = folder / "user"});
        EXPECT_FALSE(pinyin.available()) << torn;
        EXPECT_EQ(pinyin.trouble()->code, "no_dictionary") << torn;
    }
    tests::TempDir folder;
    Pinyin again({.data = Pinyin::usual_data_folder(), .user = folder.path()});
    EXPECT_TRUE(again.available()) << "and a whole one works after them";
}

}  // namespace
}  // namespace fangxin::kit
