#include "handheld/screens/recall_view.hpp"
#include "tests/support/kit_stage.hpp"
#include "tests/ui/handheld_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

using recall::Effect;

struct Recall {
    std::optional<Effect> act(const recall::Action& action) {
        return update(state, facts, action, texts);
    }
    void key(std::string_view keys) {
        for (const char each : keys)
            act(recall::Keyed{std::string(1, each)});
    }
    RecallView view() const { return present(state, facts, texts); }
    std::string page() const {
        return view().asks + (view().refusal.empty() ? "" : " ! " + view().refusal);
    }
    std::string live() const {
        std::string rows;
        for (const auto& row : view().terminals)
            rows += fmt::format("{} | {} | {}\n", row.name, row.note, row.value);
        return rows;
    }
    void find() { act(recall::ItemFound{"dumpling", ""}); }

    RecallFacts facts{.head = ui_rows::handheld_head(), .name = "黑芝麻汤圆"};
    RecallState state;
    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
};

std::string made(const std::optional<Effect>& effect) {
    const auto* make = effect ? std::get_if<recall::Make>(&*effect) : nullptr;
    if (make == nullptr) return "nothing";
    const auto day = [](const std::optional<domain::Date>& date) {
        return date ? domain::format_date(*date) : std::string("-");
    };
    const terminal::RecallOrder& order = make->order;
    return fmt::format("{} lot={} {}..{} {} {}", order.item, order.lot, day(order.from),
                       day(order.to), domain::to_text(order.level), order.reason);
}

// SAFE-7: a lot is recalled, with level and reason.
TEST(HandheldRecall, ALotIsRecalledWithLevelAndReason) {
    Recall recall;
    recall.find();
    recall.act(recall::Chosen{0});
    recall.act(recall::Next{});
    EXPECT_EQ(recall.page(), "召回哪个批号？ ! 请输入或扫描包装上的批号");
    recall.key("my61r");
    recall.act(recall::Next{});
    recall.act(recall::Chosen{0});
    recall.act(recall::ReasonChosen{4});
    EXPECT_EQ(made(recall.act(recall::Next{})), "dumpling lot=MY61R -..- I 发现异物");
    EXPECT_EQ(made(recall.act(recall::Next{})), "nothing");
}

TEST(HandheldRecall, ARangeOfDatesMayBeOpenAtOneEndAndIsNotTurned) {
    Recall recall;
    recall.find();
    recall.act(recall::Chosen{1});
    recall.key("1001");
    recall.act(recall::Next{});
    recall.key("0930");
    recall.act(recall::Next{});
    EXPECT_EQ(recall.page(), "包装日期到哪天止？ ! 截止日期早于起始日期，请核对");
    recall.act(recall::Skipped{});
    recall.act(recall::Chosen{1});
    recall.act(recall::ReasonChosen{0});
    EXPECT_EQ(made(recall.act(recall::Next{})), "dumpling lot= 2026-10-01..- II 厂家通知");
    Recall open;
    open.find();
    open.act(recall::Chosen{1});
    open.act(recall::Skipped{});
    open.act(recall::Skipped{});
    EXPECT_EQ(open.page(), "包装日期到哪天止？ ! 请输入包装上的日期");
}

TEST(HandheldRecall, WhatWasKeyedForAnotherScopeIsNotMeant) {
    Recall recall;
    recall.act(recall::ItemFound{"dumpling", "MY61R"});
    recall.act(recall::Chosen{2});
    recall.act(recall::Chosen{0});
    recall.act(recall::ReasonChosen{0});
    EXPECT_EQ(made(recall.act(recall::Next{})), "dumpling lot= -..- I 厂家通知");
}

TEST(HandheldRecall, BeforeItIsMadeItSaysWhatItDoes) {
    Recall recall;
    recall.facts.covered = 3;
    recall.act(recall::ItemFound{"dumpling", "MY61R"});
    recall.act(recall::Next{});
    recall.act(recall::Next{});
    recall.act(recall::Chosen{0});
    recall.act(recall::ReasonChosen{0});
    std::string lines;
    for (const auto& line : recall.view().consequences)
        lines += line + "\n";
    EXPECT_EQ(lines,
              "所有收银台一秒内停售\n已登记的 3 批停售\n手持机上出现下架任务\n只能由服务器解除\n");
}

