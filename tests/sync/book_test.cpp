// The server's book: every op exactly once, whatever comes twice, late, torn or from elsewhere.
#include "sync/server/book.hpp"

#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

std::string answer_text(const ServerPeer::Ingested& answer) {
    if (!answer.refused.empty()) return answer.refused;
    return fmt::format("{} {}", answer.gap ? "gap after" : "ack", answer.ack.seq);
}

struct Ingest : ::testing::Test {
    Store store;
    Till till;

    std::string take(const OpsFrame& frame, std::string_view role = "till") {
        return answer_text(store.take(frame, role));
    }
    std::string status(std::int64_t seq) {
        return store.one(fmt::format("SELECT status || ' ' || why FROM ops WHERE seq = {}", seq));
    }
    std::string sums() {
        return store.one("SELECT count(*) || ' sales ' || coalesce(sum(total_fen),0) FROM sales") +
               store.one(
                   "SELECT ', ' || count(*) || ' lines ' || coalesce(sum(amount_fen),0) "
                   "FROM sale_lines");
    }
    /// A frame of these bodies as an honest terminal would chain them.
    static OpsFrame chained(const std::vector<std::string>& bodies) {
        Hash head{};
        for (const std::string& body : bodies)
            head = chain(head, body);
        return {1, 1, bodies, to_hex(head)};
    }
    static std::string body(std::int64_t seq, std::string_view kind, const json::object& data) {
        return write_envelope({"till-1", 1, seq, std::string(kind), noon(), "1001", data});
    }
};

TEST(PrepareBook, SaysWhetherAnotherVersionIsOlderOrNewer) {
    Store store;
    set_meta(store.db, "schema", "1");
    auto older = prepare_book(store.db);
    EXPECT_EQ(older.error().code + ": " + older.error().detail,
              "older_version: schema 1, this program's is 6");
    set_meta(store.db, "schema", "99");
    EXPECT_EQ(prepare_book(store.db).error().code, "newer_version");
}

// SYNC-1
TEST_F(Ingest, BooksEachSaleExactlyOnce) {
    for (std::int64_t fen : {100, 250})
        till.append(sale_of(fen));
    EXPECT_EQ(take(till.frame_from(1)), "ack 2");
    EXPECT_EQ(take(till.frame_from(1)), "ack 2");
    EXPECT_EQ(sums(), "2 sales 350, 2 lines 350");
}

TEST_F(Ingest, TakesTheNewPartOfAFrameThatOverlaps) {
    till.append(sale_of(100));
    EXPECT_EQ(take(till.frame_from(1)), "ack 1");
    till.append(sale_of(250));
    EXPECT_EQ(take(till.frame_from(1)), "ack 2");
    EXPECT_EQ(sums(), "2 sales 350, 2 lines 350");
}

// SYNC-2
TEST_F(Ingest, AsksForWhatIsMissing) {
    for (std::int64_t fen : {100, 250})
        till.append(sale_of(fen));
    EXPECT_EQ(take(till.frame_from(2)), "gap after 0");
    EXPECT_EQ(sums(), "0 sales 0, 0 lines 0");
}

TEST_F(Ingest, ALogThatDiffersFromOursWasRolledBack) {
    till.append(sale_of(100));
    EXPECT_EQ(take(till.frame_from(1)), "ack 1");
    Till restored;
    restored.append(sale_of(999));
    restored.append(sale_of(100));
    EXPECT_EQ(take(restored.frame_from(1)), "rolled_back");
    EXPECT_EQ(sums(), "1 sales 100, 1 lines 100");
    EXPECT_NE(store.one("SELECT conflict FROM known_terminals"), "");
}

// SYNC-2
TEST_F(Ingest, ALogThatPartsBehindWhatWeHaveIsFoundByItsHead) {
    till.append(sale_of(100));
    EXPECT_EQ(take(till.frame_from(1)), "ack 1");
    Till restored;
    for (std::int64_t fen : {999, 100})
        restored.append(sale_of(fen));
    EXPECT_EQ(take(restored.frame_from(2)), "chain");
    EXPECT_EQ(sums(), "1 sales 100, 1 lines 100");
    EXPECT_NE(store.one("SELECT conflict FROM known_terminals"), "");
}

