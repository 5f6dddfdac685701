#include "handheld/screens/lookup_view.hpp"
#include "tests/support/kit_stage.hpp"
#include "tests/ui/handheld_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

kit::TextTable texts(domain::Language language = domain::Language::zh) {
    return kit::TextTable::load(language);
}

LookupFacts milk() {
    return {.head = ui_rows::handheld_head(),
            .result = Lookup::found,
            .code = "6901234567892",
            .item = "milk",
            .name = "鲜牛奶 950ml",
            .price_fen = 1'290,
            .verdict = domain::VerdictKind::allow,
            .batch = ui_rows::milk_batch()};
}

std::string verdict(const LookupFacts& of, domain::Language language = domain::Language::zh) {
    const auto view = present(of, texts(language));
    std::string text = view.verdict->words;
    for (const auto& reason : view.verdict->reasons)
        text += fmt::format(" | {} {}", reason.title, reason.clause);
    if (!view.verdict->action.empty()) text += " | " + view.verdict->action;
    return text;
}

std::string facts_of(const LookupFacts& of) {
    std::string text;
    for (const auto& row : present(of, texts()).facts)
        text += row.key + " " + row.value + "\n";
    return text;
}

std::string deeds(const LookupFacts& of) {
    std::string text;
    for (const auto& deed : present(of, texts()).deeds)
        text += (text.empty() ? "" : " ") + deed.words + (deed.is_pressing ? "!" : "");
    return text;
}

GoodsRights everything() {
    return {.withdraw = true,
            .quarantine = true,
            .take_back = true,
            .release = true,
            .correct = true,
            .test_result = true,
            .receive = true,
            .complaint = true};
}

TEST(HandheldLookup, SaysWhatIsKnownOfTheBatch) {
    EXPECT_EQ(facts_of(milk()),
              "批号 L1121\n生产日期 2026-11-21\n保质期至 2026-11-28 · 还剩 4 天\n处置 已放行\n"
              "库存 48 件\n收货日期 2026-11-22\n供应商 城北乳业有限公司\n");
}

// SAFE-3: the handheld says what a till would say, all reasons with their clauses.
TEST(HandheldLookup, SaysAllReasonsOfABlockWithTheirClauses) {
    auto of = milk();
    of.verdict = domain::VerdictKind::block;
    of.reasons = {domain::Reason::recalled, domain::Reason::failed_test};
    EXPECT_EQ(verdict(of), "禁止销售 | 已召回 §4.4.5 | 检测不合格 §6.3 | 放入隔离筐，不要放回货架");
    EXPECT_EQ(verdict(of, domain::Language::en),
              "May not be sold | Recalled §4.4.5 | Failed a test §6.3 | "
              "Put it in the quarantine crate, not back on the shelf");
}

TEST(HandheldLookup, OffersOnlyWhatTheRoleMayDo) {
    auto of = milk();
    EXPECT_EQ(deeds(of), "");
    of.may = {.quarantine = true, .receive = true};
    EXPECT_EQ(deeds(of), "隔离 收货");
    of.may = everything();
    EXPECT_EQ(deeds(of), "下架 隔离 更正 检测结果 收货 投诉");
}

TEST(HandheldLookup, WhatMustLeaveTheShelfIsThePressingDeed) {
    auto of = milk();
    of.may = everything();
    of.batch->age = domain::Age::expired;
    EXPECT_EQ(deeds(of), "下架! 隔离 更正 检测结果 收货 投诉");
    of.batch->batch.withdrawal_confirmed = true;
    EXPECT_EQ(deeds(of), "下架 隔离 更正 检测结果 收货 投诉");
}

// rules 4: the inspector releases; whose role quarantined takes that back; a recall nobody here.
TEST(HandheldLookup, AQuarantineIsReleasedOrTakenBackAndARecallNeither) {
    auto of = milk();
    of.may = everything();
    of.batch->decision = domain::Decision::quarantined;
    EXPECT_EQ(deeds(of), "下架! 放行 更正 检测结果 收货 投诉");
    of.may.release = false;
    EXPECT_EQ(deeds(of), "下架! 解除隔离 更正 检测结果 收货 投诉");
    of.may.release = true;
    of.batch->decision = domain::Decision::recalled;
    EXPECT_EQ(deeds(of), "下架! 隔离 更正 检测结果 收货 投诉");
}

TEST(HandheldLookup, ACodeWithoutABatchListsThoseOnRecord) {
    auto of = milk();
    of.may = everything();
    of.batches = {ui_rows::milk_batch(), ui_rows::recalled_batch()};
    of.batch.reset();
    const auto view = present(of, texts());
    ASSERT_EQ(view.others.size(), 2U);
    EXPECT_EQ(view.others[1].title + " " + view.others[1].mark.words, "MY61R 已召回");
    EXPECT_EQ(deeds(of), "收货 投诉");
    const auto effect = update(of, lookup::OtherChosen{1});
    EXPECT_EQ(std::get<lookup::OpenBatch>(*effect).batch, "6922222000016-MY61R");
}

// rules 2.4: a recall of packs on no record can be confirmed off the shelf, by the recall's id.
TEST(HandheldLookup, ARecallOfUnrecordedPacksCanBeWithdrawn) {
    auto of = milk();
    of.may = everything();
    of.batch.reset();
    of.recall = domain::Block{.id = "R-7", .item = "milk", .lot = "MY61R", .reason = "异物"};
    EXPECT_EQ(deeds(of), "下架! 收货 投诉");
    const auto effect = update(of, lookup::DeedChosen{GoodsDeed::withdraw});
    EXPECT_EQ(std::get<lookup::Do>(*effect).batch, "R-7");
}

TEST(HandheldLookup, AnUnknownCodeAndAMisreadOneAreToldApart) {
    LookupFacts of{.head = ui_rows::handheld_head(), .result = Lookup::no_such_item, .code = "69"};
    EXPECT_EQ(present(of, texts()).empty->title, "没有这个商品");
    of.result = Lookup::bad_code;
    EXPECT_EQ(present(of, texts()).empty->title, "条码没读对");
}

TEST(HandheldLookup, ADeedIsChosenByItsNumberAndEscGoesBack) {
    auto of = milk();
    of.may = everything();
    const auto words = texts();
    auto stage = kit::test_stage({.design = ui_rows::handheld_page});
    std::optional<lookup::Action> action;
    const auto page = [&](kit::Ui& ui) {
        if (auto now = draw(ui, words, present(of, words), ui.screen())) action = now;
    };
    stage->key(kit::Key::digit_2);
    stage->play(page, 0);
    EXPECT_EQ(std::get<lookup::DeedChosen>(action.value()).deed, GoodsDeed::quarantine);
    stage->key(kit::Key::escape);
    stage->play(page, 0);
    EXPECT_TRUE(std::holds_alternative<lookup::Left>(action.value()));
}

}  // namespace
}  // namespace fangxin::handheld
