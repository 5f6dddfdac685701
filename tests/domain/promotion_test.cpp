#include "domain/promotion.hpp"

#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

Promotion evening() {
    return {.id = "P1", .kind = "time_price", .items = "100", .amount_fen = 790};
}

std::string fault(const Promotion& promotion) {
    auto read = read_promotion(promotion);
    return read ? "" : read.error().detail.substr(0, read.error().detail.find(':'));
}

StoreTime at(const char* instant) { return *parse_instant(instant); }

TEST(Promotion, WhatMakesNoSenseIsNamedByItsColumn) {
    EXPECT_EQ(fault(evening()), "");
    const auto with = [](auto change) {
        Promotion promotion = evening();
        change(promotion);
        return fault(promotion);
    };
    EXPECT_EQ(with([](Promotion& p) { p.kind = "lottery"; }), "kind");
    EXPECT_EQ(with([](Promotion& p) { p.days = "1;8"; }), "days");
    EXPECT_EQ(with([](Promotion& p) { p.days = "0"; }), "days");
    EXPECT_EQ(with([](Promotion& p) { p.hours = "18:00"; }), "hours");
    EXPECT_EQ(with([](Promotion& p) { p.hours = "18:00-25:00"; }), "hours");
    EXPECT_EQ(with([](Promotion& p) { p.hours = "18:00-18:00"; }), "hours");
    EXPECT_EQ(with([](Promotion& p) { p.percent = 10; }), "amount_fen");
    EXPECT_EQ(with([](Promotion& p) { p.amount_fen = -1; }), "amount_fen");
    EXPECT_EQ(with([](Promotion& p) { p.limit = 0; }), "limit");
    EXPECT_EQ(with([](Promotion& p) { p.kind = "nth_discount"; }), "buy");
    EXPECT_EQ(with([](Promotion& p) { p.kind = "buy_n_get_m"; }), "buy");
    EXPECT_EQ(with([](Promotion& p) { p.kind = "mix_and_match"; }), "buy");
    EXPECT_EQ(with([](Promotion& p) { p.kind = "bundle"; }), "items");
    EXPECT_EQ(with([](Promotion& p) { p.kind = "spend_and_save"; }), "threshold_fen");
}

TEST(Promotion, AThresholdIsNeverLessThanWhatItTakesOff) {
    Promotion promotion{.kind = "spend_and_save", .amount_fen = 1001, .threshold_fen = 1000};
    EXPECT_EQ(fault(promotion), "amount_fen");
    promotion.amount_fen = 1000;
    EXPECT_EQ(fault(promotion), "");
}

TEST(Promotion, IsLiveFromItsFirstDayToItsLast) {
    Promotion promotion = evening();
    promotion.from = parse_date("2026-11-27");
    promotion.until = parse_date("2026-11-28");
    const PriceRule rule = *read_promotion(promotion);
    EXPECT_FALSE(is_live(rule, at("2026-11-26T23:59:59+08:00")));
    EXPECT_TRUE(is_live(rule, at("2026-11-27T00:00:00+08:00")));
    EXPECT_TRUE(is_live(rule, at("2026-11-28T23:59:59+08:00")));
    EXPECT_FALSE(is_live(rule, at("2026-11-29T00:00:00+08:00")));
}

TEST(Promotion, IsLiveInItsHoursOfItsDays) {
    Promotion promotion = evening();
    promotion.days = "6;7";
    promotion.hours = "08:00-10:00; 18:00-21:00";
    const PriceRule rule = *read_promotion(promotion);
    EXPECT_FALSE(is_live(rule, at("2026-11-28T17:59:59+08:00")));  // a Saturday
    EXPECT_TRUE(is_live(rule, at("2026-11-28T18:00:00+08:00")));
    EXPECT_FALSE(is_live(rule, at("2026-11-28T21:00:00+08:00")));
    EXPECT_TRUE(is_live(rule, at("2026-11-29T09:59:59+08:00")));
    EXPECT_FALSE(is_live(rule, at("2026-11-30T09:00:00+08:00")));
}

TEST(Promotion, WhatBeganInTheEveningIsOfThatDayUntilItEnds) {
    Promotion promotion = evening();
    promotion.until = parse_date("2026-11-28");
    promotion.days = "6";
    promotion.hours = "22:00-02:00";
    const PriceRule rule = *read_promotion(promotion);
    EXPECT_FALSE(is_live(rule, at("2026-11-28T01:00:00+08:00")));
    EXPECT_TRUE(is_live(rule, at("2026-11-28T22:00:00+08:00")));
    EXPECT_TRUE(is_live(rule, at("2026-11-29T01:59:59+08:00")));
    EXPECT_FALSE(is_live(rule, at("2026-11-29T02:00:00+08:00")));
    EXPECT_FALSE(is_live(rule, at("2026-11-29T22:00:00+08:00")));
}

TEST(Promotion, PercentRoundsHalfUp) {
    EXPECT_EQ(less_percent(499, 50), 250);
    EXPECT_EQ(less_percent(333, 10), 300);
    EXPECT_EQ(less_percent(1, 100), 0);
}

}  // namespace
}  // namespace fangxin::domain
