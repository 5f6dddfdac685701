// The customer of a basket is a member (SALE-16): found by card or telephone, priced and rewarded.
#include "sync/effects.hpp"
#include "terminal/checkout/basket_text.hpp"
#include "terminal/checkout/checkout.hpp"
#include "terminal/checkout/receipts.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using tests::CheckoutShop;
using tests::noodles_code;
using tests::pin;

class CheckoutMembersTest : public ::testing::Test {
  protected:
    CheckoutMembersTest() {
        EXPECT_TRUE(shop.station().login("1001", pin));
        shop.put(domain::Member{
            .number = "88000001", .phone = "13900001112", .name = "张敏", .points = 57});
    }
    std::string customer() const {
        const auto& member = checkout.basket().member;
        return member ? fmt::format("{} {} {}", member->name, member->phone, member->points) : "";
    }

    CheckoutShop shop;
    Checkout checkout{shop.station(), Paper{}};
};

// SALE-16
TEST_F(CheckoutMembersTest, IsFoundByCardOrTelephone) {
    for (const char* text : {"88000001", "]C088000001", "139 0000 1112", "+8613900001112"}) {
        EXPECT_EQ(checkout.set_member(text).error, "") << text;
        EXPECT_EQ(customer(), "张敏 139****1112 57") << text;
        EXPECT_EQ(checkout.drop_member().error, "");
        EXPECT_EQ(customer(), "");
    }
    EXPECT_EQ(checkout.set_member("88000002").error, "no_such_member");
    EXPECT_EQ(checkout.set_member("").error, "no_such_member");
}

// SALE-16: the card goes over the scanner as the goods do; goods of the same code come first.
TEST_F(CheckoutMembersTest, ACardMayBeScannedAmongTheGoods) {
    shop.put(domain::Member{.number = "6901234567893", .name = "李强"});  // no code of goods
    EXPECT_EQ(checkout.scan("6901234567893").member->name, "李强");
    EXPECT_EQ(checkout.scan(noodles_code).verdict->kind, domain::VerdictKind::allow);
    EXPECT_EQ(checkout.scan("]C088000001").member->name, "张敏");
    shop.put(domain::Member{.number = noodles_code, .name = "王芳"});
    EXPECT_FALSE(checkout.scan(noodles_code).member);
    EXPECT_EQ(tests::printed(checkout.basket()), "noodles×2 2988 none");
}

// SALE-4, SALE-16
TEST_F(CheckoutMembersTest, HasHisPriceWheneverHeIsNamed) {
    shop.put(domain::Promotion{
        .id = "P1", .kind = "member_price", .items = "noodles", .amount_fen = 1200});
    checkout.on_rows();
    checkout.scan(noodles_code);
    EXPECT_EQ(domain::total_fen(checkout.basket()), 1494);
    checkout.set_member("88000001");
    EXPECT_EQ(domain::total_fen(checkout.basket()), 1200);
    checkout.drop_member();
    EXPECT_EQ(domain::total_fen(checkout.basket()), 1494);
}

// SALE-16
TEST_F(CheckoutMembersTest, EarnsPointsThatTheNextSaleKnows) {
    checkout.set_member("88000001");
    checkout.scan(noodles_code);
    EXPECT_EQ(checkout.pay_cash(2'000).error, "");
    const ReceiptSummary& receipt = *checkout.last_receipt();
    EXPECT_EQ(fmt::format("{} {} {}", receipt.member, receipt.points_earned, receipt.points),
              "****0001 14 71");
    EXPECT_EQ(customer(), "") << "the next customer";
    checkout.set_member("88000001");
    EXPECT_EQ(customer(), "张敏 139****1112 71") << "before the server has heard of it";
    auto printed = find_receipt(shop.station().reader(), receipt.number);
    ASSERT_TRUE(printed && printed->member);
    EXPECT_EQ(printed->member->number + " " + std::to_string(printed->member->points),
              "****0001 71");
}

TEST_F(CheckoutMembersTest, GoesWithHisBasketWhereverItIsHeld) {
    checkout.set_member("88000001");
    checkout.scan(noodles_code);
    const std::string hold = checkout.hold().detail;
    EXPECT_EQ(customer(), "");
    EXPECT_EQ(checkout.resume(hold).error, "");
    EXPECT_EQ(customer(), "张敏 139****1112 57");
}

// SALE-16
TEST_F(CheckoutMembersTest, TheShopSaysWhatAPointCosts) {
    for (const auto& [setting, earned] : {std::pair{"1000", 1}, {"0", 0}, {"ten", 14}}) {
        shop.put(sync::Setting{"fen_per_point", setting});
        checkout.set_member("88000001");
        checkout.scan(noodles_code);
        checkout.pay_cash(2'000);
        EXPECT_EQ(checkout.last_receipt()->points_earned, earned) << setting;
    }
}

}  // namespace
}  // namespace fangxin::terminal
