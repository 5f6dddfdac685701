// What a cashier can say about each reason.
#include "domain/words.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace fangxin::domain {
namespace {

bool has_chinese(std::string_view text) {
    for (char c : text) {
        if (static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9)
            return true;
    }
    return false;
}

// SAFE-3
TEST(Words, EveryReasonHasBothLanguagesNeverMixed) {
    for (const auto& row : EnumTable<Reason>::rows) {
        const ReasonWords& words = words_of(row.value);
        EXPECT_EQ(words.reason, row.value);
        for (const Words& text : {words.title, words.say, words.action}) {
            EXPECT_TRUE(has_chinese(text.zh)) << row.text;
            EXPECT_FALSE(text.en.empty()) << row.text;
            EXPECT_FALSE(has_chinese(text.en)) << row.text;
        }
    }
}

// SAFE-3
TEST(Words, EveryReasonHasItsClause) {
    for (const auto& row : EnumTable<Reason>::rows) {
        const Words& clause = words_of(row.value).clause;
        bool of_the_standard = clause.zh.starts_with("§") && clause.en == clause.zh;
        bool of_a_law = clause.zh.starts_with("《") && clause.en.starts_with("Law");
        EXPECT_TRUE(of_the_standard || of_a_law) << row.text;
    }
}

// SAFE-3
TEST(Words, NoTwoReasonsSayTheSame) {
    for (const auto& one : EnumTable<Reason>::rows) {
        for (const auto& other : EnumTable<Reason>::rows) {
            if (one.value == other.value) continue;
            EXPECT_NE(words_of(one.value).say.zh, words_of(other.value).say.zh) << one.text;
            EXPECT_NE(words_of(one.value).title.en, words_of(other.value).title.en) << one.text;
        }
    }
}

}  // namespace
}  // namespace fangxin::domain
