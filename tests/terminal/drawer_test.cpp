// Shifts at a till's drawer (SALE-8, SALE-19): from the float to the blind count.
#include "terminal/checkout/drawer.hpp"

#include "sync/terminal_journal.hpp"
#include "terminal/checkout/checkout.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using tests::CheckoutShop;
using tests::noodles_code;
using tests::pin;

class DrawerTest : public ::testing::Test {
  protected:
    DrawerTest() { login("1001"); }

    void login(const std::string& person) {
        shop.station().logout("test");
        EXPECT_TRUE(shop.station().login(person, pin));
    }
    domain::Person lead() { return *shop.station().shop().person("1101"); }
    void sell(std::int64_t tendered_fen) {
        EXPECT_EQ(checkout.scan(noodles_code).error, "");
        EXPECT_EQ(checkout.pay_cash(tendered_fen).error, "");
    }
    Result<ShiftEnd> count(std::int64_t fen, const Drawer::Second& second = {}) {
        return drawer.close({.shift = {}, .counts = {}, .counted_fen = fen}, second, {});
    }
    static std::string code_of(const auto& result) { return result ? "ok" : result.error().code; }

    CheckoutShop shop;
    Checkout checkout{shop.station(), Paper{}};
    Drawer& drawer = checkout.drawer();
};

