// A terminal's durable side: its log, the server's rows, its own work on top of them.
#include "sync/terminal_journal.hpp"

#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

std::string cursors(Database& db) {
    auto state = load_terminal_state(db, {"till-1", "till"});
    return fmt::format("log {}/{} acked {} rows {} blocks {}", state.logs.back().epoch,
                       state.logs.back().last_seq, state.acked.back().last_seq, state.rows,
                       state.blocks);
}

BlocksFrame recall_frame(std::int64_t from, std::int64_t to) {
    domain::Block recall{.id = "recall:1", .item = "milk", .lot = "L1"};
    return {.from = from, .to = to, .complete = true, .rows = {to_json(recall)}};
}

// SAFE-9
TEST(Journal, KnowsFromWhichVersionOnEachBlockIsInForce) {
    Till till;
    domain::Block first{.id = "R-1", .item = "milk", .lot = "L1"};
    domain::Block second{.id = "R-2", .item = "milk", .lot = "L2"};
    BlocksFrame frame{.to = 9, .rows = {to_json(first), to_json(second)}, .vers = {4, 9}};
    ASSERT_EQ(code_of(store_blocks(till.db, frame, noon())), "ok");
    ShopReader shop(till.db, ShopReader::Side::terminal);
    EXPECT_EQ(shop.cursor_of("R-1"), 4);
    EXPECT_EQ(shop.cursor_of("R-2"), 9);
}

// SYNC-2
TEST(Journal, NumbersWithoutGapsAndChains) {
    Till till;
    for (std::int64_t fen : {100, 200, 300})
        till.append(sale_of(fen));
    OpsFrame frame = till.frame_from(1);
    ASSERT_EQ(frame.bodies.size(), 3U);
    Hash head{};
    for (std::size_t i = 0; i < 3; ++i) {
        head = chain(head, frame.bodies[i]);
        EXPECT_EQ(read_envelope(frame.bodies[i])->seq, static_cast<std::int64_t>(i + 1));
    }
    EXPECT_EQ(frame.head, to_hex(head));
}

// SYNC-1
TEST(Journal, GoesOnWhereItWasAfterARestart) {
    tests::TempDir folder;
    {
        auto first = open_journal(folder.path(), {"till-1", "till"});
        (void)first->writer.transaction([&]() -> Result<void> {
            (void)append_op(first->writer, fact(LoggedOut{"idle"}));
            return {};
        });
    }
    auto second = open_journal(folder.path(), {"till-1", "till"});
    EXPECT_EQ(cursors(second->writer), "log 1/1 acked 0 rows 0 blocks 0");
    EXPECT_EQ(next_op(second->writer), (LogState{1, 2}));
}

TEST(Journal, AnOpOfAFailedTransactionNeverWas) {
    Till till;
    (void)till.db.transaction([&]() -> Result<void> {
        (void)append_op(till.db, fact(sale_of(100)));
        return failure("verdict_changed");
    });
    EXPECT_EQ(cursors(till.db), "log 1/0 acked 0 rows 0 blocks 0");
    EXPECT_TRUE(till.frame_from(1).bodies.empty());
}

TEST(Journal, RefusesAnOpThatNoFrameCouldCarry) {
    Till till;
    auto done = till.db.transaction([&]() -> Result<void> {
        auto appended = append_op(till.db, fact(LoggedOut{std::string(op_limit, 'x')}));
        return appended ? Result<void>{} : tl::unexpected(appended.error());
    });
    EXPECT_EQ(code_of(done), "too_large");
}

TEST(Journal, LoadsAThousandOpsAFrame) {
    Till till;
    (void)till.db.transaction([&]() -> Result<void> {
        for (int i = 0; i < 1001; ++i)
            (void)append_op(till.db, fact(LoggedOut{}));
        return {};
    });
    EXPECT_EQ(till.frame_from(1).bodies.size(), 1000U);
    EXPECT_EQ(till.frame_from(1001).bodies.size(), 1U);
    EXPECT_TRUE(till.frame_from(1002).bodies.empty());
}