TEST_F(Ingest, KeepsTheTerminalsHashes) {
    for (std::int64_t fen : {100, 250})
        till.append(sale_of(fen));
    OpsFrame frame = till.frame_from(1);
    take(frame);
    EXPECT_EQ(store.one("SELECT lower(hex(head)) FROM terminal_logs"), frame.head);
    EXPECT_EQ(store.one("SELECT body FROM ops WHERE seq = 2"), frame.bodies[1]);
}

TEST_F(Ingest, ABadOpIsKeptAndTheNextOneIsBooked) {
    std::string good = body(3, "sale", to_json(sale_of(100)));
    EXPECT_EQ(take(chained({"{torn", body(2, "sale", {{"receipt", 1}}), good})), "ack 3");
    EXPECT_EQ(status(1).substr(0, 17), "rejected bad_json");
    EXPECT_EQ(status(2), "rejected bad_record sale.receipt");
    EXPECT_EQ(status(3) + " " + sums(), "flagged no person 1001 1 sales 100, 1 lines 100");
}

TEST_F(Ingest, AnOpUnderAnothersNumberIsRejected) {
    EXPECT_EQ(take(chained({body(2, "sale", to_json(sale_of(100)))})), "ack 1");
    EXPECT_EQ(status(1), "rejected its number is not the one it came under");
}

TEST_F(Ingest, AKindOfANewerProgramWaits) {
    EXPECT_EQ(take(chained({body(1, "drone_landed", {{"at", 1}})})), "ack 1");
    EXPECT_EQ(status(1), "pending unknown_kind drone_landed");
}

TEST_F(Ingest, AHandheldsSaleIsRejected) {
    till.append(sale_of(100));
    till.append(ComplaintTaken{.complaint = "c1"});
    EXPECT_EQ(take(till.frame_from(1), "handheld"), "ack 2");
    EXPECT_EQ(status(1), "rejected a terminal of this role cannot do this");
    EXPECT_EQ(status(2) + " " + sums(), "flagged no person 1001 0 sales 0, 0 lines 0");
}

// One sale whose lines bore one number had stopped all that its till sold afterwards.
TEST_F(Ingest, LinesOfOneNumberAreBothBooked) {
    Sale sale = sale_of(200);
    sale.lines.push_back(sale.lines[0]);
    till.append(sale);
    EXPECT_EQ(take(till.frame_from(1)), "ack 1");
    EXPECT_EQ(sums(), "1 sales 200, 2 lines 400");
}

