#include "drivers/pictures/helper_answer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

std::string words(const Result<Decoded>& decoded) {
    if (!decoded) return decoded.error().code;
    return fmt::format("{} {} {} {} {} {},{}", decoded->format, decoded->symbology, decoded->text,
                       decoded->engine == Engine::zbar ? "zbar" : "zxing", decoded->sure,
                       decoded->corners[0].x, decoded->corners[3].y);
}

TEST(HelperAnswer, IsACodeItsReaderAndItsCorners) {
    EXPECT_EQ(words(parse_helper_answer("code ean8 E4 0 zbar 0 1 2 3 2 3 9 -1 9 8\n"
                                        "2012345120123451")),
              "ean8 E4 20123451 zbar false 1,9");
    for (std::string_view word : {"not_an_image", "too_large", "no_code", "no_more"})
        EXPECT_EQ(words(parse_helper_answer(fmt::format("error {}", word))), word);
}

TEST(HelperAnswer, WhatMakesNoSenseIsAsGoodAsItsDeath) {
    for (std::string_view message :
         {"", "error", "error fine", "code", "code qr Q1 0 zxing 1 0 0 0 0 0 0 0 0 1",
          "code qr Q1 0 zxing 1 0 0 0 0 0 0 0 0 2\nA", "code qr Q1 0 zxing 1 0 0 0 0 0 0 0 x 1\nA",
          "code qr Q1 0 zxing 1 0 0 0 0 0 0 1\nA", "code qr Q1 0 other 1 0 0 0 0 0 0 0 0 1\nA",
          "code q\x1Br Q1 0 zxing 1 0 0 0 0 0 0 0 0 1\nA",
          "code qr Q11 0 zxing 1 0 0 0 0 0 0 0 0 1\nA",
          "code qr Q1 0 zxing 1 0 0 0 0 0 0 0 0 1 7\nA",
          "code qr Q1 0 zxing 1 0 0 0 0 0 0 0 0 1\n\xFF"})
        EXPECT_EQ(words(parse_helper_answer(message)), "decoder_died") << message;
}

}  // namespace
}  // namespace fangxin::drivers
