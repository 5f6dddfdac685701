#include "terminal/screens/verify_model.hpp"

#include "tests/support/till_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);

std::string answer(const std::optional<Effect>& effect) {
    if (!effect) return "nothing";
    if (std::holds_alternative<effect::CannotRead>(*effect)) return "cannot read";
    const auto& given = std::get<effect::AnswerVerify>(*effect);
    return fmt::format("date '{}' lot '{}'", given.date, given.lot);
}

std::string keyed(const std::string& digits) {
    const VerifyFacts facts = till_facts::which_date(2);
    VerifyState state;
    update(state, facts, verify::Other{});
    for (const char digit : digits)
        update(state, facts, verify::PadKey{std::string(1, digit)});
    const bool can = present(state, facts, zh).can_confirm;
    return fmt::format("{} {}", can, answer(update(state, facts, verify::Confirm{})));
}

// SAFE-2: the question names the kind of date that the category prints, batches in date order.
TEST(VerifyModel, AsksForTheDateThatIsPrinted) {
    VerifyFacts facts = till_facts::which_date(2);
    VerifyView view = present({}, facts, zh);
    EXPECT_EQ(fmt::format("{} | {} | {} {} | {} {}", view.title, view.kind, view.choices[0].date,
                          view.choices[0].lot, view.choices[1].date, view.choices[1].lot),
              "包装上是哪个日期？ | 看包装上印的生产日期 | 2026-11-21 批号 L1118 | "
              "2026-11-22 批号 L1119");
    facts.date_printed = domain::DatePrinted::expiry;
    EXPECT_EQ(present({}, facts, zh).kind, "看包装上印的保质期至");
}

TEST(VerifyModel, SaysWhyItAsks) {
    VerifyFacts facts = till_facts::which_date(2);
    EXPECT_EQ(present({}, facts, zh).why, "有批次已召回");
    facts.why.clear();
    EXPECT_EQ(present({}, facts, zh).why, "");
}

TEST(VerifyModel, APickAnswersWithDateAndLot) {
    VerifyState state;
    const VerifyFacts facts = till_facts::which_date(12);
    EXPECT_EQ(answer(update(state, facts, verify::Pick{8})), "date '2026-11-19' lot 'L1116'");
    update(state, facts, verify::MoreChoices{});
    EXPECT_EQ(answer(update(state, facts, verify::Pick{0})), "date '2026-11-20' lot 'L1117'");
    EXPECT_EQ(answer(update(state, facts, verify::Pick{5})), "nothing");
}

TEST(VerifyModel, AnotherDateIsFourDigitsOfADayThatExists) {
    EXPECT_EQ(keyed("11"), "false nothing");
    EXPECT_EQ(keyed("1131"), "false nothing");
    EXPECT_EQ(keyed("11209"), "true date '1120' lot ''");
}

// SAFE-2: while the lot is asked, only packs of the date that was read are still meant.
TEST(VerifyModel, AsksForTheLotAmongPacksOfThatDate) {
    VerifyState state;
    const VerifyFacts facts = till_facts::which_lot();
    const VerifyView view = present(state, facts, zh);
    EXPECT_EQ(view.title + " | " + view.choices[0].date + " | " + view.choices[1].date,
              "包装上是哪个批号？ | 批号 L1119 | 批号 L1119-B");
    EXPECT_EQ(view.choices.size(), 2U);
    EXPECT_EQ(answer(update(state, facts, verify::Pick{1})), "date '2026-11-22' lot 'L1119-B'");
    update(state, facts, verify::Other{});
    update(state, facts, verify::LotTyped{"L77"});
    EXPECT_EQ(answer(update(state, facts, verify::Confirm{})), "date '' lot 'L77'");
}

// SAFE-2: a lot of 40 characters came in with its goods, and could not be keyed at the till.
TEST(VerifyModel, ALotOfChineseCharactersCanBeTyped) {
    VerifyState state;
    const VerifyFacts facts = till_facts::which_lot();
    std::string lot;
    for (int i = 0; i < 40; ++i)
        lot += "批";
    update(state, facts, verify::Other{});
    update(state, facts, verify::LotTyped{lot});
    EXPECT_EQ(answer(update(state, facts, verify::Confirm{})), "date '' lot '" + lot + "'");
}

// SAFE-2: a blank was taken for a lot that had been read.
TEST(VerifyModel, ABlankIsNoLot) {
    VerifyState state;
    const VerifyFacts facts = till_facts::which_lot();
    update(state, facts, verify::Other{});
    update(state, facts, verify::LotTyped{"  "});
    EXPECT_FALSE(present(state, facts, zh).can_confirm);
    EXPECT_EQ(answer(update(state, facts, verify::Confirm{})), "nothing");
}

// SAFE-2: what cannot be read is not sold.
TEST(VerifyModel, WhatCannotBeReadIsNotSold) {
    VerifyState state;
    EXPECT_EQ(answer(update(state, till_facts::which_date(2), verify::CannotRead{})),
              "cannot read");
    EXPECT_EQ(present({}, till_facts::which_lot(), zh).cannot_read, "看不清，作废");
}

}  // namespace
}  // namespace fangxin::terminal::till
