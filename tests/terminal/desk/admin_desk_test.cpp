// The admin area over a real database, with no server: who sees what of it, what it says when it
// cannot read, and where it leads.
#include "tests/terminal/desk/at_the_desk.hpp"

namespace fangxin::terminal {
namespace {

using admin::Area;
using kit::Key;
using tests::milk_code;
using tests::noodles_code;
using tests::pin;

constexpr std::int64_t hour_ms = 3'600'000;

sync::Attempt attempt(const std::string& terminal, const std::string& name, std::int64_t at_ms) {
    return {.id = terminal + "-1-" + name,
            .terminal = terminal,
            .person = "1001",
            .at_ms = at_ms,
            .code = name,
            .name = name,
            .reasons = "recalled"};
}

class AdminDeskTest : public AtTheOffice {
  protected:
    void execute(const std::string& sql) {
        auto done = station().store().run(sync::Priority::bulk, [&](sync::Database& database) {
            return database.transaction([&]() -> Result<void> {
                database.execute(sql);
                return {};
            });
        });
        FANGXIN_CHECK(done.has_value());
    }
};

// A table that could not be read made a day without a blocked sale and nothing to be done.
TEST_F(AdminDeskTest, WhatCannotBeReadIsNotShownAsAllClear) {
    open();
    execute("DROP TABLE attempts");
    enter("1601");
    EXPECT_TRUE(stage.says("This page could not be read"));
    EXPECT_FALSE(stage.says("Nothing was refused"));
}

// SAFE-5: what has expired has to come off the shelf, what is off it is no longer listed.
TEST_F(AdminDeskTest, TheWithdrawalListHasWhatIsStillOnTheShelf) {
    shop.put(shop.batch("milk", "OLD", 60, 21));
    domain::Batch away = shop.batch("milk", "AWAY", 3, 21);
    away.withdrawal_confirmed = true;
    shop.put(away);
    shop.put(shop.recall_of("milk", "AWAY"));
    open();
    log_in("1601");
    key(Key::f10);
    ASSERT_TRUE(stage.tap("Withdrawal lists"));
    EXPECT_TRUE(stage.says("OLD"));
    EXPECT_FALSE(stage.says("AWAY"));
    EXPECT_TRUE(stage.says("1 batch"));
}

// ACCT-2: a shift lead sees the blocked sales of the own till.
TEST_F(AdminDeskTest, AShiftLeadSeesTheBlockedSalesOfThisTill) {
    std::int64_t now_ms = shop.station().now().utc_ms;
    shop.put(attempt("till-1", "from here", now_ms));
    shop.put(attempt("till-2", "from there", now_ms));
    open();
    enter("1101");
    key(Key::f4);
    EXPECT_TRUE(stage.says("from here"));
    EXPECT_FALSE(stage.says("from there"));
    enter("1301");
    key(Key::f5);
    EXPECT_TRUE(stage.says("from there"));
}

// ACCT-2: quality is the inspector's business, turnover is not.
TEST_F(AdminDeskTest, AnInspectorSeesNoSales) {
    open();
    enter("1301");
    EXPECT_TRUE(stage.says("Open complaints"));
    EXPECT_FALSE(stage.says("Sales"));
    enter("1601");
    EXPECT_TRUE(stage.says("Sales today"));
}

// ACCT-2, ACCT-4: a right that is taken away closes what it opened.
TEST_F(AdminDeskTest, APageIsLeftWhenTheRoleLosesIt) {
    open();
    enter("1601");
    ASSERT_TRUE(stage.says("Sales today"));
    execute("UPDATE people SET role = 'instruments' WHERE number = '1601'");
    station().refresh_person();
    desk->station_events().rows_changed();
    rest();
    EXPECT_FALSE(stage.says("Sales today"));
    EXPECT_FALSE(stage.says("Back to the checkout"));
}

TEST_F(AdminDeskTest, AScanOfNoUseIsRefusedInWords) {
    open();
    enter("1601");
    scan(noodles_code);
    EXPECT_TRUE(stage.says("nothing was taken"));
    key(Key::f2);
    scan("9999999999994");
    EXPECT_TRUE(stage.says("No such item"));
    execute("DROP TABLE barcodes");
    scan(noodles_code);
    EXPECT_TRUE(stage.says("cannot use its data"));
    EXPECT_FALSE(stage.says("No such item"));
}

// SALE-5: a customer's payment code stood on the screen in whole.
TEST_F(AdminDeskTest, AScanThatIsNoGoodsSaysWhatItIs) {
    open();
    enter("1601");
    key(Key::f2);
    scan("131234567890123456");
    EXPECT_TRUE(stage.says("This is a payment code"));
    EXPECT_FALSE(stage.says("131234567890123456"));
    scan("]E06901234567893");
    EXPECT_TRUE(stage.says("its check digit is wrong"));
}

// SAFE-7: a manager was told to ask a manager until something was typed.
TEST_F(AdminDeskTest, ANewRecallIsOfWhoMayMakeIt) {
    open();
    enter("1601");
    key(Key::f4);
    key(Key::f11);
    EXPECT_TRUE(stage.says("Make a recall"));
    EXPECT_FALSE(stage.says("An inspector or the manager makes one"));
}

// SAFE-9: the page of a running recall went on saying who was connected an hour ago.
TEST_F(AdminDeskTest, WhatChangesWithoutARowIsAskedForAgain) {
    shop.put(shop.recall_of("milk", "L1"));
    open();
    std::int64_t drawn_ms = 0;
    stage.show([&](kit::Ui& ui, kit::Rect) {
        desk->play(ui);
        drawn_ms = ui.now_ms();
    });
    const auto again_in_ms = [&] {
        rest();
        return stage.stage().wants_frame_ms().value_or(drawn_ms + hour_ms) - drawn_ms;
    };
    enter("1601");
    EXPECT_LE(again_in_ms(), figures_again_ms) << "today";
    key(Key::f7);
    EXPECT_LE(again_in_ms(), figures_again_ms) << "terminals";
    key(Key::f4);
    key(Key::down);
    key(Key::f12);
    ASSERT_TRUE(stage.says("All recalls"));
    EXPECT_LE(again_in_ms(), figures_again_ms) << "the recall";
}

// SALE-1: a square code, or one of a scale, names its item here as well.
TEST_F(AdminDeskTest, ASquareCodeFindsItsItem) {
    open();
    enter("1601");
    key(Key::f2);
    scan("]d201" + tests::gtin14(milk_code) + "10L1");
    EXPECT_TRUE(stage.says("¥5.00"));
    EXPECT_TRUE(stage.says(tests::gtin14(milk_code))) << "its codes, beside the table";
    EXPECT_FALSE(stage.says("Noodles"));
}

TEST_F(AdminDeskTest, TheBarSaysThatOneIsInTheAdminArea) {
    open();
    enter("1601");
    key(Key::f2);
    EXPECT_TRUE(stage.says("Admin area"));
    EXPECT_FALSE(stage.says("Till 1"));
    key(Key::escape);
    EXPECT_FALSE(stage.says("Admin area"));
}

/// What pages are told, without their pictures.
class AdminFactsTest : public ::testing::Test {
  protected:
    AdminFactsTest() { station().speak(domain::Language::en); }
    Station& station() { return shop.station(); }
    void log_in(const std::string& number) {
        FANGXIN_CHECK(station().login(number, pin).has_value());
    }
    AdminReader& reader(const sync::Figures* figures = nullptr) {
        goods = std::make_unique<GoodsSearch>(station());
        reader_ = std::make_unique<AdminReader>(station(), *goods, texts);
        reader_->begin(figures);
        return *reader_;
    }
    domain::Block recall(const std::string& id, const std::string& lot) {
        domain::Block block = shop.recall_of("milk", lot);
        block.id = id;
        block.made_at_ms = station().now().utc_ms - hour_ms;
        return block;
    }
    std::string duties_of(const std::string& number) {
        log_in(number);
        std::string text;
        for (const admin::Duty& each : reader().today().duties)
            text += fmt::format("{}:{} ", static_cast<int>(admin::area_of(each.kind)), each.id);
        return text;
    }

