// What the server tells the admin area: sales of the day, who has heard of a recall, which receipts
// contain it.
#include "sync/server/figures.hpp"

#include "sync/recall_id.hpp"
#include "sync/server/figures_thread.hpp"
#include "tests/support/sync_shop.hpp"

#include <future>
#include <gtest/gtest.h>
#include <thread>

namespace fangxin::sync::testing {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

struct FiguresOf : ::testing::Test {
    Store store;
    std::int64_t seq = 0;

    /// From a log of its own: a server's op is one of everything.
    template <class Op>
    void happened(const Op& op, std::int64_t after_noon_ms = 0,
                  const std::string& terminal = "till-1") {
        OpDraft of = fact(op);
        domain::StoreTime at = noon();
        at.utc_ms += after_noon_ms;
        auto done = store.db.transaction([&]() -> Result<void> {
            ServerRows rows(store.db);
            of.effect(rows, Envelope{.terminal = terminal,
                                     .epoch = 1,
                                     .seq = ++seq,
                                     .kind = of.kind,
                                     .at = at,
                                     .person = of.person});
            rows.finish();
            return {};
        });
        FANGXIN_CHECK(done.has_value());
    }
    Figures ask(const std::string& block = "", std::int64_t after_noon_ms = 0) {
        auto figures = load_figures(store.db, {1, block}, noon().utc_ms + after_noon_ms);
        FANGXIN_CHECK(figures.has_value());
        return *figures;
    }
    /// Four fen of it were forgiven.
    void sold(std::int64_t fen, std::int64_t after_noon_ms) {
        Sale sale = sale_of(fen + 4);
        sale.rounding_fen = 4;
        happened(sale, after_noon_ms);
    }
    /// What it says of itself, and how that is known.
    void sold_of(const std::string& batch, domain::BatchBasis basis,
                 const domain::PackIdentity& pack = {}, std::int64_t after_noon_ms = 0) {
        Sale sale = sale_of(100, batch);
        sale.lines[0].batch_basis = basis;
        sale.lines[0].lot = pack.lot;
        sale.lines[0].production = pack.production;
        sale.lines[0].expiry = pack.expiry;
        happened(sale, after_noon_ms);
    }
    void recalled(const std::string& lot) {
        recalled(RecallMade{
            .block = "R-1", .item = "milk", .lot = lot, .level = domain::RecallLevel::I});
    }
    void recalled(const RecallMade& recall) { happened(recall, 0, std::string(server_log_name)); }
    std::string receipts() {
        Figures figures = ask("R-1");
        return fmt::format("{} certain {} possible", figures.certain_receipts,
                           figures.possible_receipts);
    }
    /// Of `R-1`, after noon.
    std::string acks() {
        std::string text;
        for (const AckFigure& each : ask("R-1").acks)
            text += fmt::format("{}:{} ", each.terminal, each.at_ms - noon().utc_ms);
        return text;
    }
};

std::string hours_text(const Figures& figures) {
    std::string text;
    for (const HourFigure& each : figures.hours)
        text += fmt::format("{}:{} ", each.hour, each.fen);
    return text;
}

// REPT-1
TEST_F(FiguresOf, TheDayAreItsOwnSalesByTheHour) {
    sold(100, -13 * hour_ms);  // 23:00 of the day before
    sold(250, -12 * hour_ms);  // midnight
    sold(300, -1);
    sold(400, 0);
    sold(50, 59 * minute_ms);
    Figures figures = ask();
    EXPECT_EQ(figures.sales_fen, 1000);
    EXPECT_EQ(figures.sales_count, 4);
    EXPECT_EQ(hours_text(figures), "0:250 11:300 12:450 ");
}

// REPT-1
TEST_F(FiguresOf, TheWeekBeforeAreComparedUpToTheSameMinute) {
    sold(100, -7 * day_ms - 13 * hour_ms);
    sold(250, -7 * day_ms - 12 * hour_ms);
    sold(300, -7 * day_ms - 1);
    sold(400, -7 * day_ms);
    EXPECT_EQ(ask().week_before_fen, 550);
    EXPECT_EQ(ask("", minute_ms).week_before_fen, 950);
}

TEST_F(FiguresOf, ATerminalAreWhatItLastSaid) {
    (void)greet(store.db, {.app = "0.1.0", .terminal = "handheld-1", .role = "handheld"}, 77);
    Figures figures = ask();
    ASSERT_EQ(figures.terminals.size(), 2U);
    EXPECT_EQ(figures.terminals[0].terminal, "handheld-1");
    EXPECT_EQ(figures.terminals[0].app, "0.1.0");
    EXPECT_EQ(figures.terminals[0].seen_ms, 77);
}

// REPT-1
TEST_F(FiguresOf, TheDayEndAtItsMidnight) {
    sold(100, 12 * hour_ms - 1);  // a till whose clock is fast
    sold(250, 12 * hour_ms);
    EXPECT_EQ(ask().sales_fen, 100);
}

TEST_F(FiguresOf, TheDayStayNumbersThatCanBeSent) {
    for (int i = 0; i < 3; ++i)
        sold(json_integer_limit - 10, 0);
    EXPECT_EQ(ask().sales_fen, json_integer_limit - 1);
    EXPECT_TRUE(read_message(write_message(ask())).has_value());
}

// REPT-1: on 2026-10-25 Berlin's clocks are set back from 3:00 to 2:00: noon is 13 hours after
// midnight.
TEST_F(FiguresOf, ADayOnWhichTheClockIsSetBackAreWholeToo) {
    store.put(Setting{"time_zone", "Europe/Berlin"});
    const std::int64_t sunday_noon_ms = 1'792'926'000'000;
    auto sold_at = [&](std::int64_t fen, std::int64_t utc_ms) {
        happened(sale_of(fen), utc_ms - noon().utc_ms);
    };
    sold_at(1, sunday_noon_ms - 13 * hour_ms - 1);
    sold_at(10, sunday_noon_ms - 13 * hour_ms);
    sold_at(100, sunday_noon_ms + 12 * hour_ms - 1);
    sold_at(1000, sunday_noon_ms + 12 * hour_ms);
    Figures figures = ask("", sunday_noon_ms - noon().utc_ms);
    EXPECT_EQ(figures.sales_fen, 110);
    EXPECT_EQ(hours_text(figures), "0:10 23:100 ");
    // A week later at noon, what was sold before is that Sunday's morning, midnight's sale too.
    EXPECT_EQ(ask("", sunday_noon_ms + 7 * day_ms - noon().utc_ms).week_before_fen, 10);
}

// SAFE-9
TEST_F(FiguresOf, ABlockAreWhenEachTerminalFirstHadIt) {
    recalled("");
    std::int64_t ver = newest_ver(store.db);
    happened(BlocksApplied{ver - 1}, 100, "till-2");
    happened(BlocksApplied{ver}, 210);
    recalled(RecallMade{.block = "R-2", .item = "milk", .level = domain::RecallLevel::I});
    happened(BlocksApplied{newest_ver(store.db)}, 9000);
    EXPECT_EQ(acks(), "till-1:210 ");
}

// SAFE-9
TEST_F(FiguresOf, ABlockStayWhatTheyWereWhenItsRowIsWrittenAgain) {
    recalled("");
    happened(BlocksApplied{newest_ver(store.db)}, 210);
    happened(BatchWithdrawn{.batch = "R-1"}, hour_ms);
    happened(BlocksApplied{newest_ver(store.db)}, 2 * hour_ms);
    EXPECT_EQ(acks(), "till-1:210 ");
}

// SAFE-9: who had it the first time has to hear of it again.
TEST_F(FiguresOf, ABlockThatComesIntoForceAgainAreAskedForAnew) {
    const std::string quarantine = "quarantine:" + lot_1 + ":1001";
    happened(BatchQuarantined{lot_1, "milk", "swollen"});
    happened(BlocksApplied{newest_ver(store.db)}, 210);
    happened(BlockLifted{quarantine, "mistaken"});
    happened(BatchQuarantined{lot_1, "milk", "leaking"}, hour_ms);
    EXPECT_TRUE(ask(quarantine).acks.empty());
    auto frame = load_blocks(store.db, 0);
    ASSERT_EQ(frame->vers.size(), 1U);
    EXPECT_EQ(frame->vers[0], frame->to);
}

// SAFE-9
TEST_F(FiguresOf, ABlockIgnoreWhoClaimsWhatWasNeverNumbered) {
    happened(BlocksApplied{1'000'000}, 100, "till-2");
    recalled("");
    EXPECT_EQ(acks(), "");
    happened(BlocksApplied{newest_ver(store.db)}, 210, "till-2");
    EXPECT_EQ(acks(), "till-2:210 ");
}

// SAFE-9
TEST_F(FiguresOf, ABlockWhichATillMadeSayThatItHadItAtOnce) {
    happened(RecallMade{.block = "R-till-1-1-1", .item = "milk", .level = domain::RecallLevel::I},
             100);
    happened(BlocksApplied{newest_ver(store.db)}, hour_ms, "till-1");
    Figures figures = ask("R-till-1-1-1");
    ASSERT_EQ(figures.acks.size(), 1U);
    EXPECT_EQ(figures.acks[0].at_ms - noon().utc_ms, 100);
}

// SAFE-7
TEST_F(FiguresOf, ARecallAreTheReceiptsThatContainItCertainlyOrPossibly) {
    using enum domain::BatchBasis;
    recalled("L1");
    sold_of(lot_1, coded);
    sold_of("", read, {.lot = "l1 "});  // the same lot, whose batch is on no record
    EXPECT_EQ(receipts(), "2 certain 0 possible");
    sold_of(lot_1, sole);
    sold_of(lot_1, assumed);
    sold_of("", none);
    EXPECT_EQ(receipts(), "2 certain 3 possible");
    EXPECT_EQ(ask().certain_receipts, 0);
}

// SAFE-7
TEST_F(FiguresOf, ARecallLeaveOutWhatIsKnownToBeOfAnotherLot) {
    using enum domain::BatchBasis;
    recalled("L1");
    sold_of("", read, {.lot = "L2"});
    sold_of("", coded, {.lot = "L2"});
    EXPECT_EQ(receipts(), "0 certain 0 possible");
}

// SAFE-7: the pack was read, and did not say the lot.
TEST_F(FiguresOf, ARecallOfALotArePossiblyPacksOfWhichOnlyADateWasRead) {
    using enum domain::BatchBasis;
    const domain::DayMinute day{noon().date()};
    recalled("L1");
    sold_of("", read, {.expiry = day});
    EXPECT_EQ(receipts(), "0 certain 1 possible");
    store.put(domain::Batch{.id = "other", .item = "milk", .lot = "L2"});
    sold_of("other", read, {.expiry = day});
    EXPECT_EQ(receipts(), "0 certain 1 possible") << "that batch is known";
}

// SAFE-7: a code with a lot and no date says nothing of the dates that a notice names.
TEST_F(FiguresOf, ARecallOfDatesAreCertainOnlyWhereADateIsKnown) {
    using enum domain::BatchBasis;
    const domain::Date day = noon().date();
    store.put(domain::Batch{.id = "late",
                            .item = "milk",
                            .lot = "L9",
                            .expiry = domain::DayMinute{day + std::chrono::days{400}}});
    recalled(RecallMade{
        .block = "R-1", .item = "milk", .from = day, .to = day, .level = domain::RecallLevel::I});
    sold_of("late", coded, {.lot = "L9"});
    EXPECT_EQ(receipts(), "0 certain 0 possible");
    sold_of("", coded, {.lot = "L8"});
    EXPECT_EQ(receipts(), "0 certain 1 possible");
}

// SAFE-7
TEST_F(FiguresOf, ARecallOfDatesAreWhatWasReadOffThePack) {
    using enum domain::BatchBasis;
    const domain::Date day = noon().date();
    recalled(RecallMade{
        .block = "R-1", .item = "milk", .from = day, .to = day, .level = domain::RecallLevel::I});
    sold_of("", read, {.expiry = domain::DayMinute{day}});
    sold_of("", read, {.expiry = domain::DayMinute{day + std::chrono::days{400}}});
    EXPECT_EQ(receipts(), "1 certain 0 possible");
}

// SAFE-7
TEST_F(FiguresOf, ARecallOfTheWholeItemAreAllThatWasSoldOfIt) {
    recalled("");
    sold_of("", domain::BatchBasis::none);
    sold_of(lot_1, domain::BatchBasis::assumed);
    EXPECT_EQ(receipts(), "2 certain 0 possible");
}

// SAFE-7
TEST_F(FiguresOf, ARecallDoNotReachBackBeforeItsGoodsCame) {
    using enum domain::BatchBasis;
    domain::Batch batch = *store.shop().batch(lot_1);
    batch.received = noon().date();
    store.put(batch);
    recalled("L1");
    sold_of("", none, {}, -12 * hour_ms - 1);
    EXPECT_EQ(receipts(), "0 certain 0 possible");
    sold_of("", none, {}, -12 * hour_ms);
    EXPECT_EQ(receipts(), "0 certain 1 possible");
}

// SAFE-7: goods reach the shelf before they are booked.
TEST_F(FiguresOf, ARecallReachBackToWhenATillFirstSawItsGoods) {
    using enum domain::BatchBasis;
    domain::Batch batch = *store.shop().batch(lot_1);
    batch.received = noon().date();
    store.put(batch);
    store.put(UnrecordedBatch{.id = "u1",
                              .item = "milk",
                              .lot = "L1",
                              .first_seen_ms = noon().utc_ms - day_ms,
                              .settled = true});
    recalled("L1");
    sold_of("", none, {}, -day_ms);
    sold_of("", none, {}, -day_ms - 1);
    EXPECT_EQ(receipts(), "0 certain 1 possible");
}

// SAFE-7: of a recall by dates there may be lots that nobody has seen.
TEST_F(FiguresOf, ARecallOfDatesReachBackAsFarAsTheBooks) {
    domain::Batch batch = *store.shop().batch(lot_1);
    batch.received = noon().date();
    store.put(batch);
    recalled(RecallMade{
        .block = "R-1", .item = "milk", .from = noon().date(), .level = domain::RecallLevel::I});
    sold_of("", domain::BatchBasis::none, {}, -30 * day_ms);
    EXPECT_EQ(receipts(), "0 certain 1 possible");
}

// SAFE-7
TEST_F(FiguresOf, ARecallCountAReceiptOnceByItsSurestLine) {
    using enum domain::BatchBasis;
    recalled("L1");
    Sale sale = sale_of(100);
    sale.lines[0].batch_basis = none;
    SaleLine sure = sale.lines[0];
    sure.batch_basis = read;
    sure.lot = "L1";
    sale.lines.insert(sale.lines.end(), {sure, sale.lines[0], sure});
    happened(sale);
    EXPECT_EQ(receipts(), "1 certain 0 possible");
}

// SAFE-7
TEST_F(FiguresOf, ALiftedRecallAreStillTraced) {
    recalled("L1");
    sold_of(lot_1, domain::BatchBasis::coded, {.lot = "L1"});
    happened(BlockLifted{"R-1", "in error"});
    EXPECT_EQ(receipts(), "1 certain 0 possible");
}

TEST_F(FiguresOf, ABookOfAnOlderProgramAreKeptFromThenOn) {
    store.db.execute(
        "DELETE FROM meta WHERE key = 'form'; DROP TABLE block_acks; DROP TABLE block_versions; "
        "DROP INDEX sales_at; DROP INDEX "
        "sale_lines_item; ALTER TABLE sale_lines DROP COLUMN production; "
        "ALTER TABLE sale_lines DROP COLUMN expiry; "
        "CREATE INDEX sales_at ON sales(at_ms, total_fen); "
        "CREATE INDEX sale_lines_batch ON sale_lines(batch);");
    store.db.execute(
        "INSERT INTO blocks (id,kind,item,batch,lot,level,reason,made_by,made_at_ms,"
        "withdrawal_confirmed,lifted,ver) VALUES "
        "('R-1','recall','milk','','L1','I','','',0,0,0,3)");
    ASSERT_TRUE(prepare_book(store.db).has_value());
    ASSERT_TRUE(prepare_book(store.db).has_value());
    sold_of("", domain::BatchBasis::read, {.lot = "L1"});
    happened(BlocksApplied{3}, 210);
    EXPECT_EQ(receipts(), "1 certain 0 possible");
    EXPECT_EQ(acks(), "till-1:210 ");
    EXPECT_EQ(store.one("SELECT sql FROM sqlite_master WHERE name = 'sales_at'"),
              "CREATE INDEX sales_at ON sales(at_ms, total_fen, rounding_fen)");
    EXPECT_EQ(store.one("SELECT 1 FROM sqlite_master WHERE name = 'sale_lines_batch'"), "nothing");
}

TEST(RecallId, SaysWhichTerminalMadeIt) {
    EXPECT_EQ(recall_id("till-1", {2, 17}), "R-till-1-2-17");
    EXPECT_TRUE(is_recall_made_at("R-till-1-2-17", "till-1"));
    EXPECT_FALSE(is_recall_made_at("R-till-1-2-17", "till"));
    EXPECT_FALSE(is_recall_made_at("R-till-12-2-17", "till-1"));
    EXPECT_FALSE(is_recall_made_at("R-338", "338"));
}

// Blocks travel on the sockets' thread; a long trace must not hold them up (SAFE-6).
TEST_F(FiguresOf, ADayAreCountedOnAThreadOfTheirOwn) {
    std::promise<std::thread::id> where;
    {
        FiguresThread counts(*Database::open(store.folder / "store.db", Database::Access::reader));
        counts.ask({1, ""}, noon().utc_ms, [&](const Result<Figures>& figures) {
            EXPECT_TRUE(figures.has_value());
            where.set_value(std::this_thread::get_id());
        });
        EXPECT_NE(where.get_future().get(), std::this_thread::get_id());
    }
}

}  // namespace
}  // namespace fangxin::sync::testing
