// What the server tells the admin area: sales of the day, who has heard of a recall, which receipts
// contain it.
#include "sync/server/figures.hpp"

#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

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
    void sold_of(const std::string& batch, domain::BatchBasis basis, const std::string& lot) {
        Sale sale = sale_of(100, batch);
        sale.lines[0].batch_basis = basis;
        sale.lines[0].lot = lot;
        happened(sale);
    }
};

std::string hours_text(const Figures& figures) {
    std::string text;
    for (const HourFigure& each : figures.hours)
        text += fmt::format("{}:{} ", each.hour, each.fen);
    return text;
}

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

// SAFE-9
TEST_F(FiguresOf, ABlockAreWhenEachTerminalFirstHadIt) {
    happened(RecallMade{.block = "R-1", .item = "milk", .level = domain::RecallLevel::I}, 0);
    std::int64_t ver = newest_ver(store.db);
    happened(BlocksApplied{ver - 1}, 100, "till-2");
    happened(BlocksApplied{ver}, 210);
    happened(BlocksApplied{ver + 5}, 9000);
    Figures figures = ask("R-1");
    ASSERT_EQ(figures.acks.size(), 1U);
    EXPECT_EQ(figures.acks[0].terminal, "till-1");
    EXPECT_EQ(figures.acks[0].at_ms - noon().utc_ms, 210);
}

// SAFE-9
TEST_F(FiguresOf, ABlockStayWhatTheyWereWhenItsRowIsWrittenAgain) {
    happened(RecallMade{.block = "R-1", .item = "milk", .level = domain::RecallLevel::I}, 0);
    happened(BlocksApplied{newest_ver(store.db)}, 210);
    happened(BatchWithdrawn{.batch = "R-1"}, hour_ms);
    happened(BlocksApplied{newest_ver(store.db)}, 2 * hour_ms);
    Figures figures = ask("R-1");
    ASSERT_EQ(figures.acks.size(), 1U);
    EXPECT_EQ(figures.acks[0].at_ms - noon().utc_ms, 210);
}

// SAFE-7
TEST_F(FiguresOf, ARecallAreTheReceiptsThatContainItCertainlyOrPossibly) {
    using enum domain::BatchBasis;
    happened(
        RecallMade{.block = "R-1", .item = "milk", .lot = "L1", .level = domain::RecallLevel::I});
    sold_of(lot_1, coded, "L1");
    sold_of(lot_1, sole, "");
    sold_of(lot_1, assumed, "");
    sold_of("", read, "l1 ");  // the same lot, whose batch is on no record
    sold_of("", read, "L2");
    sold_of("", none, "");
    Figures figures = ask("R-1");
    EXPECT_EQ(figures.certain_receipts, 3);
    EXPECT_EQ(figures.possible_receipts, 2);
    EXPECT_EQ(ask().certain_receipts, 0);
}

// SAFE-7
TEST_F(FiguresOf, ALiftedRecallAreStillTraced) {
    happened(
        RecallMade{.block = "R-1", .item = "milk", .lot = "L1", .level = domain::RecallLevel::I});
    sold_of(lot_1, domain::BatchBasis::coded, "L1");
    happened(BlockLifted{"R-1", "in error"});
    EXPECT_EQ(ask("R-1").certain_receipts, 1);
}

}  // namespace
}  // namespace fangxin::sync::testing
