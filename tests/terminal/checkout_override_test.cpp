// Another price for a line, by a person (SALE-3, rules 8).
#include "terminal/checkout/basket_text.hpp"
#include "terminal/checkout/checkout.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using tests::CheckoutShop;
using tests::noodles_code;
using tests::pin;

class CheckoutOverrideTest : public ::testing::Test {
  protected:
    CheckoutOverrideTest() {
        EXPECT_TRUE(shop.station().login("1001", pin));
        checkout.scan(noodles_code);  // 14.94
    }
    std::string price(std::int64_t fen, const char* approver = nullptr) {
        std::optional<domain::Person> second;
        if (approver) second = shop.station().shop().person(approver);
        return checkout.override_price({.line = 1, .unit_price_fen = fen, .reason = "dent"}, second)
            .error;
    }
    const domain::Line& line() const { return checkout.basket().lines.front(); }

    CheckoutShop shop;
    Checkout checkout{shop.station(), Paper{}};
};

// SALE-3, ACCT-2: up to ten in a hundred and five yuan alone, more with a second person.
TEST_F(CheckoutOverrideTest, AskForASecondPersonWhereTheyAreLarge) {
    EXPECT_EQ(price(1'350), "");
    EXPECT_EQ(line().amount_fen, 1'350);
    EXPECT_EQ(price(1'200), "needs_second_person");
    EXPECT_EQ(line().amount_fen, 1'350) << "as it was";
    EXPECT_EQ(price(1'200, "1001"), "not_allowed") << "nobody approves himself";
    EXPECT_EQ(price(1'200, "1101"), "");
    EXPECT_EQ(fmt::format("{} {} {} {}", line().amount_fen, *line().list_price_fen,
                          line().price_reason, line().price_approved_by),
              "1200 1494 dent 1101");
}

// SALE-3: small steps make no large change of small ones.
TEST_F(CheckoutOverrideTest, AreMeasuredByTheShopsPriceHoweverOftenTheyAreGiven) {
    EXPECT_EQ(price(1'350), "");
    EXPECT_EQ(price(1'220), "needs_second_person");
    checkout.set_quantity(1, 4);
    EXPECT_EQ(line().amount_fen, 4 * 1'350);
    EXPECT_EQ(price(1'349), "needs_second_person") << "more than five yuan of the whole line";
}

// SALE-4: it has no part in promotions any more, and says what was before and why.
TEST_F(CheckoutOverrideTest, StandsOnTheSaleAndOutsidePromotions) {
    shop.put(domain::Promotion{
        .id = "P1", .kind = "time_price", .items = "noodles", .amount_fen = 1'400});
    checkout.on_rows();
    EXPECT_EQ(line().amount_fen, 1'400);
    EXPECT_EQ(price(1'450), "");
    EXPECT_EQ(line().amount_fen, 1'450);
    EXPECT_EQ(checkout.scan(noodles_code).line, 2) << "the next one costs what the shop asks";
    const sync::SaleLine sold = sale_line(line());
    EXPECT_EQ(fmt::format("{} {} {}", *sold.list_price_fen, sold.unit_price_fen, sold.price_reason),
              "1494 1450 dent");
}

TEST_F(CheckoutOverrideTest, NeedAReasonAPriceAndALine) {
    EXPECT_EQ(checkout.override_price({.line = 1, .unit_price_fen = 1'400}, {}).error,
              "reason_missing");
    EXPECT_EQ(price(0), "amount_out_of_range");
    EXPECT_EQ(price(-1), "amount_out_of_range");
    EXPECT_EQ(checkout.override_price({.line = 7, .unit_price_fen = 1, .reason = "x"}, {}).error,
              "no_such_line");
    checkout.scan("2001011008610");
    EXPECT_EQ(price(std::int64_t{1} << 60), "amount_out_of_range");
}

}  // namespace
}  // namespace fangxin::terminal