// SAFE-9: who has acknowledged, after how long; who has not, since when, and first.
TEST(HandheldRecall, TheListSaysWhoHasStoppedTheSaleAndWhoHasNot) {
    Recall recall;
    recall.act(recall::Made{"R-7"});
    EXPECT_EQ(recall.page(), "正在等收银台确认…");
    const domain::StoreTime now = ui_rows::handheld_now();
    domain::StoreTime then = now;
    then.utc_ms -= 720'000;
    recall.facts.terminals = {{.name = "1 号收银台", .after_ms = 412, .online = true},
                              {.name = "2 号收银台", .last_seen = then},
                              {.name = "3 号收银台", .online = true},
                              {.name = "4 号收银台"}};
    EXPECT_EQ(recall.live(),
              "2 号收银台 | 离线 · 上次 14:20 | 去现场\n3 号收银台 | 还没有确认 | 去现场\n"
              "4 号收银台 | 从未连接 | 去现场\n1 号收银台 | 已停售 | 0.4 秒\n");
    EXPECT_EQ(recall.page(), "已停售 1 台，共 4 台");
    recall.facts.terminals = {{.name = "2 号收银台", .after_ms = 900, .online = true}};
    EXPECT_EQ(recall.page(), "1 台全部已停售");
}

// SAFE-9: yesterday's time is not shown as if it were today's, nor hours as thousands of seconds.
TEST(HandheldRecall, ATerminalLastHeardOfYesterdaySaysTheDay) {
    Recall recall;
    recall.act(recall::Made{"R-7"});
    domain::StoreTime yesterday = ui_rows::handheld_now();
    yesterday.utc_ms -= 24LL * 60 * 60 * 1000;
    recall.facts.terminals = {{.name = "1 号收银台", .after_ms = 5LL * 60 * 60 * 1000},
                              {.name = "2 号收银台", .last_seen = yesterday}};
    EXPECT_EQ(recall.live(),
              "2 号收银台 | 离线 · 上次 11-23 14:32 | 去现场\n1 号收银台 | 已停售 | 5 小时\n");
}

// rules 4: without a server no till has heard of it, and nobody waits for them here.
TEST(HandheldRecall, OfflineItDoesNotWaitForTheTills) {
    Recall recall;
    recall.facts.head.connected = false;
    recall.act(recall::Made{"R-7"});
    EXPECT_EQ(recall.page(), "连不上服务器，联网后收银台才会收到");
}

TEST(HandheldRecall, ScansFindTheItemOrTheLotAndNothingElse) {
    Recall recall;
    EXPECT_EQ(std::get<recall::FindItem>(*recall.act(recall::Scanned{"69"})).code, "69");
    recall.find();
    EXPECT_FALSE(std::get<recall::Heard>(*recall.act(recall::Scanned{"69"})).accepted);
    recall.act(recall::Chosen{0});
    recall.act(recall::Scanned{"(01)06922222000016(10)MY61R"});
    EXPECT_EQ(recall.state.lot, "MY61R");
}

TEST(HandheldRecall, AnErrorLeavesEverythingAsItWasKeyed) {
    Recall recall;
    recall.act(recall::ItemFound{"dumpling", "MY61R"});
    recall.act(recall::Next{});
    recall.act(recall::Next{});
    recall.act(recall::Chosen{0});
    recall.act(recall::ReasonChosen{0});
    recall.act(recall::Next{});
    recall.act(recall::Refused{"needs_second_person", ""});
    EXPECT_EQ(recall.page(), "请核对 ! 需要另一位有权限的人确认");
    EXPECT_EQ(made(recall.act(recall::Next{})), "dumpling lot=MY61R -..- I 厂家通知");
}

// rules 9: an Enter that a scan may have brought recalls nothing.
TEST(HandheldRecall, OnlyItsOwnKeyOrATouchRecalls) {
    Recall recall;
    recall.act(recall::ItemFound{"dumpling", "MY61R"});
    recall.act(recall::Next{});
    recall.act(recall::Next{});
    auto stage = kit::test_stage({.design = ui_rows::handheld_page});
    std::optional<Effect> effect;
    const auto page = [&](kit::Ui& ui) {
        if (auto action = draw(ui, recall.texts, recall.view(), ui.screen())) {
            if (auto now = recall.act(*action)) effect = now;
        }
    };
    stage->key(kit::Key::digit_1);
    stage->key(kit::Key::digit_5);
    stage->key(kit::Key::enter);
    stage->play(page, 0);
    EXPECT_EQ(recall.state.page, RecallPage::confirm);
    EXPECT_EQ(made(effect), "nothing");
    stage->key(kit::Key::f12);
    stage->play(page, 0);
    EXPECT_EQ(made(effect), "dumpling lot=MY61R -..- I 发现异物");
}

}  // namespace
}  // namespace fangxin::handheld
