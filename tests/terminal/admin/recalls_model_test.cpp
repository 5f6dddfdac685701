// The list of recalls, one of them live, and making one.
#include "terminal/admin/recalls_model.hpp"

#include "terminal/admin/recall_make_model.hpp"
#include "tests/ui/admin_shop.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::admin {
namespace {

const kit::TextTable& chinese() {
    static const kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    return texts;
}

TEST(AdminRecalls, TheListSaysHowFarEachHasCome) {
    const ListPageView view = present_recalls({.filter = 1}, ui_rows::shop_recalls(), chinese());
    std::string text;
    for (const kit::Row& row : view.rows) {
        text += fmt::format("{} {} {} {} {} {} {}\n", row.cells[0].text, row.cells[1].text,
                            row.cells[2].text, row.cells[3].text, row.cells[4].text,
                            row.tags[0].words, row.note);
    }
    EXPECT_EQ(text,
              "一级 明珠牧场鲜牛奶 950ml 13:55 陈建国 4 / 5 进行中 批号 L1117\n"
              "三级 特级初榨橄榄油 1L 11-12 10:20 陈建国 5 / 5 已下架 "
              "2025-09-01 至 2025-10-31\n"
              "二级 㐂多郎手工乌冬面 2025-12-30 陈建国 4 / 5 已解除 整个商品\n");
    EXPECT_EQ(present_recalls({}, ui_rows::shop_recalls(), chinese()).rows.size(), 2U);
}

TEST(AdminRecalls, OneOfTheServerNeedNotHaveALevel) {
    RecallsFacts facts = ui_rows::shop_recalls();
    facts.recalls[0].block.level = domain::RecallLevel::none;
    const ListPageView list = present_recalls({.chosen = "R-T1-1-17"}, facts, chinese());
    EXPECT_EQ(list.rows[0].cells[0].text + list.detail->tags[0].words, "未定级未定级");
    EXPECT_EQ(present_live("R-T1-1-17", facts, chinese())->tags[0].words, "未定级");
}

// SAFE-9: live, which terminals have it and which have not, and since when.
TEST(AdminRecalls, TheLivePageNamesWhoHasItNot) {
    const auto view = present_live("R-T1-1-17", ui_rows::shop_recalls(), chinese());
    EXPECT_EQ(view->waiting->words, "1 台终端还没有收到，连上之前不要在那里销售");
    EXPECT_EQ(view->terminals_title, "终端 4 / 5");
    EXPECT_EQ(view->terminals[0].name + " " + view->terminals[0].answer.words,
              "4 号收银台 离线 · 上次 09:12");
    const auto done = present_live("R-SRV-1-9", ui_rows::shop_recalls(), chinese());
    EXPECT_EQ(done->waiting->words, "所有终端都已拒售");
    EXPECT_FALSE(present_live("R-9", ui_rows::shop_recalls(), chinese()).has_value());
}

// SAFE-9: a recall that no terminal is known to have heard of was shown as all clear.
TEST(AdminRecalls, WithoutATerminalNothingIsClear) {
    RecallsFacts facts = ui_rows::shop_recalls();
    facts.recalls[0].terminals.clear();
    const auto view = present_live("R-T1-1-17", facts, chinese());
    EXPECT_EQ(view->waiting->words, "还没有终端确认收到");
    EXPECT_EQ(view->waiting->role, kit::Role::block);
    EXPECT_EQ(present_recalls({}, facts, chinese()).rows[0].cells[4].role, kit::Role::block);
    RecallMakeFacts making = ui_rows::shop_making();
    making.terminals = making.terminals_online = 0;
    const NoticeView line = present_make({}, making, chinese()).effects[2];
    EXPECT_EQ(line.words, "还没有已知终端，连上后即生效");
    EXPECT_EQ(line.role, kit::Role::warn);
}

// SAFE-7: stock withdrawn, and the receipts that contain it, certain and possible ones apart.
TEST(AdminRecalls, TheLivePageTracesStockAndReceipts) {
    RecallsFacts facts = ui_rows::shop_recalls();
    auto view = present_live("R-T1-1-17", facts, chinese());
    EXPECT_EQ(view->batches[0].stock + " " + view->batches[0].tag.words, "24 件 待下架");
    EXPECT_EQ(view->batches[1].stock + " " + view->batches[1].tag.words, "0 件 已下架");
    EXPECT_EQ(view->trace[0].value + " / " + view->trace[1].value,
              "37 张，读到了批号或日期 / 212 张，分不清是哪一批");
    EXPECT_EQ(view->lifting, "召回只能在服务器上解除");
    facts.recalls[0].trace.reset();
    view = present_live("R-T1-1-17", facts, chinese());
    EXPECT_EQ(view->trace[0].value, "连上服务器后可查");
}

RecallDraft ready() {
    return {.item = "10017", .lot = "L1117", .level = domain::RecallLevel::II, .reason = "异物"};
}

// SAFE-7: the start deadlines of the food recall rules.
TEST(AdminRecallMake, EachLevelSaysWhenItHasToBegin) {
    std::string text;
    for (const auto& level : present_make(ready(), ui_rows::shop_making(), chinese()).levels)
        text += fmt::format("{} {}{} ", level.words, level.deadline, level.selected ? "*" : "");
    EXPECT_EQ(text, "一级 24 小时内启动 二级 48 小时内启动* 三级 72 小时内启动 ");
}

TEST(AdminRecallMake, SaysOneByOneWhatIsMissing) {
    RecallMakeFacts facts = ui_rows::shop_making();
    RecallDraft draft;
    const auto hint = [&] { return present_make(draft, facts, chinese()).hint.words; };
    EXPECT_EQ(hint(), "请扫码或选择商品");
    draft.item = "10017";
    EXPECT_EQ(hint(), "请填写批号，或改为按日期、整个商品");
    draft.lot = "  ";
    EXPECT_EQ(hint(), "请填写批号，或改为按日期、整个商品");
    draft.extent = Extent::dates;
    EXPECT_EQ(hint(), "请填写开始或结束日期");
    draft.from = "1331";
    EXPECT_EQ(hint(), "日期请写成 2026-11-17 或 1117");
    draft.from = "1117";
    draft.to = "20261116";
    EXPECT_EQ(hint(), "结束日期早于开始日期");
    draft.to.clear();
    EXPECT_EQ(hint(), "请选择级别");
    draft.level = domain::RecallLevel::I;
    EXPECT_EQ(hint(), "请填写原因，各收银台都会显示");
    draft.reason = "异物";
    EXPECT_EQ(hint(), "");
    EXPECT_TRUE(present_make(draft, facts, chinese()).make.enabled);
}

// SAFE-7: a lot or date range not yet written never becomes a recall of the whole item.
TEST(AdminRecallMake, NothingWrittenCoversNothing) {
    RecallDraft draft = ready();
    draft.lot.clear();
    RecallMakeView view = present_make(draft, ui_rows::shop_making(), chinese());
    EXPECT_EQ(view.effects[1].words, "涉及已登记 0 批");
    EXPECT_FALSE(order_of(draft, ui_rows::shop_making()).has_value());
    draft.extent = Extent::whole;
    view = present_make(draft, ui_rows::shop_making(), chinese());
    EXPECT_EQ(view.effects[1].words, "涉及已登记 3 批 · 库存 180 件");
}

TEST(AdminRecallMake, SaysWhatItWillCover) {
    RecallDraft draft = ready();
    draft.lot = "l1117";
    const RecallMakeView view = present_make(draft, ui_rows::shop_making(), chinese());
    EXPECT_TRUE(view.batches[0].covered);
    EXPECT_FALSE(view.batches[1].covered);
    std::string text;
    for (const NoticeView& each : view.effects)
        text += each.words + "\n";
    EXPECT_EQ(text,
              "各收银台立即拒售，已扫入购物篮的也不能结账\n涉及已登记 1 批 · 库存 24 件\n"
              "1 台终端离线（共 5 台），连上后即生效\n只能由服务器解除\n");
}

// What was read for the item before must not decide about the one chosen now.
TEST(AdminRecallMake, WaitsForTheRecordOfTheItemChosen) {
    RecallDraft draft = ready();
    draft.item = "20003";
    const RecallMakeView view = present_make(draft, ui_rows::shop_making(), chinese());
    EXPECT_EQ(view.item_name + " " + view.hint.words, "请稍候… 请稍候…");
    EXPECT_TRUE(view.batches.empty());
    EXPECT_FALSE(order_of(draft, ui_rows::shop_making()).has_value());
}

TEST(AdminRecallMake, IsMadeOnlyAfterTheQuestion) {
    const RecallMakeFacts facts = ui_rows::shop_making();
    RecallDraft draft = ready();
    EXPECT_FALSE(update(draft, facts, MakeConfirmed{}).has_value());
    EXPECT_FALSE(update(draft, facts, MakeAsked{}).has_value());
    EXPECT_EQ(present_make(draft, facts, chinese()).confirm->title, "召回“明珠牧场鲜牛奶 950ml”？");
    const auto effect = update(draft, facts, MakeConfirmed{});
    const RecallOrder wanted{"10017", "L1117", {}, {}, domain::RecallLevel::II, "异物"};
    EXPECT_EQ(std::get<MakeRecall>(*effect).order, wanted);
    EXPECT_FALSE(update(draft, facts, MakeConfirmed{}).has_value()) << "asked for once";
}

// ACCT-2
TEST(AdminRecallMake, IsForThoseWhoMay) {
    RecallMakeFacts facts = ui_rows::shop_making();
    facts.may_recall = false;
    EXPECT_FALSE(order_of(ready(), facts).has_value());
    EXPECT_EQ(present_make(ready(), facts, chinese()).hint.words, "由质检员或店长发起");
}

TEST(AdminRecallMake, ADateIsWrittenOutWhenItsFieldIsLeft) {
    const RecallMakeFacts facts = ui_rows::shop_making();
    RecallDraft draft = ready();
    update(draft, facts, ExtentChosen{1});
    update(draft, facts, FieldTouched{RecallField::from});
    update(draft, facts, FieldTyped{"1117"});
    update(draft, facts, FieldTouched{RecallField::to});
    update(draft, facts, FieldTyped{"20261121"});
    update(draft, facts, FieldLeft{});
    EXPECT_EQ(draft.from + " " + draft.to, "2026-11-17 2026-11-21");
    const auto order = order_of(draft, facts);
    EXPECT_EQ(order->lot, "") << "the lot written before was for another kind of recall";
    EXPECT_EQ(domain::format_date(*order->to), "2026-11-21");
}

TEST(AdminRecallMake, EnterTakesTheOnlyItemFound) {
    RecallMakeFacts facts = ui_rows::shop_making();
    RecallDraft draft{.field = RecallField::item};
    const auto find = update(draft, facts, FieldTyped{"mz"});
    EXPECT_EQ(std::get<FindForRecall>(*find).typed, "mz");
    EXPECT_FALSE(update(draft, facts, FieldLeft{}).has_value()) << "two were found";
    facts.found.resize(1);
    draft.field = RecallField::item;
    const auto read = update(draft, facts, FieldLeft{});
    EXPECT_EQ(std::get<ReadForRecall>(*read).item, "10017");
}

// SAFE-7: the lot of the item that was chosen before recalled packs of another one.
TEST(AdminRecallMake, AnotherItemKeepsNothingOfTheFirstOnesPacks) {
    RecallDraft draft = ready();
    draft.from = "2026-11-01";
    draft.to = "2026-11-17";
    update(draft, ui_rows::shop_making(), ItemPicked{"10018"});
    EXPECT_EQ(draft.item + draft.lot + draft.from + draft.to, "10018");
    draft = ready();
    draft.extent = Extent::dates;
    draft.from = "2026-11-01";
    update(draft, ui_rows::shop_making(), ItemDropped{});
    update(draft, ui_rows::shop_making(), ItemPicked{"10018"});
    EXPECT_EQ(draft.item + draft.lot + draft.from + draft.to, "10018");
    EXPECT_FALSE(order_of(draft, ui_rows::shop_making()).has_value());
}

}  // namespace
}  // namespace fangxin::admin
