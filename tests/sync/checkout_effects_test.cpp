// What sales, returns, shifts and payments leave in the shop's rows.
#include "sync/server/commands.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

struct CheckoutEffects : ::testing::Test {
    CheckoutEffects() {
        store.put(domain::Person{
            .number = "1001", .name = "李", .role = domain::Role::cashier, .pin_verifier = {}});
    }
    template <class Op>
    void happens(const Op& op) {
        const auto number = till.append(op);
        store.take(till.frame_from(number.last_seq));
    }
    std::string status() {
        return store.one("SELECT status || ' ' || why FROM ops ORDER BY came DESC, seq DESC");
    }

    Store store;
    Till till;
};

Sale sale_at(std::string receipt, std::int64_t fen) {
    Sale sale = sale_of(fen);
    sale.receipt = std::move(receipt);
    sale.tenders = {{.kind = "cash", .amount_fen = fen}};
    return sale;
}

// SALE-16
TEST_F(CheckoutEffects, PointsAreASumAtTheServerAndAtOnceAtTheTill) {
    Sale sale = sale_at("FX1", 1'200);
    sale.member = "M1";
    sale.points_earned = 12;
    till.append(sale);
    EXPECT_EQ(till.shop().member_account("M1")->points, 12) << "before it is sent";
    store.take(till.frame_from(1));
    sale.receipt = "FX2";
    sale.points_earned = -5;
    happens(sale);
    EXPECT_EQ(store.shop().member_account("M1")->points, 7);
}

// SALE-5: the same voucher at two tills that were apart: found here, named, the second flagged.
TEST_F(CheckoutEffects, AVoucherThatIsUsedTwiceIsToldOfTheSecondTime) {
    Sale sale = sale_at("FX1", 500);
    sale.tenders = {{.kind = "voucher", .amount_fen = 500, .reference = "V7"}};
    happens(sale);
    EXPECT_EQ(status(), "applied ");
    sale.receipt = "FX2";
    happens(sale);
    EXPECT_EQ(status(), "flagged voucher V7 was used for FX1 at till-1");
    EXPECT_EQ(store.shop().voucher_use("V7")->receipt, "FX1");
    EXPECT_EQ(store.one("SELECT count(*) FROM sales"), "2") << "it happened";
}

// SALE-12: what can still be returned is tracked per line; the original stays as it was.
TEST_F(CheckoutEffects, WhatComesBackIsCountedAtItsLine) {
    happens(sale_at("FX1", 1'000));
    const std::string before = store.one("SELECT body FROM ops WHERE seq = 1");
    Sale back{.receipt = "FX2", .total_fen = -300};
    back.returns = {{.receipt = "FX1",
                     .line = 1,
                     .item = "milk",
                     .quantity = 1,
                     .amount_fen = -300,
                     .batch = lot_1,
                     .to = "shelf"}};
    back.tenders = {{.kind = "cash", .amount_fen = -300}};
    happens(back);
    const auto returned = store.shop().returned_of("FX1");
    ASSERT_EQ(returned.size(), 1U);
    EXPECT_EQ(fmt::format("{} {} {}", returned[0].line, returned[0].units, returned[0].amount_fen),
              "1 1 -300");
    EXPECT_EQ(store.one("SELECT body FROM ops WHERE seq = 1"), before);
    EXPECT_EQ(store.one("SELECT sum(amount_fen) FROM sale_lines"), "700");
    EXPECT_EQ(store.one("SELECT sum(amount_fen) FROM sale_tenders"), "700");
}

// SALE-19
TEST_F(CheckoutEffects, AShiftIsOpenUntilItsCountComes) {
    till.append(ShiftOpened{"S1", "2026-11-23", 30'000});
    ShiftClosed closed{.shift = "S1", .z = 4};
    closed.lines_fen = 900;
    closed.rounding_fen = 7;
    closed.counted_fen = 30'893;
    till.append(closed);
    store.take(till.frame_from(1));
    const auto shift = store.shop().shift("S1");
    ASSERT_TRUE(shift);
    EXPECT_EQ(
        fmt::format("{} {} {} {}", shift->person, shift->z, shift->sales_fen, shift->counted_fen),
        "1001 4 893 30893");
    EXPECT_TRUE(store.shop().open_shifts().empty());
}

// SALE-19: the first count stands, whoever counts again.
TEST_F(CheckoutEffects, AShiftIsCountedOnce) {
    till.append(ShiftOpened{"S1", "2026-11-23", 0});
    ShiftClosed closed{.shift = "S1", .z = 4};
    closed.counted_fen = 900;
    till.append(closed);
    store.take(till.frame_from(1));
    closed.counted_fen = 1;
    happens(closed);
    EXPECT_EQ(status(), "flagged S1 was closed already");
    EXPECT_EQ(store.shop().shift("S1")->counted_fen, 900);
}

// SALE-18: a till that was away brings a shift of a day that was closed without it.
TEST_F(CheckoutEffects, AShiftOfAClosedDayIsAddedToItAndTold) {
    store.put(domain::Person{
        .number = "1001", .name = "李", .role = domain::Role::manager, .pin_verifier = {}});
    happens(DayClosed{"2026-11-23", 2, 900});
    happens(ShiftOpened{"S1", "2026-11-23", 0});
    ShiftClosed closed{.shift = "S1", .z = 4};
    closed.lines_fen = 100;
    happens(closed);
    EXPECT_EQ(status(), "flagged 2026-11-23 was closed without this shift");
    const auto day = store.shop().business_day("2026-11-23");
    EXPECT_EQ(fmt::format("{} {}", day->shifts, day->sales_fen), "3 1000");
}

// SYNC-1: a sum above what a frame may carry cut every till off from the server's rows for good.
TEST_F(CheckoutEffects, SumsStayBelowWhatCanBeSent) {
    Sale sale = sale_at("FX1", 1);
    sale.member = "M1";
    sale.points_earned = json_integer_limit - 1;
    happens(sale);
    sale.receipt = "FX2";
    happens(sale);
    EXPECT_EQ(store.shop().member_account("M1")->points, json_integer_limit - 1);
}

// SALE-13: until it is known what became of a payment, it is unknown.
TEST_F(CheckoutEffects, APaymentIsUnknownUntilItIsKnown) {
    happens(PaymentBegun{"O1", "wechat", 1'000});
    ASSERT_EQ(store.shop().unknown_payments().size(), 1U);
    happens(PaymentEnded{"O1", "paid", "4200001"});
    Sale sale = sale_at("FX1", 1'000);
    sale.tenders = {{.kind = "wechat", .amount_fen = 1'000, .order = "O1"}};
    happens(sale);
    EXPECT_TRUE(store.shop().unknown_payments().empty());
    const auto payment = store.shop().payment("O1");
    EXPECT_EQ(payment->state + " " + payment->reference + " " + payment->receipt,
              "paid 4200001 FX1");
}

// SALE-4, rules 5: labels printed are counted, sales above the count are flagged.
TEST_F(CheckoutEffects, MoreSoldAtAMarkdownThanLabelsWerePrintedIsFlagged) {
    happens(BatchMarkedDown{lot_1, "milk", 250, 1, "near its end", "1601"});
    Sale sale = sale_at("FX1", 250);
    sale.lines[0].markdown = lot_1;
    sale.lines[0].quantity = 1;
    happens(sale);
    EXPECT_EQ(status(), "applied ");
    sale.receipt = "FX2";
    happens(sale);
    EXPECT_EQ(status().substr(0, 12), "flagged 2 of");
}

// SALE-18
TEST_F(CheckoutEffects, ADayEndsOnce) {
    store.put(domain::Person{
        .number = "1001", .name = "李", .role = domain::Role::manager, .pin_verifier = {}});
    happens(DayClosed{"2026-11-23", 2, 900});
    happens(DayClosed{"2026-11-23", 3, 950});
    EXPECT_EQ(status(), "flagged 2026-11-23 was closed already");
    EXPECT_EQ(store.shop().business_day("2026-11-23")->shifts, 2);
}

// SYNC-2: all of it follows from the ops.
TEST_F(CheckoutEffects, ARebuildComesToTheSame) {
    Sale sale = sale_at("FX1", 1'200);
    sale.member = "M1";
    sale.points_earned = 12;
    auto emptied = store.db.transaction([&]() -> Result<void> {
        store.db.execute("DELETE FROM batches");  // which no op made
        return {};
    });
    ASSERT_TRUE(emptied);
    happens(sale);
    happens(ShiftOpened{"S1", "2026-11-23", 0});
    happens(PaymentBegun{"O1", "wechat", 1'000});
    std::string last;
    auto done = run_command(store.db, {{"command", "rebuild"}, {"check", true}},
                            [&](const json::object& answer) { last = json::serialize(answer); });
    ASSERT_TRUE(done);
    EXPECT_NE(last.find("\"differ\":0"), std::string::npos) << last;
}

}  // namespace
}  // namespace fangxin::sync::testing