TEST(Journal, LoadsAsManyBytesAsAFrameMayHave) {
    Till till;
    for (int i = 0; i < 4; ++i)
        till.append(LoggedOut{std::string(100'000, 'x')});
    EXPECT_EQ(till.frame_from(1).bodies.size(), 3U);
    EXPECT_EQ(till.frame_from(4).bodies.size(), 1U);
}

// SAFE-9
TEST(Journal, StoredBlocksAppendTheirAcknowledgement) {
    Till till;
    auto written = store_blocks(till.db, recall_frame(0, 7), noon());
    ASSERT_EQ(code_of(written), "ok");
    EXPECT_EQ(*written, (LogState{1, 1}));
    EXPECT_EQ(cursors(till.db), "log 1/1 acked 0 rows 0 blocks 7");
    auto op = read_envelope(till.frame_from(1).bodies.at(0));
    EXPECT_EQ(op->kind + json::serialize(op->data),
              R"(blocks_applied{"block_cursor":7,"server_epoch":0})");
    EXPECT_EQ(till.shop().terminals().at(0).block_cursor, 7);
}

TEST(Journal, AnEmptyLaneIsNotAcknowledged) {
    Till till;
    auto written = store_blocks(till.db, {.from = 0, .to = 7, .complete = true}, noon());
    ASSERT_EQ(code_of(written), "ok");
    EXPECT_EQ(*written, (LogState{0, 0}));
    EXPECT_EQ(cursors(till.db), "log 1/0 acked 0 rows 0 blocks 7");
}

// A disk that was full for one frame must not make the next one hide it. SAFE-6
TEST(Journal, ACursorNeverPassesAFrameThatWasNotStored) {
    Till till;
    EXPECT_EQ(code_of(store_rows(till.db, {.from = 5, .to = 9})), "rows_missing");
    EXPECT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 9, .blocks = 7})), "blocks_missing");
    EXPECT_EQ(code_of(store_blocks(till.db, recall_frame(5, 9), noon())), "blocks_missing");
    EXPECT_EQ(cursors(till.db), "log 1/0 acked 0 rows 0 blocks 0");
}

TEST(Journal, AFrameOfAnEarlierLineMovesNoCursorBack) {
    Till till;
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 9})), "ok");
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 5})), "ok");
    ASSERT_EQ(code_of(store_blocks(till.db, {.from = 0, .to = 5}, noon())), "ok");
    EXPECT_EQ(cursors(till.db), "log 1/0 acked 0 rows 9 blocks 9");
}

TEST(Journal, ARowThatIsNoneRefusesTheWholeFrame) {
    Till till;
    RowsFrame frame{.to = 9, .rows = {{"settings", 8, {{"key", "a"}, {"value", "b"}}}}};
    frame.rows.push_back({"settings", 9, {{"key", 1}}});
    EXPECT_EQ(code_of(store_rows(till.db, frame)), "bad_record");
    EXPECT_EQ(cursors(till.db), "log 1/0 acked 0 rows 0 blocks 0");
    EXPECT_EQ(till.shop().setting("a"), "");
}

TEST(Journal, RowsOfATableOfANewerServerArePassedOver) {
    Till till;
    RowsFrame frame{.to = 9, .rows = {{"hologram_labels", 9, {{"id", 1}}}}};
    EXPECT_EQ(code_of(store_rows(till.db, frame)), "ok");
}

TEST(Overlay, OwnWorkIsVisibleAtOnce) {
    Till till;
    till.append(ComplaintTaken{.complaint = "c1", .what = "sour"});
    ASSERT_EQ(till.shop().complaints().size(), 1U);
    EXPECT_EQ(till.shop().complaints()[0].what, "sour");
}

