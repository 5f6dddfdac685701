#include "terminal/checkout/basket_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

domain::Basket basket_of_one() {
    domain::Line line{.code = "6901234567892",
                      .item = "milk",
                      .name_zh = "牛奶",
                      .unit_price_fen = 500,
                      .reasons = {domain::Reason::near_expiry},
                      .batch = "milk/L1",
                      .basis = domain::BatchBasis::coded};
    line.evidence.identity.lot = "L1";
    line.verdict = domain::VerdictKind::warn;
    domain::Basket basket;
    EXPECT_TRUE(domain::add(basket, line));
    return basket;
}

// SALE-3
TEST(BasketText, ABasketPutAsideComesBackAsItWas) {
    std::string text = write_basket(basket_of_one());
    auto back = read_basket(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(write_basket(*back), text);
}

TEST(BasketText, ATornTextIsNoBasket) {
    std::string text = write_basket(basket_of_one());
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        EXPECT_FALSE(read_basket(text.substr(0, cut))) << cut;
    }
}

// WEIGH-5
TEST(BasketText, AWeighedLineKeepsScaleFrameAndMasses) {
    domain::Weighing weighing =
        weighing_of({.state = weighing::ScaleState::stable, .raw = "\x02\x2D"}, {.serial = "HC15"},
                    {.version = "1.0.0", .whole = "5EA1"});
    weighing.preset_tare_mg = 6'000;
    domain::Line line{.item = "banana",
                      .unit = domain::Unit::kg,
                      .gross_mg = 1'250'000,
                      .tare_mg = 16'000,
                      .net_mg = 1'234'000,
                      .unit_price_fen = 698,
                      .weighing = weighing};
    sync::SaleLine sold = sale_line(line);
    EXPECT_EQ(fmt::format("{} {} {} {} {} {} {} {}", *sold.gross_mg, *sold.tare_mg, *sold.net_mg,
                          sold.scale, sold.scale_frame, sold.scale_status, *sold.preset_tare_mg,
                          sold.library),
              "1250000 16000 1234000 HC15 022D stable 6000 1.0.0 5EA1");
}

}  // namespace
}  // namespace fangxin::terminal
