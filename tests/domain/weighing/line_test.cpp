#include "domain/weighing/line.hpp"

#include <gtest/gtest.h>

namespace fangxin::weighing {
namespace {

using domain::Language;

constexpr WeighedLine bananas{
    .gross_mg = 1'284'000, .taken_tare_mg = 50'000, .net_mg = 1'234'000, .price_fen_per_kg = 1'580};

std::string said(const WeighedLine& line, Language language) {
    WeighedLineWords words = words_of(line, language);
    return words.weights + "|" + words.price;
}

// SALE-7, WEIGH-1
TEST(WeighedLine, SaysItsWeightsWithThePriceOfAKilogram) {
    EXPECT_EQ(said(bananas, Language::zh),
              "毛重 1.284kg 皮重 0.050kg 净重 1.234kg|1.234kg × 15.80/kg");
    EXPECT_EQ(said(bananas, Language::en),
              "gross 1.284kg tare 0.050kg net 1.234kg|1.234kg × 15.80/kg");
}

// WEIGH-1
TEST(WeighedLine, MarksAPresetTare) {
    WeighedLine line = bananas;
    line.taken_tare_mg = 0;
    line.preset_tare_mg = 50'000;
    EXPECT_EQ(said(line, Language::zh),
              "毛重 1.284kg 预置皮重PT 0.050kg 净重 1.234kg|1.234kg × 15.80/kg");
    line.taken_tare_mg = 20'000;
    line.net_mg = 1'214'000;
    EXPECT_EQ(said(line, Language::en),
              "gross 1.284kg tare 0.020kg preset tare PT 0.050kg net 1.214kg|1.214kg × 15.80/kg");
}

// SALE-7
TEST(WeighedLine, SaysTheNetMassAloneWhereALabelSaidNoMore) {
    EXPECT_EQ(said({.net_mg = 1'234'500, .price_fen_per_kg = 1'580}, Language::zh),
              "|净重 1.2345kg × 15.80/kg");
}

}  // namespace
}  // namespace fangxin::weighing
