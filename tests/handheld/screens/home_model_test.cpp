#include "handheld/screens/home_view.hpp"
#include "tests/support/kit_stage.hpp"
#include "tests/ui/handheld_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

using domain::Language;
using home::Way;

kit::TextTable texts() { return kit::TextTable::load(Language::zh); }

TaskFacts task(TaskCause cause, const std::string& name) {
    return {.cause = cause, .id = name + "-id", .item = name, .name = name};
}

HomeFacts facts(std::vector<TaskFacts> tasks) {
    return {.head = ui_rows::handheld_head(), .tasks = std::move(tasks)};
}

std::string printed(const HomeFacts& of, const HomeState& state = {}) {
    const auto view = present(state, of, texts());
    std::string text;
    for (const auto& row : view.tasks)
        text += fmt::format("{} | {} | {}\n", row.title, row.note, row.due);
    if (view.empty) text += view.empty->title;
    return text;
}

std::string done(const std::optional<home::Effect>& effect) {
    if (!effect) return "";
    struct Print {
        std::string operator()(const home::OpenBatch& e) { return "batch " + e.batch; }
        std::string operator()(const home::StartReceiving& e) {
            return "receive " + e.item + " " + e.lot;
        }
        std::string operator()(const home::OpenBatches& e) {
            return e.near_expiry_only ? "near expiry" : "batches";
        }
        std::string operator()(const home::OpenComplaint& e) { return "complaint " + e.complaint; }
        std::string operator()(const home::LookUp& e) { return "look up " + e.code; }
        std::string operator()(const home::Go& e) {
            return fmt::format("go {}", static_cast<int>(e.way));
        }
    };
    return std::visit(Print{}, *effect);
}

// SAFE-5: what must leave the shelf stands above everything that can wait.
TEST(HandheldHome, TheMostUrgentTaskIsOnTop) {
    auto complaint = task(TaskCause::complaint, "面包");
    complaint.due_ms = ui_rows::handheld_now().utc_ms + 22LL * 3'600'000;
    auto late = task(TaskCause::complaint_overdue, "香肠");
    late.due_ms = ui_rows::handheld_now().utc_ms - 3LL * 3'600'000;
    auto of = facts({complaint, task(TaskCause::unrecorded_batch, "啤酒"),
                     task(TaskCause::last_day, "盐水鸭"), late, task(TaskCause::expired, "豆腐"),
                     task(TaskCause::recalled, "汤圆")});
    of.near_expiry = 18;
    EXPECT_EQ(printed(of),
              "汤圆 | 召回 | 下架\n"
              "豆腐 | 过期 | 下架\n"
              "投诉：香肠 |  | 超时 3 小时\n"
              "盐水鸭 | 今天到期 | 今晚下架\n"
              "啤酒 | 未登记 | 补登记\n"
              "投诉：面包 |  | 22 小时\n"
              "临期巡查 | 18 批待整理、降价或下架 | 今天\n");
}

