#include "terminal/kit/field.hpp"

#include <gtest/gtest.h>

namespace fangxin::kit {
namespace {

TEST(KeyIn, AKeyWritesAsLongAsItFits) {
    std::string typed;
    for (const char* key : {"1", "00", "2", "3"})
        key_in(typed, key, 4);
    EXPECT_EQ(typed, "1002");
    key_in(typed, "back", 4);
    EXPECT_EQ(typed, "100");
    key_in(typed, "clear", 4);
    EXPECT_EQ(typed, "");
}

TEST(KeyIn, ErasingTakesAWholeCharacter) {
    std::string lot = "甲12";
    key_in(lot, "back", 40);
    key_in(lot, "back", 40);
    key_in(lot, "back", 40);
    EXPECT_EQ(lot, "");
    key_in(lot, "ABC", 2);
    EXPECT_EQ(lot, "");
}

}  // namespace
}  // namespace fangxin::kit
