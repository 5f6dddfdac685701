// The basket: lines, merging, quantities, and what stops payment.
#include "domain/basket.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::domain {
namespace {

Line milk(std::int64_t quantity = 1) {
    Line line;
    line.code = "06901234567892";
    line.item = "milk";
    line.quantity = quantity;
    line.unit_price_fen = 650;
    return line;
}

Line apples(std::int64_t net_mg) {
    Line line;
    line.item = "apples";
    line.unit = Unit::kg;
    line.net_mg = net_mg;
    line.unit_price_fen = 999;
    line.weighing = Weighing{.instrument = "S1", .frame_hex = "02", .status = "stable"};
    return line;
}

Verdict verdict(VerdictKind kind, std::vector<Reason> reasons = {}) {
    Verdict result;
    result.kind = kind;
    result.reasons = std::move(reasons);
    return result;
}

/// `1:milk×2=1300 2:apples×1=500! total 1800`, `!` for a blocked line.
std::string print(const Basket& basket) {
    std::string text;
    for (const Line& line : basket.lines) {
        text += fmt::format("{}:{}×{}={}{} ", line.number, line.item, line.quantity,
                            line.amount_fen, line.blocked ? "!" : "");
    }
    return text + fmt::format("total {}", total_fen(basket));
}

std::string refusal(const Basket& basket) {
    auto why = pay_refusal(basket);
    return why ? std::string(to_text(*why)) : "pays";
}

// SALE-3
TEST(Basket, TheSamePieceTwiceIsOneLineOfTwo) {
    Basket basket;
    EXPECT_EQ(add(basket, milk()), 1);
    EXPECT_EQ(add(basket, milk(3)), 1);
    EXPECT_EQ(print(basket), "1:milk×4=2600 total 2600");
}

// SALE-3
TEST(Basket, WhatDiffersInCodePriceOrEvidenceIsALineOfItsOwn) {
    Basket basket;
    Line other_code = milk(), other_price = milk(), other_lot = milk(), read = milk();
    other_code.code = "case";
    other_price.unit_price_fen = 600;
    other_lot.evidence.identity.lot = "L1";
    read.evidence.identity.lot = "L1";
    read.evidence.read_by_person = true;
    for (const Line& line : {milk(), other_code, other_price, other_lot, read}) {
        ASSERT_TRUE(add(basket, line));
    }
    EXPECT_EQ(print(basket),
              "1:milk×1=650 2:milk×1=650 3:milk×1=600 4:milk×1=650 5:milk×1=650 "
              "total 3200");
}

// SALE-3
TEST(Basket, EachWeighingIsALineOfItsOwn) {
    Basket basket;
    ASSERT_TRUE(add(basket, apples(500'000)));
    ASSERT_TRUE(add(basket, apples(500'000)));
    EXPECT_EQ(print(basket), "1:apples×1=500 2:apples×1=500 total 1000");
}

// SALE-14
TEST(Basket, ALabelsAmountWinsAndIsNeverRecomputed) {
    Basket basket;
    Line label = apples(500'000);
    label.weighing.reset();
    label.label_amount = true;
    label.amount_fen = 498;
    ASSERT_TRUE(add(basket, label));
    label.net_mg = 0;  // a label that says the amount alone
    ASSERT_TRUE(add(basket, label));
    EXPECT_EQ(print(basket), "1:apples×1=498 2:apples×1=498 total 996");
    EXPECT_EQ(set_quantity(basket, {2, 2}).error(), BasketRefusal::not_by_piece);
}

// SALE-3
TEST(Basket, AQuantityIsSetBetweenOneAndMost) {
    Basket basket;
    ASSERT_TRUE(add(basket, milk()));
    EXPECT_TRUE(set_quantity(basket, {1, 9'999}));
    EXPECT_EQ(print(basket), "1:milk×9999=6499350 total 6499350");
    for (std::int64_t quantity : {-1, 0, 10'000}) {
        EXPECT_EQ(set_quantity(basket, {1, quantity}).error(),
                  BasketRefusal::quantity_out_of_range);
    }
    EXPECT_EQ(add(basket, milk()).error(), BasketRefusal::quantity_out_of_range);
    EXPECT_EQ(set_quantity(basket, {7, 2}).error(), BasketRefusal::no_such_line);
    EXPECT_EQ(print(basket), "1:milk×9999=6499350 total 6499350");
}

// SALE-3
TEST(Basket, AnAmountBeyondReasonIsRefusedAndChangesNothing) {
    Basket basket;
    Line gold = milk();
    gold.unit_price_fen = 5'000'000'000;
    ASSERT_TRUE(add(basket, gold));
    EXPECT_EQ(set_quantity(basket, {1, 3}).error(), BasketRefusal::amount_out_of_range);
    EXPECT_EQ(print(basket), "1:milk×1=5000000000 total 5000000000");
    gold.unit_price_fen = -1;
    EXPECT_EQ(add(basket, gold).error(), BasketRefusal::amount_out_of_range);
}

// SALE-3
TEST(Basket, ANumberIsNeverUsedAgain) {
    Basket basket;
    ASSERT_TRUE(add(basket, milk()));
    ASSERT_TRUE(add(basket, apples(500'000)));
    EXPECT_TRUE(void_line(basket, 2));
    EXPECT_EQ(void_line(basket, 2).error(), BasketRefusal::no_such_line);
    EXPECT_EQ(add(basket, apples(500'000)), 3);
    EXPECT_EQ(print(basket), "1:milk×1=650 3:apples×1=500 total 1150");
}

// SALE-4
TEST(Basket, AChangedQuantityWaitsForItsPromotionsAgain) {
    Basket basket;
    ASSERT_TRUE(add(basket, milk(2)));
    basket.lines[0].saved_fen = 300;
    basket.lines[0].amount_fen = 1'000;
    EXPECT_EQ(saved_fen(basket), 300);
    ASSERT_TRUE(set_quantity(basket, {1, 3}));
    EXPECT_EQ(print(basket), "1:milk×3=1950 total 1950");
    EXPECT_EQ(saved_fen(basket), 0);
}

// SAFE-2
TEST(Basket, OnlyWhatMayBeSoldBecomesALine) {
    Basket basket;
    for (auto kind : {VerdictKind::verify, VerdictKind::block, VerdictKind::unknown}) {
        Line line = milk();
        take_verdict(line, verdict(kind));
        EXPECT_EQ(add(basket, line).error(), BasketRefusal::verdict_forbids);
    }
    EXPECT_EQ(print(basket), "total 0");
}

// SAFE-6
TEST(Basket, ABlockedLineStaysAndStopsPaymentUntilItIsVoided) {
    Basket basket;
    ASSERT_TRUE(add(basket, milk()));
    ASSERT_TRUE(add(basket, apples(500'000)));
    take_verdict(basket.lines[0], verdict(VerdictKind::block, {Reason::recalled}));
    EXPECT_EQ(print(basket), "1:milk×1=650! 2:apples×1=500 total 1150");
    EXPECT_EQ(refusal(basket), "line_blocked");
    EXPECT_EQ(set_quantity(basket, {1, 2}).error(), BasketRefusal::already_blocked);
    EXPECT_EQ(add(basket, milk()), 3);  // a good pack joins no red line
    EXPECT_TRUE(void_line(basket, 1));
    EXPECT_EQ(refusal(basket), "pays");
}

// SAFE-6
TEST(Basket, ALineWhoseBlockWasLiftedPaysAgain) {
    Basket basket;
    ASSERT_TRUE(add(basket, milk()));
    take_verdict(basket.lines[0], verdict(VerdictKind::block, {Reason::quarantined}));
    take_verdict(basket.lines[0], verdict(VerdictKind::allow));
    EXPECT_EQ(refusal(basket), "pays");
}

// SAFE-2
TEST(Basket, ALineThatMustBeVerifiedStopsPaymentUntilItIsAnswered) {
    Basket basket;
    ASSERT_TRUE(add(basket, milk()));
    take_verdict(basket.lines[0], verdict(VerdictKind::verify));
    EXPECT_EQ(refusal(basket), "line_verify");
    PackEvidence read{.identity = {.lot = "L1"}, .read_by_person = true};
    Verdict good = verdict(VerdictKind::allow);
    good.batch = "A";
    good.basis = BatchBasis::read;
    EXPECT_TRUE(answer_verify(basket, 1, read, good));
    EXPECT_EQ(refusal(basket), "pays");
    EXPECT_EQ(basket.lines[0].batch + basket.lines[0].evidence.identity.lot, "AL1");
}

// SALE-3
TEST(Basket, AnEmptyOneDoesNotPay) {
    Basket basket;
    EXPECT_EQ(refusal(basket), "basket_empty");
    EXPECT_FALSE(can_pay(basket));
}

// SAFE-2
TEST(Basket, AsksAgeOnce) {
    Basket basket;
    Line spirits = milk();
    take_verdict(spirits, verdict(VerdictKind::warn, {Reason::near_expiry, Reason::age_check}));
    ASSERT_TRUE(add(basket, spirits));
    take_verdict(spirits, verdict(VerdictKind::warn, {Reason::age_check}));
    spirits.item = "tobacco";
    ASSERT_TRUE(add(basket, spirits));
    EXPECT_EQ(refusal(basket), "age_check");
    confirm_age(basket);
    EXPECT_EQ(refusal(basket), "pays");
    EXPECT_EQ(basket.lines[0].reasons, std::vector{Reason::near_expiry});
    EXPECT_EQ(basket.lines[1].verdict, VerdictKind::allow);
}

// SAFE-2
TEST(Basket, AMergedLineBearsTheLatestVerdict) {
    Basket basket;
    ASSERT_TRUE(add(basket, milk()));
    Line later = milk();
    take_verdict(later, verdict(VerdictKind::warn, {Reason::near_expiry}));
    ASSERT_TRUE(add(basket, later));
    EXPECT_EQ(basket.lines[0].quantity, 2);
    EXPECT_EQ(basket.lines[0].reasons, std::vector{Reason::near_expiry});
}

}  // namespace
}  // namespace fangxin::domain