// SYNC-1
TEST(Overlay, StaysUntilItsRowsAreBack) {
    Till till;
    till.append(ComplaintTaken{.complaint = "c1", .what = "sour"});
    auto seen = [&] { return till.shop().complaints().size(); };
    ASSERT_EQ(code_of(store_ack(till.db, {.epoch = 1, .seq = 1, .ver = 50})), "ok");
    EXPECT_EQ(seen(), 1U);
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 49})), "ok");
    EXPECT_EQ(seen(), 1U) << "a frame without it came first";
    json::object row = to_json(Complaint{.id = "c1"});
    ASSERT_EQ(
        code_of(store_rows(till.db, {.from = 49, .to = 50, .rows = {{"complaints", 50, row}}})),
        "ok");
    EXPECT_EQ(seen(), 1U);
    EXPECT_FALSE(till.db.query("SELECT 1 FROM overlay").step());
}

TEST(Overlay, RowsThatCameBeforeTheAcknowledgementCount) {
    Till till;
    till.append(ComplaintTaken{.complaint = "c1"});
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 50})), "ok");
    EXPECT_EQ(till.shop().complaints().size(), 1U);
    ASSERT_EQ(code_of(store_ack(till.db, {.epoch = 1, .seq = 1, .ver = 50})), "ok");
    EXPECT_TRUE(till.shop().complaints().empty()) << "the server had refused it";
}

TEST(Overlay, LaterWorkOnTheSameRowWaitsForItsOwnAcknowledgement) {
    Till till;
    till.append(BasketHeld{.hold = "h1", .body = "{}"});
    ASSERT_EQ(code_of(store_ack(till.db, {.epoch = 1, .seq = 1, .ver = 50})), "ok");
    till.append(BasketResumed{.hold = "h1"});
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 60})), "ok");
    EXPECT_EQ(till.shop().hold("h1")->resumed_by, "till-1");
}

// SYNC-1: the server was put back from a backup of before this complaint.
TEST(Overlay, WorkThatTheServerLostLiesOnTopAgain) {
    Till till;
    till.append(ComplaintTaken{.complaint = "c1", .what = "酸了"});
    ASSERT_EQ(code_of(store_ack(till.db, {1, 1, 5, ""})), "ok");
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 9, .complete = true})), "ok");
    ASSERT_TRUE(till.shop().complaints().empty());
    ASSERT_EQ(code_of(take_back(till.db, {1, 0})), "ok");
    EXPECT_EQ(till.shop().complaints().size(), 1U);
    EXPECT_EQ(load_terminal_state(till.db, {"till-1", "till"}).acked,
              (std::vector<LogState>{{1, 0}}));
}

