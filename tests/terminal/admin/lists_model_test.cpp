// The pages that are lists: what each says of its rows, and what its filters leave.
#include "terminal/admin/attempts_model.hpp"
#include "terminal/admin/batches_model.hpp"
#include "terminal/admin/complaints_model.hpp"
#include "terminal/admin/figures_text.hpp"
#include "terminal/admin/items_model.hpp"
#include "terminal/admin/terminals_model.hpp"
#include "tests/ui/admin_shop.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::admin {
namespace {

const kit::TextTable& chinese() {
    static const kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    return texts;
}

std::string ids_of(const ListPageView& view) {
    std::string text;
    for (const std::string& each : view.ids)
        text += each + " ";
    return text;
}

std::string row_text(const kit::Row& row) {
    std::string text;
    for (const kit::Cell& cell : row.cells)
        text += cell.text + " | ";
    for (const kit::RowTag& tag : row.tags)
        text += "[" + tag.words + "]";
    return row.note.empty() ? text : text + " " + row.note;
}

std::string facts_text(const DetailView& detail) {
    std::string text = detail.title;
    for (const kit::KeyValue& each : detail.facts)
        text += fmt::format("\n{}: {}", each.key, each.value);
    for (const SectionView& section : detail.sections) {
        text += "\n# " + section.title;
        for (const kit::KeyValue& each : section.facts)
            text += fmt::format("\n{}: {}", each.key, each.value);
        for (const NoticeView& line : section.lines)
            text += "\n" + line.words;
    }
    return text;
}

std::string batches_by(BatchFilter filter) {
    return ids_of(present_batches({.filter = static_cast<std::size_t>(filter)},
                                  ui_rows::shop_batches(), chinese()));
}

// SAFE-5: the early warning list, by the age that the wiring computed.
TEST(AdminBatches, FiltersSayWhatEachWordMeans) {
    EXPECT_EQ(batches_by(BatchFilter::to_withdraw), "B-1 B-2 B-3 B-4 B-7 ");
    EXPECT_EQ(batches_by(BatchFilter::near_expiry), "B-1 B-3 ");
    EXPECT_EQ(batches_by(BatchFilter::blocked), "B-1 B-7 ");
    EXPECT_EQ(batches_by(BatchFilter::inspecting), "B-5 ");
    EXPECT_EQ(batches_by(BatchFilter::unrecorded), "U-1 ");
}

TEST(AdminBatches, ARowSaysLotDatesDaysLeftAndDecision) {
    const ListPageView view = present_batches({}, ui_rows::shop_batches(), chinese());
    EXPECT_EQ(row_text(view.rows[0]),
              "明珠牧场鲜牛奶 950ml | L1117 | 2026-11-17 | 2026-11-24 | "
              "[已召回][临期] 今天到期");
    EXPECT_EQ(row_text(view.rows[1]),
              "本地小青菜 | — | 2026-11-22 | 2026-11-23 | [已过期] 已过期 1 天");
}

TEST(AdminBatches, WhatIsWithdrawnIsNoLongerNearExpiry) {
    BatchesFacts facts = ui_rows::shop_batches();
    facts.batches[2].decision = domain::Decision::withdrawn;
    EXPECT_FALSE(fits(facts.batches[2], BatchFilter::near_expiry));
    EXPECT_TRUE(fits(facts.batches[0], BatchFilter::near_expiry));
}

// SAFE-7
TEST(AdminBatches, SaysWhoBlocksItSinceWhenAndWhetherTheShelfIsEmpty) {
    const ListPageView view =
        present_batches({.chosen = "B-1"}, ui_rows::shop_batches(), chinese());
    const std::string text = facts_text(*view.detail);
    EXPECT_EQ(text.substr(text.find('#')),
              "# 一级召回\n经手人: 陈建国\n开始时间: 13:55\n"
              "编号: R-T1-1-17\n供应商通知：抽检大肠菌群超标，立即停售并下架\n"
              "还没有人确认货架已清空\n# 隔离\n经手人: 陈建国\n"
              "开始时间: 13:55\n编号: Q-H1-1-4\n顾客反映异味\n"
              "已确认货架上没有剩余");
}

TEST(AdminBatches, OnlyWhoMayRecallIsOfferedIt) {
    BatchesFacts facts = ui_rows::shop_batches();
    EXPECT_EQ(present_batches({.chosen = "B-5"}, facts, chinese()).detail->actions.size(), 1U);
    EXPECT_EQ(present_batches({.chosen = "B-1"}, facts, chinese()).detail->actions.size(), 0U);
    facts.may_recall = false;
    EXPECT_EQ(present_batches({.chosen = "B-5"}, facts, chinese()).detail->actions.size(), 0U);
}

TEST(AdminBatches, IsFoundByInitialsLotOrName) {
    const BatchesFacts facts = ui_rows::shop_batches();
    EXPECT_EQ(ids_of(present_batches({.search = "xqc"}, facts, chinese())), "B-2 ");
    EXPECT_EQ(ids_of(present_batches({.search = "ol88"}, facts, chinese())), "B-7 ");
    EXPECT_EQ(ids_of(present_batches({.search = "鲜牛奶 l1117"}, facts, chinese())), "B-1 ");
    EXPECT_EQ(present_batches({.search = "zzz"}, facts, chinese()).empty_title, "没有找到");
}

TEST(AdminItems, SaysPriceLifeAndCodes) {
    const ListPageView view = present_items({.chosen = "10017"}, ui_rows::shop_items(), chinese());
    EXPECT_EQ(row_text(view.rows[4]), "红富士苹果（散装） | 40001 | 水果 | ¥12.80/kg | ");
    EXPECT_EQ(facts_text(*view.detail),
              "明珠牧场鲜牛奶 950ml\n商品: 10017\n售价: ¥15.90\n税率: 9.0%\n分类: 冷藏乳品\n"
              "保质期: 7 天\n包装上印: 生产日期\n供应商: 杭州明珠牧场乳业有限公司（萧山配送中心）\n"
              "货架: A-03\n# 条码\n06901234010017\n16901234010017 · 整箱 12 件");
    EXPECT_EQ(view.count, "只列出前 10 条，共 18432 条，请搜索缩小范围");
}

TEST(AdminItems, TheCategoryPickedIsOnItsButton) {
    const ItemsFacts facts = ui_rows::shop_items();
    EXPECT_EQ(present_items({}, facts, chinese()).picker->words, "全部分类");
    EXPECT_EQ(present_items({.picked = "水果"}, facts, chinese()).picker->words, "水果");
}

std::string bars_of(const ListPageView& view) {
    std::string text;
    for (const BarView& each : view.bars)
        text += fmt::format("{} {}, ", each.words, each.count);
    return text;
}

// REPT-1, SAFE-3
TEST(AdminAttempts, DaysAndReasonsFilterTheTableAndDaysTheBars) {
    const AttemptsFacts facts = ui_rows::shop_attempts();
    EXPECT_EQ(ids_of(present_attempts({}, facts, chinese())), "A-1 A-2 A-3 A-4 A-5 A-6 ");
    EXPECT_EQ(ids_of(present_attempts({.filter = 1}, facts, chinese())), "A-7 ");
    const ListPageView view =
        present_attempts({.filter = 2, .picked = "quarantined"}, facts, chinese());
    EXPECT_EQ(ids_of(view), "A-1 ");
    EXPECT_EQ(bars_of(view), "已召回 3, 已过期 2, 已停售 1, 未验收 1, 供应商证照过期 1, ");
}

TEST(AdminAttempts, AnUnknownItemIsNamedByItsCode) {
    const ListPageView view =
        present_attempts({.filter = 3, .chosen = "A-8"}, ui_rows::shop_attempts(), chinese());
    EXPECT_EQ(view.detail->title, "(01)06901234000017(10)L1117(15)261124");
}

// COMP-1: the first answer within its time, what is overdue is marked and comes first.
TEST(AdminComplaints, OverdueComesFirstAndSaysByHowMuch) {
    const ListPageView view = present_complaints({}, ui_rows::shop_complaints(), chinese());
    EXPECT_EQ(ids_of(view), "C-T1-1-228 C-T3-1-231 C-H1-1-12 ");
    EXPECT_EQ(row_text(view.rows[0]),
              "收银台多收了一件商品的钱 | 11-22 09:10 | 已超时 29 小时 | [超时][待答复] "
              "红富士苹果（散装）");
    EXPECT_EQ(row_text(view.rows[2]),
              "橄榄油瓶口渗油，弄脏了袋子 | 11-22 09:10 | — | [处理中] 特级初榨橄榄油 1L");
}

TEST(AdminComplaints, AnAnswerInItsLastMinuteIsNotOverdue) {
    ComplaintFact fact = ui_rows::shop_complaints().complaints[0];
    EXPECT_FALSE(is_overdue(fact, fact.answer_due));
    EXPECT_TRUE(is_overdue(fact, {fact.answer_due.utc_ms + 1, 480}));
    fact.state = "accepted";
    EXPECT_FALSE(is_overdue(fact, {fact.answer_due.utc_ms + 1, 480}));
}

// COMP-6
TEST(AdminComplaints, SaysThatTheContactIsMasked) {
    ComplaintsFacts facts = ui_rows::shop_complaints();
    const auto text = [&] {
        return facts_text(*present_complaints({.chosen = "C-T3-1-231"}, facts, chinese()).detail);
    };
    EXPECT_NE(text().find("联系方式: ****0138"), std::string::npos);
    EXPECT_NE(text().find("完整联系方式只有投诉处理人员可见"), std::string::npos);
    facts.complaints[0].contact = "13900000138";
    facts.complaints[0].contact_masked = false;
    EXPECT_NE(text().find("联系方式: 13900000138"), std::string::npos);
    EXPECT_EQ(text().find("完整联系方式只有投诉处理人员可见"), std::string::npos);
}

// SAFE-9: who has not all blocks, which are missing, and since when.
TEST(AdminTerminals, NamesTheRecallThatATerminalMisses) {
    const ListPageView view =
        present_terminals({.chosen = "T4"}, ui_rows::shop_terminals(), chinese());
    EXPECT_EQ(ids_of(view), "T2 T4 H2 T1 T3 H1 ");
    EXPECT_EQ(row_text(view.rows[1]), "4 号收银台 | 09:12 | 缺 1 条 | [离线]");
    EXPECT_EQ(facts_text(*view.detail),
              "4 号收银台\n编号: T4\n上次联系: 09:12\n版本: 0.1.0\n"
              "停售名单: 481 / 482\n# 召回与隔离\n"
              "一级召回 明珠牧场鲜牛奶 950ml L1117，13:55 起没有收到\n"
              "请连上网络，连上之前不要在那里销售");
}

TEST(AdminTerminals, AConflictSaysWhatToDoAboutIt) {
    TerminalsFacts facts = ui_rows::shop_terminals();
    ListPageView view = present_terminals({.chosen = "T2"}, facts, chinese());
    EXPECT_EQ(view.detail->notice->words, "它的硬盘退回到旧备份，丢了服务器已有的销售记录");
    EXPECT_EQ(view.detail->sections[0].lines[0].words,
              "先不要在那台收银。清点钱箱后，让它开新日志：本机已有的内容不会丢");
    facts.terminals[1].conflict = "something new";
    view = present_terminals({.chosen = "T2"}, facts, chinese());
    EXPECT_EQ(view.detail->sections[0].lines[1].words, "something new");
}

// Without the server's word every other terminal was shown as one that never connected.
TEST(AdminTerminals, WhatNobodyToldIsNotCalledOffline) {
    TerminalsFacts facts = ui_rows::shop_terminals();
    TerminalFact& other = facts.terminals[0];
    other.known = other.online = false;
    other.last_seen.reset();
    EXPECT_FALSE(is_in_trouble(other));
    EXPECT_EQ(present_terminals({.chosen = "T1"}, facts, chinese()).detail->tags[0].words,
              "暂时不知");
    other.block_cursor = 481;
    EXPECT_TRUE(is_in_trouble(other)) << "what it has not acknowledged is known";
}

TEST(AdminFigures, AreWrittenAsPeopleReadThem) {
    EXPECT_EQ(grouped_yuan(123) + " " + grouped_yuan(-1'234'567'89) + " " + grouped_yuan(99'999),
              "¥1.23 -¥1,234,567.89 ¥999.99");
    EXPECT_EQ(span_text(59'999, chinese()) + " " + span_text(47LL * 3'600'000, chinese()) + " " +
                  span_text(48LL * 3'600'000, chinese()) + " " + span_text(-5, chinese()),
              "59 秒 47 小时 2 天 0 秒");
    EXPECT_EQ(delay_text(0, chinese()) + " " + delay_text(949, chinese()), "0.1 秒 0.9 秒");
}

TEST(AdminLists, AreCutWhereNobodyReadsOn) {
    BatchesFacts facts = ui_rows::shop_batches();
    facts.batches.resize(1);
    while (facts.batches.size() < most_rows + 200)
        facts.batches.push_back(facts.batches.front());
    const ListPageView view = present_batches({}, facts, chinese());
    EXPECT_EQ(view.rows.size(), most_rows);
    EXPECT_EQ(view.count, "只列出前 500 条，共 700 条，请搜索缩小范围");
}

}  // namespace
}  // namespace fangxin::admin