// SYNC-1
TEST_F(Ingest, AFullDiskAcknowledgesNothing) {
    for (int i = 0; i < 200; ++i)
        till.append(sale_of(100));
    store.db.limit_pages(std::stoll(store.one("PRAGMA page_count")));
    auto full = ingest(store.db, {"till-1", till.frame_from(1)}, "till", 1);
    ASSERT_FALSE(full.has_value());
    EXPECT_EQ(full.error().code, "disk_full");
    EXPECT_EQ(sums(), "0 sales 0, 0 lines 0");
    store.db.limit_pages(100'000);
    EXPECT_EQ(take(till.frame_from(1)), "ack 200");
}

TEST_F(Ingest, TheAckNamesTheRowsThatShowIt) {
    till.append(ComplaintTaken{.complaint = "c1"});
    auto answer = store.take(till.frame_from(1));
    EXPECT_EQ(std::to_string(answer.ack.ver), store.one("SELECT ver || '' FROM complaints"));
}

TEST(Greet, TellsATerminalWhatTheServerHasOfIt) {
    Store store;
    Till till;
    till.append(sale_of(100));
    store.take(till.frame_from(1));
    auto greeting = greet(store.db, {.terminal = "till-1", .role = "till"}, 5);
    EXPECT_EQ(greeting->welcome.logs, (std::vector<LogState>{{1, 1}}));
    EXPECT_EQ(greeting->welcome.ver, newest_ver(store.db));
    EXPECT_NE(greeting->welcome.server_epoch, 0);
    EXPECT_EQ(greet(store.db, {.terminal = "till-1", .role = "handheld"}, 6)->refused->code,
              "role");
}

// SYNC-1: a till has rows that the book has not: the book is a backup, and will number other rows
// alike.
TEST(Greet, BeginsAnEpochWhereATerminalKnowsMoreThanTheBook) {
    Store store;
    auto known = [&] { return greet(store.db, {.terminal = "till-1", .role = "till"}, 5); };
    const std::int64_t epoch = known()->welcome.server_epoch;
    const std::int64_t ver = newest_ver(store.db);
    Hello hello{.terminal = "till-1", .role = "till", .server_epoch = epoch, .rows = ver};
    EXPECT_EQ(greet(store.db, hello, 6)->welcome.server_epoch, epoch);
    hello.blocks = ver + 1;
    auto renewed = greet(store.db, hello, 7);
    EXPECT_NE(renewed->welcome.server_epoch, epoch);
    EXPECT_TRUE(renewed->changed.renewed);
    EXPECT_EQ(known()->welcome.server_epoch, renewed->welcome.server_epoch);
    EXPECT_FALSE(known()->changed.renewed);
    hello.server_epoch = epoch;  // once is enough
    EXPECT_EQ(greet(store.db, hello, 8)->welcome.server_epoch, renewed->welcome.server_epoch);
}

TEST(ClaimHold, GivesABasketToOneTillOnly) {
    Store store;
    store.own(BasketHeld{.hold = "h1", .body = "{\"lines\":1}"});
    auto claim = [&](const std::string& terminal, const std::string& hold) {
        auto done = claim_hold(store.db, {terminal, {.id = 1, .hold = hold}});
        return done->answer.code + done->answer.body;
    };
    EXPECT_EQ(claim("till-1", "h1"), "{\"lines\":1}");
    EXPECT_EQ(claim("till-2", "h1"), "taken");
    EXPECT_EQ(claim("till-1", "h1"), "{\"lines\":1}") << "its first answer was lost";
    EXPECT_EQ(claim("till-1", "h2"), "not_found");
}

// SAFE-6
TEST(Feed, EveryBlockComesInTheLaneAndNoneTwice) {
    Store store;
    (void)store.db.transaction([&]() -> Result<void> {
        ServerRows rows(store.db);
        for (int i = 0; i < 1000; ++i)
            rows.put(domain::Block{.id = fmt::format("recall:{}", i)});
        rows.finish();
        return {};
    });
    auto all = load_blocks(store.db, 0);
    EXPECT_EQ(all->rows.size(), 1000U);
    EXPECT_TRUE(all->complete) << "a lane of just one frame was never whole";
    store.put(domain::Block{.id = "recall:1000", .item = "milk"});
    EXPECT_FALSE(load_blocks(store.db, 0)->complete);
    EXPECT_EQ(load_blocks(store.db, all->to)->rows.size(), 1U);
}

TEST(Feed, TillsDoNotFollowStock) {
    Store store;
    store.own(BatchReceived{.batch = lot_1, .item = "milk", .lot = "L1", .quantity_milli = 5000});
    auto tables = [&](std::string_view role) {
        auto frame = load_rows(store.db, role, {4, newest_ver(store.db)});
        std::string names;
        for (const RowEntry& row : frame->rows)
            names += row.table + " ";
        return names;
    };
    EXPECT_EQ(tables("till"), "");
    EXPECT_EQ(tables("handheld"), "stock ");
}

TEST(Feed, AFrameOfRowsIsNeverTooLargeToBeRead) {
    Store store;
    for (int i = 0; i < 20; ++i) {
        store.put(Hold{.id = fmt::format("h{}", i), .body = std::string(100'000, 'x')});
    }
    std::int64_t after = 0;
    std::size_t rows = 0;
    for (int frames = 0; after < newest_ver(store.db); ++frames) {
        auto frame = load_rows(store.db, "till", {after, newest_ver(store.db)});
        ASSERT_LT(frame->rows.size(), 10U);
        rows += frame->rows.size();
        after = frame->to;
    }
    EXPECT_EQ(rows, 24U);
}

TEST(Feed, ATillThatIsFedHasTheServersRows) {
    Store store;
    Till till;
    store.own(RecallMade{.block = "recall:1", .item = "milk", .lot = "L1"});
    feed(store, till);
    EXPECT_EQ(printed(till.shop().batch(lot_1)), printed(store.shop().batch(lot_1)));
    EXPECT_EQ(printed(till.shop().block("recall:1")), printed(store.shop().block("recall:1")));
}

}  // namespace
}  // namespace fangxin::sync::testing