// SALE-8
TEST_F(DrawerTest, WhatHasToBeInTheDrawerIsFloatAndSalesAndWhatWasMoved) {
    EXPECT_EQ(code_of(drawer.open(30'000)), "ok");
    sell(2'000);  // 14.94, of which 0.04 are forgiven and 5.10 given back
    sell(1'490);
    EXPECT_EQ(code_of(drawer.move({"paid_out", 500, "胶带"}, lead())), "ok");
    EXPECT_EQ(code_of(drawer.move({"drop", 1'000, "缴款"}, lead())), "ok");
    EXPECT_EQ(code_of(drawer.move({"paid_in", 200, "换零"}, lead())), "ok");
    auto now = drawer.now();
    ASSERT_TRUE(now);
    EXPECT_TRUE(now->sums.adds_up());
    EXPECT_EQ(domain::expected_cash(now->sums, now->shift.float_fen),
              30'000 + 2 * 1'490 - 500 - 1'000 + 200);
}

// SALE-19: it compares lines with tenders over a gapless range of this till's log.
TEST_F(DrawerTest, ClosingCountsOverTheLogUpToItself) {
    auto opened = drawer.open(0);
    sell(1'500);
    auto end = count(1'490);
    ASSERT_TRUE(end) << end.error().code;
    EXPECT_EQ(fmt::format("{} {} {} {}", end->difference_fen, end->closed.sales,
                          end->closed.lines_fen, end->closed.rounding_fen),
              "0 1 1494 4");
    const sync::LogState next = sync::next_op(shop.station().reader());
    EXPECT_EQ(end->closed.to_seq, next.last_seq - 2) << "the count is the very next op";
    EXPECT_EQ(end->closed.head, sync::op_hash(shop.station().reader(), 1, end->closed.to_seq));
    EXPECT_FALSE(drawer.shift());
    EXPECT_EQ(shop.station().shop().shift(opened->id)->sales_fen, 1'490);
}

// SALE-19: a sale belongs to its shift by id; who forgot to open one loses nothing.
TEST_F(DrawerTest, TheFirstSaleOpensAShiftForWhoHasNone) {
    sell(1'500);
    auto shift = drawer.shift();
    ASSERT_TRUE(shift);
    EXPECT_EQ(fmt::format("{} {}", shift->person, shift->float_fen), "1001 0");
    sell(1'500);
    EXPECT_EQ(drawer.now()->sums.sales, 2);
    EXPECT_EQ(code_of(drawer.open(100)), "shift_is_open");
}

// SALE-8: the drawer is a person's; another one's sales are counted for him.
TEST_F(DrawerTest, EachPersonHasHisOwnShift) {
    sell(1'500);
    login("1601");
    sell(1'500);
    sell(1'500);
    EXPECT_EQ(drawer.now()->sums.sales, 2);
    EXPECT_EQ(drawer.open_here().size(), 2U);
    login("1001");
    EXPECT_EQ(drawer.now()->sums.sales, 1);
}

// SALE-19: a difference above a set amount asks for the shift lead; closing still succeeds.
TEST_F(DrawerTest, ALargeDifferenceAsksForTheShiftLeadAndIsClosedWithoutHimToo) {
    sell(1'500);
    EXPECT_EQ(code_of(count(2'491)), "needs_second_person");
    EXPECT_EQ(code_of(count(2'490)), "ok") << "up to the amount";
    sell(1'500);
    auto looked_at = count(0, lead());
    ASSERT_TRUE(looked_at);
    EXPECT_EQ(fmt::format("{} {}", looked_at->difference_fen, looked_at->closed.approved_by),
              "-1490 1101");
    sell(1'500);
    EXPECT_EQ(code_of(drawer.close({.counts = {}, .counted_fen = 0, .alone = true}, {}, {})), "ok");
    shop.put(sync::Setting{"cash_difference_fen", "0"});
    sell(1'500);
    EXPECT_EQ(code_of(count(1'491)), "needs_second_person") << "the shop says another amount";
}

TEST_F(DrawerTest, IsCountedByNotesAndCoins) {
    sell(1'500);
    const std::vector<sync::CashCount> odd{{300, 1}};
    EXPECT_EQ(code_of(drawer.close({.shift = {}, .counts = odd}, {}, {})), "amount_out_of_range");
    const std::vector<sync::CashCount> notes{{1'000, 1}, {100, 4}, {10, 9}};
    auto end = drawer.close({.shift = {}, .counts = notes}, {}, {});
    ASSERT_TRUE(end);
    EXPECT_EQ(end->closed.counted_fen, 1'490);
}

// SALE-8, rules 8: who may close another's shift, and who may not.
TEST_F(DrawerTest, AnothersShiftIsClosedByTheShiftLead) {
    sell(1'500);
    const std::string id = drawer.shift()->id;
    login("1601");
    auto end = drawer.close({.shift = id, .counts = {}, .counted_fen = 1'490}, {}, {});
    ASSERT_TRUE(end) << end.error().code;
    EXPECT_EQ(shop.station().shop().shift(id)->closed_by, "1601");
    login("1001");
    EXPECT_FALSE(drawer.shift()) << "closed by another";
    sell(1'500);
    EXPECT_NE(drawer.shift()->id, id) << "and he sells on, in a new one";
    EXPECT_EQ(code_of(drawer.close({.shift = id, .counts = {}}, {}, {})), "no_shift");
}

// SALE-8: what a cashier needs a second person for (rules 8).
TEST_F(DrawerTest, OpensWithoutASaleOnlyForTwo) {
    sell(1'500);
    EXPECT_EQ(code_of(drawer.open_drawer("换零钱", {})), "needs_second_person");
    EXPECT_EQ(code_of(drawer.open_drawer("", lead())), "reason_missing");
    EXPECT_EQ(code_of(drawer.open_drawer("换零钱", lead())), "ok");
    EXPECT_EQ(code_of(drawer.move({"paid_out", 0, "x"}, lead())), "amount_out_of_range");
    EXPECT_EQ(code_of(drawer.move({"gift", 100, "x"}, lead())), "bad_value");
    EXPECT_EQ(drawer.now()->sums.drawer_openings, 1);
}

// SALE-18
TEST_F(DrawerTest, TheDayEndsWhenAllShiftsHave) {
    sell(1'500);
    login("1601");
    EXPECT_EQ(code_of(drawer.close_day()), "shifts_open");
    login("1001");
    EXPECT_EQ(code_of(drawer.close_day()), "not_allowed");
    EXPECT_TRUE(count(1'490));
    const std::string today = drawer.business_day();
    login("1601");
    auto closed = drawer.close_day();
    ASSERT_TRUE(closed);
    EXPECT_EQ(fmt::format("{} {} {}", closed->day, closed->shifts, closed->sales_fen),
              today + " 1 1490");
    EXPECT_NE(drawer.business_day(), today) << "whoever sells on sells for the next day";
    EXPECT_EQ(code_of(drawer.close_day()), "nothing_to_close");
}

TEST_F(DrawerTest, AShiftOutlastsAPowerCut) {
    EXPECT_TRUE(drawer.open(5'000));
    sell(1'500);
    const std::string id = drawer.shift()->id;
    shop.restart();
    EXPECT_TRUE(shop.station().login("1001", pin));
    Checkout after{shop.station(), Paper{}};
    EXPECT_EQ(after.drawer().shift()->id, id);
    EXPECT_EQ(after.drawer().now()->sums.sales, 1);
}

}  // namespace
}  // namespace fangxin::terminal
