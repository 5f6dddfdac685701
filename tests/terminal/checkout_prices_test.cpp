// Promotions in the basket at the till (SALE-4): when they are priced, and whose lines.
#include "terminal/checkout/checkout.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using tests::CheckoutShop;
using tests::milk_code;
using tests::noodles_code;
using tests::pin;

class CheckoutPricesTest : public ::testing::Test {
  protected:
    CheckoutPricesTest() { EXPECT_TRUE(shop.station().login("1001", pin)); }

    void offer(const domain::Promotion& promotion) {
        shop.put(promotion);
        checkout.on_rows();
    }
    /// Milk is 5.00, noodles are 14.94.
    static domain::Promotion second_at_half(std::string item) {
        return {.id = "P1",
                .kind = "nth_discount",
                .items = std::move(item),
                .buy = 2,
                .percent = 50,
                .name_zh = "第二件半价"};
    }
    std::string told() const {
        std::string text;
        for (const domain::Line& line : checkout.basket().lines) {
            text += fmt::format("{}×{} {}", line.item, line.quantity, line.amount_fen);
            for (const domain::LinePromotion& each : line.promotions)
                text += fmt::format(" {} -{}", each.name_zh, each.saved_fen);
            text += '\n';
        }
        return text;
    }

    CheckoutShop shop;
    Checkout checkout{shop.station(), Paper{}};
};

// SALE-4
TEST_F(CheckoutPricesTest, EachChangeOfTheBasketIsPricedAnew) {
    offer(second_at_half("noodles"));
    checkout.scan(noodles_code);
    EXPECT_EQ(told(), "noodles×1 1494\n");
    checkout.scan(noodles_code);
    EXPECT_EQ(told(), "noodles×2 2241 第二件半价 -747\n");
    checkout.set_quantity(1, 1);
    EXPECT_EQ(told(), "noodles×1 1494\n");
}

TEST_F(CheckoutPricesTest, APromotionThatComesWhileGoodsAreInTheBasketCounts) {
    checkout.set_quantity({}, 2);
    checkout.scan(noodles_code);
    EXPECT_EQ(told(), "noodles×2 2988\n");
    offer(second_at_half("noodles"));
    EXPECT_EQ(told(), "noodles×2 2241 第二件半价 -747\n");
}

TEST_F(CheckoutPricesTest, APromotionThatMakesNoSenseStandsInNoOthersWay) {
    domain::Promotion odd = second_at_half("noodles");
    odd.id = "P0";
    odd.percent.reset();
    shop.put(odd);
    offer(second_at_half("noodles"));
    checkout.set_quantity({}, 2);
    checkout.scan(noodles_code);
    EXPECT_EQ(told(), "noodles×2 2241 第二件半价 -747\n");
}

// SAFE-6: what is blocked is not sold, so nothing of it makes another line cheaper.
TEST_F(CheckoutPricesTest, ALineThatTurnsRedHasNoPartInPromotions) {
    offer(second_at_half("noodles;milk"));
    checkout.scan(noodles_code);
    checkout.scan(milk_code);
    EXPECT_GT(domain::saved_fen(checkout.basket()), 0);
    auto recall = shop.recall_of("milk", "L1");
    shop.put(recall);
    checkout.on_blocks({recall});
    EXPECT_EQ(domain::saved_fen(checkout.basket()), 0);
}

// SALE-4, SALE-3
TEST_F(CheckoutPricesTest, AHeldBasketIsPricedAnewWhenItIsTakenUp) {
    checkout.set_quantity({}, 2);
    checkout.scan(noodles_code);
    const std::string hold = checkout.hold().detail;
    offer(second_at_half("noodles"));
    checkout.resume(hold);
    EXPECT_EQ(told(), "noodles×2 2241 第二件半价 -747\n");
}

}  // namespace
}  // namespace fangxin::terminal
