#include "handheld/screens/batches_view.hpp"
#include "tests/support/kit_stage.hpp"
#include "tests/ui/handheld_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

kit::TextTable texts() { return kit::TextTable::load(domain::Language::zh); }

BatchFacts batch(std::string name, std::string lot, const char* expiry) {
    BatchFacts facts = ui_rows::milk_batch();
    facts.name = std::move(name);
    facts.batch.id = "id-" + lot;
    facts.batch.lot = std::move(lot);
    facts.expiry = ui_rows::day(expiry);
    return facts;
}

BatchesFacts shop() {
    BatchesFacts facts{.head = ui_rows::handheld_head()};
    facts.batches = {batch("鲜牛奶", "L1121", "2026-11-28"), batch("老豆腐", "D9", "2026-11-23"),
                     batch("厦门馅饼", "X1", "2026-12-20"), batch("鲜牛奶", "L1118", "2026-11-25"),
                     batch("矿泉水", "W7", "2027-11-01")};
    facts.batches[1].age = domain::Age::expired;
    facts.batches[2].decision = domain::Decision::recalled;
    facts.batches[3].age = domain::Age::near_expiry;
    facts.batches[4].decision = domain::Decision::inspecting;
    return facts;
}

std::string listed(const BatchesFacts& of, const BatchesState& state) {
    std::string text;
    for (const auto& row : present(state, of, texts()).rows)
        text +=
            fmt::format("{} {} {}\n", row.name, of.batches[row.index].batch.lot, row.mark.words);
    return text;
}

TEST(HandheldBatches, WhatExpiresFirstStandsOnTopWithWhatIsWrong) {
    EXPECT_EQ(listed(shop(), {}),
              "老豆腐 D9 已过期\n鲜牛奶 L1118 临期\n鲜牛奶 L1121 已放行\n"
              "厦门馅饼 X1 已召回\n矿泉水 W7 待检\n");
}

TEST(HandheldBatches, FiltersCountAndShowTheirOwn) {
    std::string counts;
    for (const auto& filter : present({}, shop(), texts()).filters)
        counts += filter.words + filter.count + " ";
    EXPECT_EQ(counts, "全部5 临期1 过期1 停售1 待检1 ");
    EXPECT_EQ(listed(shop(), {.filter = BatchFilter::blocked}), "厦门馅饼 X1 已召回\n");
    EXPECT_EQ(listed(shop(), {.filter = BatchFilter::inspecting}), "矿泉水 W7 待检\n");
}

// SAFE-5: what has been confirmed off the shelf asks nobody to walk there again.
TEST(HandheldBatches, ConfirmedWithdrawalsAreNoLongerExpiredOnes) {
    auto of = shop();
    of.batches[1].batch.withdrawal_confirmed = true;
    EXPECT_EQ(listed(of, {.filter = BatchFilter::expired}), "");
    of = shop();
    of.batches[3].batch.in_stock = false;
    EXPECT_EQ(listed(of, {.filter = BatchFilter::near_expiry}), "");
}

// By pinyin, whole or initials, with every reading; and by lot.
TEST(HandheldBatches, ABatchIsFoundByNamePinyinOrLot) {
    EXPECT_EQ(listed(shop(), {.search = "xm"}), "厦门馅饼 X1 已召回\n");
    EXPECT_EQ(listed(shop(), {.search = "niunai 1118"}), "鲜牛奶 L1118 临期\n");
    EXPECT_EQ(listed(shop(), {.search = "豆腐"}), "老豆腐 D9 已过期\n");
    EXPECT_EQ(listed(shop(), {.search = "  "}).size(), listed(shop(), {}).size());
    EXPECT_EQ(present({.search = "酱油"}, shop(), texts()).empty_title, "没有这样的批次");
}

TEST(HandheldBatches, AFailedTestIsSaidOfABatchThatSeemsReleased) {
    auto of = shop();
    of.batches[0].batch.test = domain::TestResult::failed;
    EXPECT_EQ(listed(of, {.filter = BatchFilter::blocked}),
              "鲜牛奶 L1121 检测不合格\n厦门馅饼 X1 已召回\n");
}

TEST(HandheldBatches, ALongListSaysHowMuchIsLeftOut) {
    auto of = shop();
    while (of.batches.size() < 260)
        of.batches.push_back(of.batches[0]);
    const auto view = present({}, of, texts());
    EXPECT_EQ(view.rows.size(), 200U);
    EXPECT_EQ(view.more, "还有 60 批，请输入名称或批号");
}

TEST(HandheldBatches, TouchingOneOpensItAndAScanLooksUp) {
    const auto of = shop();
    const auto words = texts();
    BatchesState state;
    auto stage = kit::test_stage({.design = ui_rows::handheld_page});
    std::optional<batches::Effect> effect;
    const auto page = [&](kit::Ui& ui) {
        if (auto action = draw(ui, words, present(state, of, words), ui.screen())) {
            if (auto now = update(state, of, *action, words)) effect = now;
        }
    };
    stage->tap({200, 260});
    stage->play(page, 0);
    EXPECT_EQ(std::get<batches::OpenBatch>(effect.value()).batch, "id-D9");
    stage->key(kit::Key::f4);
    stage->type("x");
    stage->play(page, 0);
    EXPECT_EQ(state.filter, BatchFilter::blocked);
    EXPECT_EQ(state.search, "x");
    effect = update(state, of, batches::Scanned{"6901"}, words);
    EXPECT_EQ(std::get<batches::LookUp>(effect.value()).code, "6901");
}

}  // namespace
}  // namespace fangxin::handheld