// SALE-16, SYNC-1: points are added to what is there; taken back twice, they are added once.
TEST(Overlay, WhatIsTakenBackTwiceIsLaidOnTopOnce) {
    Till till;
    Sale sale = sale_of(1'200);
    sale.member = "M1";
    sale.points_earned = 12;
    till.append(sale);
    for (int times = 0; times < 2; ++times) {
        ASSERT_EQ(code_of(take_back(till.db, {1, 0})), "ok");
        EXPECT_EQ(till.shop().member_account("M1")->points, 12);
    }
}

// SYNC-2
TEST(Journal, RefusesAnAcknowledgementOfAnotherChain) {
    Till till;
    till.append(sale_of(100));
    EXPECT_EQ(code_of(store_ack(till.db, {1, 1, 0, std::string(64, '0')})), "chain");
    EXPECT_EQ(load_terminal_state(till.db, {"till-1", "till"}).acked,
              (std::vector<LogState>{{1, 0}}));
    EXPECT_EQ(code_of(store_ack(till.db, {1, 1, 0, op_hash(till.db, 1, 1)})), "ok");
}

// SYNC-2: what the server has stays where it is; what it has not gets new numbers.
TEST(Journal, KeepsWhatTheServerHasWhereAManagerOpenedAnEpoch) {
    Till till;
    till.append(sale_of(100));
    till.append(sale_of(200));
    till.append(ComplaintTaken{.complaint = "c1", .what = "酸了"});
    ASSERT_EQ(code_of(reset_rows(till.db, {42, 0})), "ok");
    const std::string kept = op_hash(till.db, 1, 1);
    auto logs = begin_epoch(till.db, {2, 1, true});
    EXPECT_EQ(logs->logs, (std::vector<LogState>{{1, 1}, {2, 2}}));
    EXPECT_EQ(logs->acked, (std::vector<LogState>{{1, 1}, {2, 0}}));
    EXPECT_EQ(op_hash(till.db, 1, 1), kept);
    EXPECT_EQ(load_ops(till.db, 1, 1).head, kept);
    auto moved = read_envelope(load_ops(till.db, 2, 2).bodies[0]);
    EXPECT_EQ(moved->kind, "complaint_taken");
    EXPECT_EQ(till.shop().complaints().size(), 1U);
}

TEST(Overlay, AServersNewEpochLaysOwnWorkOnTopAgain) {
    Till till;
    till.append(ComplaintTaken{.complaint = "c1"});
    ASSERT_EQ(code_of(store_ack(till.db, {.epoch = 1, .seq = 1, .ver = 50})), "ok");
    ASSERT_EQ(code_of(reset_rows(till.db, {43, 0})), "ok");
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 60})), "ok");
    EXPECT_EQ(till.shop().complaints().size(), 1U);
}

TEST(Journal, ANewServerEpochKeepsTheBlocks) {
    Till till;
    ASSERT_EQ(code_of(store_blocks(till.db, recall_frame(0, 7), noon())), "ok");
    ASSERT_EQ(code_of(reset_rows(till.db, {43, 0})), "ok");
    EXPECT_EQ(cursors(till.db), "log 1/1 acked 0 rows 0 blocks 0");
    EXPECT_EQ(till.shop().all_blocks().size(), 1U);
}

// SYNC-1: a server of another epoch that was gone again left the till with nothing to sell.
TEST(Journal, ANewServerEpochKeepsTheRowsUntilItsOwnAreWhole) {
    Till till;
    auto entry = [](const char* code, std::int64_t ver) {
        return RowEntry{"items", ver, to_json(domain::Item{.code = code})};
    };
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 9, .rows = {entry("old", 9)}})), "ok");
    ASSERT_EQ(code_of(reset_rows(till.db, {43, 0})), "ok");
    EXPECT_TRUE(till.shop().item("old"));
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 3, .rows = {entry("new", 3)}})), "ok");
    EXPECT_TRUE(till.shop().item("old")) << "more is to come";
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 3, .to = 4, .complete = true})), "ok");
    EXPECT_FALSE(till.shop().item("old"));
    EXPECT_TRUE(till.shop().item("new"));
}

TEST(Journal, WhatNoServerSawMovesIntoTheNewEpoch) {
    Till till;
    till.append(ComplaintTaken{.complaint = "c1"});
    EXPECT_EQ(begin_epoch(till.db, {3, 0, false})->logs, (std::vector<LogState>{{3, 1}}));
    OpsFrame frame = till.frame_from(1, 3);
    EXPECT_EQ(read_envelope(frame.bodies.at(0))->epoch, 3);
    EXPECT_EQ(frame.head, to_hex(chain(Hash{}, frame.bodies[0])));
    EXPECT_EQ(till.shop().complaints().size(), 1U);
}

TEST(Journal, AnEpochThatAServerKnowsIsNotLeft) {
    Till till;
    ASSERT_EQ(code_of(reset_rows(till.db, {42, 0})), "ok");
    till.append(LoggedOut{});
    EXPECT_EQ(begin_epoch(till.db, {2, 0, false}).error().code, "epoch_in_use");
    EXPECT_EQ(next_op(till.db), (LogState{1, 2}));
}

}  // namespace
}  // namespace fangxin::sync::testing
