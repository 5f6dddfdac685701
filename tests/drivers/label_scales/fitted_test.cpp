#include "drivers/label_scales/fitted.hpp"

#include "tests/drivers/label_scales/some_goods.hpp"

#include <functional>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

/// What is wrong with goods changed so, or `fits`, with notes.
std::string fits(const std::function<void(LabelGoods&)>& change,
                 std::string_view protocol = "dahua-tm",
                 const std::string& pattern = "FFWWWWWEEEEEC") {
    LabelGoods goods = tests::some_goods();
    change(goods);
    auto fitted = fit(goods, tests::some_scale(protocol, pattern));
    if (!fitted) return fitted.error().code;
    std::string text = "fits";
    for (const std::string& note : fitted->notes)
        text += " " + note;
    return text;
}

}  // namespace

// SALE-14
TEST(FittedGoods, WhatTheScaleCannotHoldIsNotSent) {
    EXPECT_EQ(fits([](auto&) {}), "fits");
    EXPECT_EQ(fits([](auto& goods) { goods.plu = 0; }), "bad_plu");
    EXPECT_EQ(fits([](auto& goods) { goods.plu = 4000; }), "fits");
    EXPECT_EQ(fits([](auto& goods) { goods.plu = 4001; }), "bad_plu");
    EXPECT_EQ(fits([](auto& goods) { goods.price_fen = 0; }), "bad_price");
    EXPECT_EQ(fits([](auto& goods) { goods.price_fen = 999'999; }), "fits");
    EXPECT_EQ(fits([](auto& goods) { goods.price_fen = 1'000'000; }), "bad_price");
    EXPECT_EQ(fits([](auto& goods) { goods.tare_mg = 99'999'000; }), "fits");
    EXPECT_EQ(fits([](auto& goods) { goods.tare_mg = 100'000'000; }), "bad_tare");
    EXPECT_EQ(fits([](auto& goods) { goods.tare_mg = 500; }), "bad_tare");
    EXPECT_EQ(fits([](auto& goods) { goods.tare_mg = 1000; }, "cas-cl5000"), "bad_tare");
    EXPECT_EQ(fits([](auto& goods) { goods.by_piece = true; }, "cas-cl5000"), "by_piece");
    EXPECT_EQ(fits([](auto& goods) { goods.shelf_life_hours = 1000 * 24; }), "bad_shelf_life");
    EXPECT_EQ(fits([](auto& goods) { goods.shelf_life_hours = 12; }), "bad_shelf_life");
    EXPECT_EQ(fits([](auto& goods) { goods.shelf_life_hours = 36; }), "fits shelf_life_cut");
    EXPECT_EQ(fits([](auto& goods) { goods.shelf_life_hours = 36; }, "cas-cl5000"), "fits");
    EXPECT_EQ(fits([](auto& goods) { goods.category = 100; }), "bad_category");
    EXPECT_EQ(fits([](auto& goods) { goods.label_number = 16; }), "bad_label_number");
}

// SALE-14
TEST(FittedGoods, ALabelOfItIsReadAsTheseGoods) {
    EXPECT_EQ(fits([](auto& goods) { goods.code = "7"; }), "fits");
    EXPECT_EQ(fits([](auto& goods) { goods.code = "810801"; }), "bad_code");
    EXPECT_EQ(fits([](auto& goods) { goods.code = "8108A"; }), "bad_code");
    EXPECT_EQ(fits([](auto& goods) { goods.code = ""; }), "bad_code");
    EXPECT_EQ(fits([](auto&) {}, "dahua-tm", "FFWWWWWWEEEEC"), "bad_format");
    const auto piece_of = [](std::int64_t fen) {
        return [fen](LabelGoods& goods) {
            goods.by_piece = true;
            goods.price_fen = fen;
        };
    };
    EXPECT_EQ(fits(piece_of(99'999)), "fits");
    EXPECT_EQ(fits(piece_of(100'000)), "label_amount");
    EXPECT_EQ(fits(piece_of(100'000), "dahua-tm", "FFWWWWWNNNNNC"), "fits");
}

// SALE-14
TEST(FittedGoods, NamesAreCutAtWholeCharactersAndNeverSpoilt) {
    std::string name;
    for (int i = 0; i < 32; ++i)
        name += "鱼";
    EXPECT_EQ(fits([&](auto& goods) { goods.name = name; }), "fits");
    EXPECT_EQ(fits([&](auto& goods) { goods.name = name + "头"; }), "fits name_cut");
    EXPECT_EQ(fits([](auto& goods) { goods.name = ""; }), "no_name");
    EXPECT_EQ(fits([](auto& goods) { goods.name = "㐀菜"; }), "bad_character");
    EXPECT_EQ(fits([](auto& goods) { goods.name = "𠀀"; }), "bad_character");
    EXPECT_EQ(fits([](auto& goods) { goods.name = "\xE9\xB1"; }), "bad_character");
    EXPECT_EQ(fits([](auto& goods) { goods.name = "鱼\r\n!0IA"; }), "bad_character");
    EXPECT_EQ(gb_name("鱼头", 1)->bytes, "\xD3\xE3");
    EXPECT_EQ(gb_name("A级 $~", 9)->bytes, "\xA3\xC1\xBC\xB6\xA1\xA1\xA1\xE7\xA1\xAB");
}

}  // namespace fangxin::drivers
