#include "terminal/station/screens/typed_words.hpp"

#include <gtest/gtest.h>
#include <string>

namespace fangxin::terminal {
namespace {

TEST(TypedWords, EachWordIsFoundAsLettersOrPinyin) {
    EXPECT_TRUE(TypedWords("niunai 1118").find("鲜牛奶 L1118"));
    EXPECT_FALSE(TypedWords("sn").find("鲜牛奶 L1118"));
    EXPECT_TRUE(TypedWords("  ").find("鲜牛奶"));
    EXPECT_FALSE(TypedWords("niunai 1119").find("鲜牛奶 L1118"));
}

// A scan that lands in the search of the batches ended the program: it is longer than any word.
TEST(TypedWords, AWordLongerThanAnyNameFindsNothing) {
    EXPECT_FALSE(TypedWords(std::string(200, 'a')).find("鲜牛奶"));
}

}  // namespace
}  // namespace fangxin::terminal
