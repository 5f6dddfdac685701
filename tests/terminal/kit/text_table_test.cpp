#include "terminal/kit/text_table.hpp"

#include "tests/support/temp_dir.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

namespace fangxin::kit {
namespace {

using domain::Language;
namespace fs = std::filesystem;

/// A catalogue folder of the test's own, made as the build makes the real one.
class MadeCatalogue {
  public:
    explicit MadeCatalogue(const std::string& entries) {
        const fs::path folder = path() / "zh_CN" / "LC_MESSAGES";
        fs::create_directories(folder);
        std::ofstream(folder / "zh.po")
            << "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
            << "\"Plural-Forms: nplurals=1; plural=0;\\n\"\n\n"
            << entries;
        const std::string command = "msgfmt -o '" + (folder / "fangxin.mo").string() + "' '" +
                                    (folder / "zh.po").string() + "'";
        if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
    }
    fs::path path() const { return folder_.path(); }
    std::vector<fs::path> folders() const { return {path()}; }

  private:
    tests::TempDir folder_;
};

TEST(TextTable, SpeaksBothLanguagesFromTheBuildsCatalogues) {
    TextTable texts = TextTable::load(Language::zh);
    EXPECT_FALSE(texts.trouble()) << texts.trouble()->detail;
    EXPECT_STREQ(texts.tr("Cancel"), "取消");
    EXPECT_EQ(texts.tr("{} to {}", 2, 7), "2 至 7");
    texts.speak(Language::en);
    EXPECT_FALSE(texts.trouble()) << texts.trouble()->detail;
    EXPECT_STREQ(texts.tr("Cancel"), "Cancel");
    EXPECT_EQ(texts.tr("{} to {}", 2, 7), "2 to 7");
    texts.speak(Language::zh);
    EXPECT_STREQ(texts.tr("Cancel"), "取消");
}

TEST(TextTable, LeavesTheProgramsOwnLocaleAlone) {
    TextTable texts = TextTable::load(Language::zh);
    EXPECT_EQ(std::locale(), std::locale::classic());
    EXPECT_EQ(texts.tr("{} to {}", 1234567, 2), "1234567 至 2");
}

TEST(TextTable, AWordOfTwoMeaningsIsToldApartByItsContext) {
    MadeCatalogue made(
        "msgctxt \"of a basket\"\nmsgid \"Hold\"\nmsgstr \"挂单\"\n\n"
        "msgctxt \"of a batch\"\nmsgid \"Hold\"\nmsgstr \"待检\"\n");
    TextTable texts = TextTable::load(Language::zh, made.folders());
    EXPECT_STREQ(texts.tr_c("of a basket", "Hold"), "挂单");
    EXPECT_STREQ(texts.tr_c("of a batch", "Hold"), "待检");
    EXPECT_STREQ(texts.tr("Hold"), "Hold");
}

TEST(TextTable, CountsAsEachLanguageDoes) {
    MadeCatalogue made("msgid \"{} item\"\nmsgid_plural \"{} items\"\nmsgstr[0] \"{}件商品\"\n");
    TextTable texts = TextTable::load(Language::zh, made.folders());
    EXPECT_EQ(texts.tr_n("{} item", "{} items", 1), "1件商品");
    EXPECT_EQ(texts.tr_n("{} item", "{} items", 3'000'000'000), "3000000000件商品");
    texts.speak(Language::en);
    EXPECT_EQ(texts.tr_n("{} item", "{} items", 1), "1 item");
    EXPECT_EQ(texts.tr_n("{} item", "{} items", 0), "0 items");
    EXPECT_EQ(texts.tr_n("{} item in {}", "{} items in {}", 2, "A"), "2 items in A");
}

TEST(TextTable, WithoutACatalogueItSpeaksEnglishAndSaysWhy) {
    tests::TempDir empty;
    TextTable texts = TextTable::load(Language::zh, {empty.path()});
    ASSERT_TRUE(texts.trouble());
    EXPECT_EQ(texts.trouble()->code, "no_catalogue");
    EXPECT_NE(texts.trouble()->detail.find("zh_CN"), std::string::npos);
    EXPECT_STREQ(texts.tr("Cancel"), "Cancel");
    EXPECT_EQ(texts.tr_n("{} item", "{} items", 2), "2 items");
    EXPECT_EQ(TextTable::load(Language::zh, {}).trouble()->code, "no_catalogue");
}

TEST(TextTable, ABrokenCatalogueIsNoCrash) {
    for (const char* bytes : {"", "x", "no catalogue at all, but long enough to be one ........"}) {
        MadeCatalogue made("");
        std::ofstream(made.path() / "zh_CN/LC_MESSAGES/fangxin.mo") << bytes;
        TextTable texts = TextTable::load(Language::zh, made.folders());
        ASSERT_TRUE(texts.trouble()) << bytes;
        EXPECT_EQ(texts.trouble()->code, "bad_catalogue");
        EXPECT_STREQ(texts.tr("Cancel"), "Cancel");
    }
}

TEST(TextTable, ATranslationWithWrongPlaceholdersFallsBackToEnglish) {
    MadeCatalogue made("msgid \"{} due\"\nmsgstr \"{} 还差 {}\"\n");
    TextTable texts = TextTable::load(Language::zh, made.folders());
    EXPECT_EQ(texts.tr("{} due", "1.20"), "1.20 due");
}

}  // namespace
}  // namespace fangxin::kit