    tests::CheckoutShop shop;
    kit::TextTable texts = kit::TextTable::load(domain::Language::en);
    std::unique_ptr<GoodsSearch> goods;
    std::unique_ptr<AdminReader> reader_;
};

TEST_F(AdminFactsTest, DutiesComeByUrgencyAndOnlyWhereThePersonMayGo) {
    std::int64_t now_ms = station().now().utc_ms;
    shop.put(shop.batch("milk", "LAST", 21, 21));
    shop.put(sync::TerminalBlocks{"till-2", 0, now_ms - 3 * hour_ms});
    shop.put(sync::TerminalBlocks{"till-3", 5, now_ms});
    shop.put(recall("R-9", "NOWHERE"));
    shop.put(sync::Complaint{.id = "C-1",
                             .state = "received",
                             .what = "sour",
                             .taken_at_ms = now_ms - 30 * hour_ms,
                             .answer_due_ms = now_ms - 6 * hour_ms});
    // 5 complaints, 3 recalls, 6 terminals, 2 batches.
    EXPECT_EQ(duties_of("1601"), "3:R-9 3:R-9 5:C-1 2:milk/LAST 6:till-1 ");
    EXPECT_EQ(reader().today().duties.back().what, "Till 1 and 1 more");
    station().logout("asked");
    EXPECT_EQ(duties_of("1301"), "3:R-9 3:R-9 5:C-1 2:milk/LAST ");
    // It said that there was nothing to withdraw while packs on no record were recalled.
    EXPECT_EQ(reader().today().withdraw_today, 2);
}

// SAFE-5: a hundred batches to withdraw are one duty, which leads to their list.
TEST_F(AdminFactsTest, ManyWithdrawalsAreOneDuty) {
    for (const char* lot : {"A", "B", "C"})
        shop.put(shop.batch("milk", lot, 60, 21));
    log_in("1301");
    admin::TodayFacts facts = reader().today();
    EXPECT_EQ(facts.withdraw_today, 3);
    ASSERT_EQ(facts.duties.size(), 1U) << "without the terminals, which are not the inspector's";
    EXPECT_EQ(facts.duties[0].what, "Milk A and 2 more");
    EXPECT_LT(facts.duties[0].due->utc_ms, facts.now.utc_ms);
    auto way = admin::way_of(facts, admin::DutyChosen{0});
    EXPECT_EQ(way->filter, static_cast<std::size_t>(admin::BatchFilter::to_withdraw));
}

// SAFE-7: what is recalled comes before what expired, by when its recall has to begin.
TEST_F(AdminFactsTest, ARecalledBatchIsToBeWithdrawnFirst) {
    std::int64_t now_ms = station().now().utc_ms;
    shop.put(shop.batch("milk", "OLD", 60, 21));
    const domain::Block made = recall("R-1", "L1");
    shop.put(made);
    shop.put(sync::Complaint{
        .id = "C-1", .state = "received", .what = "sour", .answer_due_ms = now_ms - 6 * hour_ms});
    EXPECT_EQ(duties_of("1301"), "2:milk/L1 5:C-1 ");
    EXPECT_EQ(reader().today().duties[0].begin_by->utc_ms, made.made_at_ms + 24 * hour_ms);
}

// SAFE-5: without a batch on record, names that came later never showed.
TEST_F(AdminFactsTest, TheBatchesAreOthersWhenNamesAre) {
    log_in("1601");
    const auto version_after = [&](const char* sql) {
        auto done = station().store().run(sync::Priority::bulk, [&](sync::Database& database) {
            return database.transaction([&]() -> Result<void> {
                database.execute(sql);
                return {};
            });
        });
        FANGXIN_CHECK(done.has_value());
        return reader().batches_version();
    };
    const std::string none = version_after("DELETE FROM batches");
    EXPECT_NE(none, "");
    const std::string category = version_after("UPDATE categories SET ver = 7");
    EXPECT_NE(category, none);
    EXPECT_NE(version_after("UPDATE suppliers SET ver = 8"), category);
}

// SAFE-9: what the server alone knows is not said without its word.
TEST_F(AdminFactsTest, WithoutFiguresNobodyIsCalledOffline) {
    std::int64_t now_ms = station().now().utc_ms;
    shop.put(sync::TerminalBlocks{"till-2", 1, now_ms});
    shop.put(recall("R-1", "L1"));
    log_in("1601");
    const admin::TerminalFact other = reader().terminals().terminals.at(1);
    EXPECT_EQ(other.id, "till-2");
    EXPECT_FALSE(other.known);
    EXPECT_FALSE(other.last_seen);
    EXPECT_FALSE(admin::is_in_trouble(other));
    sync::Figures figures;
    figures.terminals = {{.terminal = "till-2", .connected = false, .seen_ms = now_ms}};
    const admin::TerminalFact told = reader(&figures).terminals().terminals.at(1);
    EXPECT_TRUE(told.known);
    EXPECT_TRUE(told.last_seen);
    EXPECT_TRUE(admin::is_in_trouble(told));
}

TEST(AdminFigures, AreAwaitedForAWhile) {
    EXPECT_EQ(stand_of(false, 0, {}), FiguresStand::offline);
    EXPECT_EQ(stand_of(true, {}, {}), FiguresStand::awaited);
    EXPECT_EQ(stand_of(true, {}, figures_patience_ms - 1), FiguresStand::awaited);
    EXPECT_EQ(stand_of(true, {}, figures_patience_ms), FiguresStand::silent);
    EXPECT_EQ(stand_of(true, 120'000, 10'000), FiguresStand::told);
    EXPECT_EQ(stand_of(true, 120'001, 0), FiguresStand::awaited) << "of a while ago";
}

TEST_F(AdminFactsTest, OldOpsAreNotReadForWhatWasSoldToday) {
    log_in("1601");
    Checkout checkout(station(), Paper{});
    checkout.scan(noodles_code);
    ASSERT_TRUE(checkout.pay_cash(2000).error.empty());
    auto done = station().store().run(sync::Priority::bulk, [](sync::Database& database) {
        return database.transaction([&]() -> Result<void> {
            database.execute(
                "INSERT INTO ops SELECT epoch - 1, seq, kind, '2020-01-02T10:00:00+08:00', person, "
                "body, hash FROM ops WHERE kind = 'sale'");
            return {};
        });
    });
    ASSERT_TRUE(done.has_value());
    admin::TodayFacts facts = reader().today();
    EXPECT_EQ(facts.sales_count, 1);
    EXPECT_EQ(facts.sales_fen, 1490);
}

// COMP-1: what was done about a complaint, as far as the shop has it on record.
TEST_F(AdminFactsTest, AComplaintsStepsAreWhenItWasTakenAndWhatWasStopped) {
    std::int64_t now_ms = station().now().utc_ms;
    shop.put(sync::Complaint{.id = "C-1",
                             .state = "received",
                             .item = "milk",
                             .batch = "milk/L1",
                             .what = "sour",
                             .taken_by = "1001",
                             .taken_at_ms = now_ms - 2 * hour_ms});
    domain::Block quarantine{.id = "Q-1",
                             .kind = domain::BlockKind::quarantine,
                             .item = "milk",
                             .batch = "milk/L1",
                             .made_by = "1301",
                             .made_at_ms = now_ms - hour_ms};
    shop.put(quarantine);
    quarantine.id = "Q-2";
    quarantine.batch = "milk/L7";
    shop.put(quarantine);
    quarantine.id = "Q-3";
    quarantine.batch = "milk/L1";
    quarantine.made_at_ms = now_ms - 3 * hour_ms;
    shop.put(quarantine);
    log_in("1601");
    std::string text;
    for (const auto& step : reader().complaints().complaints.at(0).steps)
        text += step.person + " " + step.words + "; ";
    EXPECT_EQ(text, "1001 Taken; 1301 Quarantine · batch milk/L1; ");
}

}  // namespace
}  // namespace fangxin::terminal
