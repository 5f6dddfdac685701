// The catalogues against the sources; and the rules themselves, with planted faults.
#include "tests/terminal/kit/translation_rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace fangxin::translations {
namespace {

namespace fs = std::filesystem;

const fs::path root = FANGXIN_SOURCE_DIR;

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<Entry> said_in_the_tree() {
    std::vector<Entry> said;
    for (const char* folder : {"domain", "sync", "drivers", "terminal", "handheld"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const fs::path& path = entry.path();
            if (path.extension() != ".cpp" && path.extension() != ".hpp") continue;
            auto more = said_in(text_of(path), path.lexically_relative(root).string());
            said.insert(said.end(), more.begin(), more.end());
        }
    }
    return said;
}

std::string listed(const std::vector<std::string>& findings) {
    std::string text;
    for (const std::string& finding : findings)
        text += finding + "\n";
    return text;
}

std::string check_of(std::string_view source, const std::string& po, bool whole = true) {
    const std::string head = "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=1; plural=0;\\n\"\n\n";
    return listed(check(said_in(source, "a.cpp"), head + po, "zh.po", whole));
}

TEST(Translations, EveryWordOnTheScreenHasItsChinese) {
    const auto said = said_in_the_tree();
    EXPECT_GT(said.size(), 20U);
    const std::string po = text_of(root / "assets/translations/zh_CN.po");
    EXPECT_EQ(listed(check(said, po, "zh_CN.po", true)), "");
}

TEST(Translations, TheEnglishOnesDifferOnlyWhereSomethingIsSaid) {
    const std::string po = text_of(root / "assets/translations/en.po");
    EXPECT_EQ(listed(check(said_in_the_tree(), po, "en.po", false)), "");
}

TEST(Translations, AWordWithoutChineseIsFoundWithItsPlace) {
    EXPECT_EQ(check_of("\nf(texts.tr(\"Pay\"));", ""), "a.cpp:2: \"Pay\" is not in zh.po\n");
    EXPECT_EQ(check_of("texts.tr_c(\"of a basket\",\n \"Ho\" \"ld\")", ""),
              "a.cpp:1: \"Hold\" (of a basket) is not in zh.po\n");
    EXPECT_EQ(check_of("constexpr Msgid title{\"Pay\"};", ""),
              "a.cpp:1: \"Pay\" is not in zh.po\n");
    EXPECT_EQ(check_of("Row{Msgid(\"of x\", \"Pay\")};", ""),
              "a.cpp:1: \"Pay\" (of x) is not in zh.po\n");
    EXPECT_EQ(check_of("tr(\"Pay\")", "msgid \"Pay\"\nmsgstr \"\"\n"),
              "zh.po:4: \"Pay\" has no translation\n");
    EXPECT_EQ(check_of("tr(\"Pay\")", "msgid \"Pay\"\nmsgstr \"收款\"\n"), "");
}

TEST(Translations, WhatIsInACommentIsNotSaid) {
    EXPECT_EQ(check_of("// tr(\"Pay\")\nstr(\"Pay\"); attr_c(\"a\", \"b\");", ""), "");
}

TEST(Translations, APlaceholderThatWentMissingIsFound) {
    EXPECT_EQ(check_of("tr(\"{} of {}\", 1, 2)", "msgid \"{} of {}\"\nmsgstr \"第{}\"\n"),
              "zh.po:4: \"{} of {}\" has other placeholders in \"第{}\"\n");
    EXPECT_EQ(check_of("tr(\"{0} of {1}\")", "msgid \"{0} of {1}\"\nmsgstr \"{1}之{0}\"\n"), "");
    EXPECT_EQ(check_of("tr(\"{{}} {}\")", "msgid \"{{}} {}\"\nmsgstr \"{}\"\n"), "");
}

TEST(Translations, AFuzzyOrUnusedOneIsFound) {
    EXPECT_EQ(check_of("tr(\"Pay\")", "#, fuzzy\nmsgid \"Pay\"\nmsgstr \"收款\"\n"),
              "zh.po:5: \"Pay\" is fuzzy: look at it and take the mark off\n");
    EXPECT_EQ(check_of("", "msgid \"Pay\"\nmsgstr \"收款\"\n"),
              "zh.po:4: \"Pay\" is said nowhere\n");
}

TEST(Translations, PluralsHaveTheFormsOfTheirLanguage) {
    const std::string source = "tr_n(\"{} item\", \"{} items\", count)";
    const std::string ids = "msgid \"{} item\"\nmsgid_plural \"{} items\"\n";
    EXPECT_EQ(check_of(source, ids + "msgstr[0] \"{}件\"\n"), "");
    EXPECT_EQ(check_of(source, ids + "msgstr[0] \"{}件\"\nmsgstr[1] \"{}件\"\n"),
              "zh.po:4: \"{} item\" wants 1 forms\n");
    EXPECT_EQ(check_of(source, "msgid \"{} item\"\nmsgstr \"{}件\"\n"),
              "a.cpp:1: \"{} item\" has another plural in zh.po\n");
}

}  // namespace
}  // namespace fangxin::translations
