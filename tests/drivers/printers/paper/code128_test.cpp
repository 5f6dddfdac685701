#include "drivers/printers/paper/code128.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

/// `105 12 34 = 1234`: the symbol's values and what a scanner sends.
std::string read(std::string_view data) {
    auto code = read_code128(data);
    if (!code) return "none";
    std::string text;
    for (int value : code->values)
        text += fmt::format("{} ", value);
    return text + "= " + code->text;
}

TEST(Code128, EachSetHasItsOwnValues) {
    EXPECT_EQ(read("{BFx{{1"), "104 38 88 91 17 = Fx{1");
    EXPECT_EQ(read("{C\x0C\x22"s), "105 12 34 = 1234");
    EXPECT_EQ(read("{AA\x01"s), "103 33 65 = A\x01");
    EXPECT_EQ(read("{BA{C\x0C{AB"s), "104 33 99 12 101 34 = A12B");
    EXPECT_EQ(read("{Bab{SA{1c"s),
              "104 65 66 98 33 102 67 = abA\x1D"
              "c");
    EXPECT_EQ(read("{C{1\x01\x63"s), "105 102 1 99 = 0199");
}

TEST(Code128, WhatHasNoPlaceInItsSetIsNoCode) {
    for (auto data : {""sv, "A1"sv, "{B\x01"sv, "{Aa"sv, "{C\x64"sv, "{B{"sv, "{B{9"sv, "{C{S"sv})
        EXPECT_EQ(read(data), "none") << data;
}

// ISO/IEC 15417: the check character of `FX` in set B is (104 + 38 + 2 × 56) mod 103 = 48.
TEST(Code128, EndsWithCheckCharacterAndStop) {
    EXPECT_EQ(code128_widths(*read_code128("{BFX")),
              "211214"
              "132311"
              "331121"
              "313121"
              "2331112");
}

}  // namespace
}  // namespace fangxin::drivers