TEST(HandheldHome, ARowSaysWhichPacksByLotDateAndStock) {
    auto recalled = task(TaskCause::recalled, "汤圆");
    recalled.lot = "MY61R";
    recalled.date = ui_rows::day("2027-04-30");
    recalled.stock = Quantity{12'000};
    EXPECT_EQ(printed(facts({recalled})), "汤圆 | 召回 · MY61R · 2027-04-30 到期 · 12 件 | 下架\n");
}

// ACCT-2: a shift lead was led through a delivery that he may not book.
TEST(HandheldHome, BookingIsForThoseWhoReceive) {
    auto of = facts({task(TaskCause::unrecorded_batch, "啤酒"), task(TaskCause::expired, "豆腐")});
    HomeState state;
    EXPECT_EQ(done(update(state, of, home::TaskOpened{TaskGroup::book, 0})), "receive 啤酒 ");
    of.can_receive = false;
    EXPECT_EQ(printed(of), "豆腐 | 过期 | 下架\n");
    EXPECT_EQ(present(state, of, texts()).tiles[1].count, "0");
    EXPECT_EQ(done(update(state, of, home::TaskOpened{TaskGroup::book, 0})), "");
    EXPECT_EQ(done(update(state, of, home::WayTaken{Way::receive})), "");
}

TEST(HandheldHome, AnEmptyListSaysWhatElseThereIsToDo) {
    EXPECT_EQ(printed(facts({})), "没有待办");
    EXPECT_EQ(printed(facts({}), {.shown = TaskGroup::book}), "没有这一类任务");
}

TEST(HandheldHome, ATileShowsItsKindAloneAndASecondTapAllAgain) {
    HomeState state;
    const auto of = facts({task(TaskCause::expired, "豆腐"), task(TaskCause::complaint, "面包")});
    update(state, of, home::GroupChosen{TaskGroup::withdraw});
    EXPECT_EQ(printed(of, state), "豆腐 | 过期 | 下架\n");
    update(state, of, home::GroupChosen{TaskGroup::withdraw});
    EXPECT_EQ(state.shown, std::nullopt);
}

TEST(HandheldHome, ATaskOpensWhereItIsDone) {
    HomeState state;
    auto sold = task(TaskCause::unrecorded_batch, "啤酒");
    sold.lot = "L1";
    const auto of =
        facts({task(TaskCause::recalled, "汤圆"), sold, task(TaskCause::complaint, "面包")});
    const auto open = [&](TaskGroup group, std::size_t index) {
        return done(update(state, of, home::TaskOpened{group, index}));
    };
    EXPECT_EQ(open(TaskGroup::withdraw, 0), "batch 汤圆-id");
    EXPECT_EQ(open(TaskGroup::book, 1), "receive 啤酒 L1");
    EXPECT_EQ(open(TaskGroup::complaint, 2), "complaint 面包-id");
    EXPECT_EQ(open(TaskGroup::near_expiry, 0), "near expiry");
    EXPECT_EQ(open(TaskGroup::withdraw, 9), "");
}

TEST(HandheldHome, AScanLooksTheCodeUpEvenWithTheMenuOpen) {
    HomeState state{.more_is_open = true};
    EXPECT_EQ(done(update(state, facts({}), home::Scanned{"6901"})), "look up 6901");
    EXPECT_FALSE(state.more_is_open);
}

// SAFE-6: whoever works without a server, or with old blocks, reads it above the list.
TEST(HandheldHome, OfflineAndOldBlocksAreSaidAbove) {
    HomeFacts of{.head = ui_rows::handheld_offline()};
    EXPECT_EQ(present({}, of, texts()).head.notice->words,
              "连不上服务器，可继续工作，联网后自动上传");
    of.head = ui_rows::handheld_old_blocks();
    EXPECT_EQ(present({}, of, texts()).head.notice->words, "已 31 小时没有收到召回信息，请叫店长");
    EXPECT_EQ(present({}, of, texts()).head.server, "离线 137");
}

struct Page {
    HomeFacts of = facts({task(TaskCause::expired, "豆腐")});
    HomeState state;
    kit::TextTable words = texts();
    std::unique_ptr<kit::Stage> stage = kit::test_stage({.design = ui_rows::handheld_page});
    std::optional<home::Action> action;

    void play() {
        action.reset();
        stage->play(
            [&](kit::Ui& ui) {
                if (auto now = draw(ui, words, present(state, of, words), ui.screen()))
                    action = now;
            },
            0);
    }
};

TEST(HandheldHome, AFingerOnARowOpensIt) {
    Page page;
    page.stage->tap({240, 190});
    page.play();
    ASSERT_TRUE(page.action);
    EXPECT_EQ(done(update(page.state, page.of, *page.action)), "batch 豆腐-id");
}

TEST(HandheldHome, KeysReachReceivingAndTheMenu) {
    Page page;
    page.stage->key(kit::Key::f1);
    page.play();
    EXPECT_EQ(done(update(page.state, page.of, page.action.value())), "receive  ");
    page.stage->key(kit::Key::f5);
    page.play();
    EXPECT_EQ(done(update(page.state, page.of, page.action.value())), "");
    page.stage->key(kit::Key::digit_4);
    page.play();
    EXPECT_EQ(done(update(page.state, page.of, page.action.value())),
              fmt::format("go {}", static_cast<int>(Way::log_out)));
}

}  // namespace
}  // namespace fangxin::handheld
