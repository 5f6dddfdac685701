#include "terminal/admin/today_model.hpp"

#include "tests/ui/admin_shop.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::admin {
namespace {

const kit::TextTable& chinese() {
    static const kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    return texts;
}

std::string cards_of(const TodayFacts& facts) {
    std::string text;
    for (const TodayView::Card& card : present(facts, 0, chinese()).cards)
        text += fmt::format("{} {} {}\n", card.title, card.number, card.note);
    return text;
}

// REPT-1
TEST(AdminToday, CardsSayWhatTheShopDidSoFar) {
    EXPECT_EQ(cards_of(ui_rows::busy_shop().today),
              "今日销售额 ¥48,216.40 1136 笔 · 较上周 +6.1%\n"
              "拦截记录 7 已召回 3 · 已过期 4\n"
              "临期批次 18 今天须下架 6 批\n"
              "未结投诉 3 下一件：2 小时后到期\n");
}

TEST(AdminToday, ANewDayHasNothingToComplainOf) {
    EXPECT_EQ(cards_of(ui_rows::new_day().today),
              "今日销售额 ¥0.00 0 笔\n"
              "拦截记录 0 没有拦截\n"
              "临期批次 0 今天没有要下架的\n"
              "未结投诉 0 都已答复\n");
    const TodayView view = present(ui_rows::new_day().today, 0, chinese());
    EXPECT_TRUE(view.bars.empty());
    EXPECT_EQ(view.recall_empty, "没有进行中的召回");
}

// SAFE-9: who has not acknowledged the recall is read first, with the last word heard of it.
TEST(AdminToday, NamesTheTillThatHasNotTheRecallFirst) {
    const TodayView view = present(ui_rows::busy_shop().today, 0, chinese());
    std::string text = view.recall_title + " " + view.recall_tag->words + "\n";
    for (const auto& each : view.terminals)
        text += fmt::format("{} {}\n", each.name, each.answer.words);
    EXPECT_EQ(text,
              "一级 · 明珠牧场鲜牛奶 950ml 批号 L1117 进行中\n"
              "4 号收银台 离线 · 上次 09:12\n"
              "1 号收银台 0.2 秒\n"
              "2 号收银台 0.2 秒\n"
              "3 号收银台 0.3 秒\n"
              "1 号手持机 0.4 秒\n");
}

TEST(AdminToday, AnAnswerThatIsLateSaysByHowMuch) {
    TodayFacts facts = ui_rows::busy_shop().today;
    facts.next_answer_due = ui_rows::at("2026-11-24T11:00");
    EXPECT_EQ(present(facts, 0, chinese()).cards[3].note, "下一件：已超时 3 小时");
    EXPECT_EQ(present(facts, 0, chinese()).cards[3].note_role, kit::Role::block);
}

TEST(AdminToday, SmallSalesAreInYuanAndLargeOnesInThousands) {
    TodayFacts facts = ui_rows::new_day().today;
    facts.hours = {{8, 45'049}, {9, 99'900}};
    TodayView view = present(facts, 0, chinese());
    EXPECT_EQ(view.chart_title + " " + view.bars[0].words, "每小时销售（元） 450");
    facts.hours[1].fen = 264'900;
    view = present(facts, 0, chinese());
    EXPECT_EQ(view.chart_title + " " + view.bars[1].words, "每小时销售（千元） 2.6");
}

TEST(AdminToday, EachDutyLeadsToItsRow) {
    const TodayFacts facts = ui_rows::busy_shop().today;
    std::string text;
    for (std::size_t i = 0; i < facts.duties.size(); ++i) {
        const auto way = way_of(facts, DutyChosen{i});
        text += fmt::format("{}:{}:{} ", static_cast<int>(way->area), way->filter, way->id);
    }
    EXPECT_EQ(text, "3:0:R-T1-1-17 5:0:C-T3-1-231 2:2:B-3 6:0:T4 2:5:U-1 ");
    EXPECT_FALSE(way_of(facts, DutyChosen{9}).has_value());
}

// ACCT-2: turnover is the manager's (rules 8); the other cards lead where they did.
TEST(AdminToday, WhoSeesNoSalesSeesNeitherCardNorChart) {
    TodayFacts facts = ui_rows::busy_shop().today;
    facts.sees_sales = false;
    const TodayView view = present(facts, 0, chinese());
    EXPECT_EQ(view.cards.front().title, "拦截记录");
    EXPECT_TRUE(view.chart_title.empty());
    EXPECT_TRUE(view.bars.empty());
    EXPECT_EQ(way_of(facts, CardChosen{0})->area, Area::attempts);
    EXPECT_EQ(way_of(facts, CardChosen{2})->area, Area::complaints);
}

// SAFE-7: a handheld that lay in a drawer for three days came before a recall of five minutes ago.
TEST(AdminToday, TheMostUrgentDutyComesFirst) {
    const auto when = [](const char* time) { return ui_rows::at(time); };
    using Kind = Duty::Kind;
    std::vector<Duty> duties{
        {.kind = Kind::complaint, .what = "tomorrow", .due = when("2026-11-25T09:00")},
        {.kind = Kind::withdraw, .what = "at once", .since = when("2026-11-24T14:00")},
        {.kind = Kind::terminal, .what = "in a drawer", .since = when("2026-11-21T09:12")},
        {.kind = Kind::complaint, .what = "overdue", .due = when("2026-11-23T10:00")},
        {.kind = Kind::recall, .what = "level III", .begin_by = when("2026-11-26T20:00")},
        {.kind = Kind::recall, .what = "level I", .begin_by = when("2026-11-25T14:27")}};
    sort_duties(duties, when("2026-11-24T14:32"));
    std::string text;
    for (const Duty& each : duties)
        text += each.what + ", ";
    EXPECT_EQ(text, "level I, level III, at once, overdue, tomorrow, in a drawer, ");
}

}  // namespace
}  // namespace fangxin::admin
