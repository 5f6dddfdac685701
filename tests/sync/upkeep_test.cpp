// Backups that are proved, a shop that goes on from one, and derived tables made anew from the ops.
#include "sync/server/book_copy.hpp"
#include "sync/server/commands.hpp"
#include "sync/server/replayed_book.hpp"
#include "sync/server/restore.hpp"
#include "tests/support/sync_shop.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

namespace fs = std::filesystem;

struct Upkeep : ::testing::Test {
    Upkeep() {
        for (std::string number : {"1001", "3001"}) {
            store.put(
                domain::Person{.number = number, .name = number, .role = domain::Role::inspector});
        }
        tamper(store.db, "DELETE FROM batches");  // which no op made
        own(BatchReceived{.batch = lot_1,
                          .item = "milk",
                          .lot = "L1",
                          .expiry = day("2026-11-30"),
                          .quantity_milli = 9000,
                          .decision = domain::Decision::released});
        for (int fen = 1; fen <= 5; ++fen)
            till.append(sale_of(fen * 100, lot_1));
        till.append(BatchQuarantined{.batch = lot_1, .item = "milk", .reason = "dent"});
        till.append(BatchReleased{lot_1, "fine"});
        store.take(till.frame_from(1));
    }
    template <class Op>
    void own(const Op& op) {
        store.own(op);
    }
    /// The answers, or the code.
    std::string run(json::object arguments) {
        std::string text;
        auto done = run_command(store.db, arguments, [&](const json::object& answer) {
            text += json::serialize(answer) + "\n";
        });
        return done ? text : done.error().code;
    }
    void tamper(Database& database, std::string_view sql) {
        ASSERT_EQ(code_of(database.transaction([&]() -> Result<void> {
                      database.execute(sql);
                      return {};
                  })),
                  "ok");
    }
    std::string backup(const fs::path& to) {
        return run({{"command", "backup"}, {"file", to.string()}});
    }
    std::string restore(const fs::path& from, const fs::path& into, bool despite = false) {
        std::string text;
        auto done = restore_book(
            BookPlace(into),
            {{"command", "restore"}, {"file", from.string()}, {"despite_breaks", despite}},
            [&](const json::object& answer) { text += json::serialize(answer) + "\n"; });
        return done ? text : done.error().code;
    }
    std::string rebuild(bool check) {
        json::object arguments{{"command", "rebuild"}};
        if (check) arguments["check"] = true;
        return run(arguments);
    }
    std::string last_line(const std::string& text) {
        const auto end = text.find_last_not_of('\n');
        return text.substr(text.rfind('\n', end) + 1, end - text.rfind('\n', end));
    }

    Store store;
    Till till;
    fs::path file = store.folder / "backup.db";
};

TEST_F(Upkeep, ABackupIsOneFileThatHoldsEverything) {
    EXPECT_NE(backup(file).find("\"event\":\"backed_up\""), std::string::npos);
    EXPECT_FALSE(fs::exists(file.string() + "-wal"));
    EXPECT_FALSE(fs::exists(file.string() + ".part"));
    EXPECT_EQ(fs::status(file).permissions() & fs::perms::all,
              fs::perms::owner_read | fs::perms::owner_write);
    auto copy = *Database::open(file, Database::Access::reader);
    EXPECT_EQ(code_of(check_copy(copy, *book_state(store.db))), "ok");
    EXPECT_EQ(book_state(copy)->ops(), book_state(store.db)->ops());
}

TEST_F(Upkeep, ABackupHoldsWhatWasWrittenWhileItWasMade) {
    for (int i = 0; i < 200; ++i)  // more than is copied in one go
        store.put(Setting{std::to_string(i), std::string(20'000, 'x')});
    int writes = 0;
    auto state = copy_book(store.db, file, [&] {
        if (writes++ < 3) own(LoggedOut{"x"});
    });
    ASSERT_TRUE(state);
    ASSERT_GT(writes, 0);
    auto copy = *Database::open(file, Database::Access::reader);
    EXPECT_EQ(code_of(check_copy(copy, *book_state(store.db))), "ok");
}

TEST_F(Upkeep, ABackupReplacesAnOlderOneAndNothingElse) {
    backup(file);
    own(LoggedOut{"x"});
    EXPECT_NE(backup(file).find("backed_up"), std::string::npos);
    auto copy = *Database::open(file, Database::Access::reader);
    EXPECT_EQ(book_state(copy)->ops(), book_state(store.db)->ops());
    std::ofstream(store.folder / "photo.png") << "a picture";
    EXPECT_EQ(backup(store.folder / "photo.png"), "exists");
    EXPECT_EQ(backup(store.folder / "store.db"), "bad_arguments");
    EXPECT_EQ(backup(store.folder / "nowhere" / "b.db"), "cannot_write");
}

// REPT-2: a backup of a book in which a byte was changed is none.
TEST_F(Upkeep, ABackupOfATamperedBookIsRefused) {
    tamper(store.db, "UPDATE ops SET body = replace(body, '300', '301') WHERE seq = 3");
    EXPECT_EQ(backup(file), "broken");
    EXPECT_FALSE(fs::exists(file));
}

// SYNC-1: a backup is put back, and the terminal sends again what it has of its own.
TEST_F(Upkeep, AShopGoesOnFromItsBackup) {
    backup(file);
    till.append(sale_of(700, lot_1));
    store.take(till.frame_from(8));
    tests::TempDir other;
    EXPECT_NE(restore(file, other.path()).find("\"event\":\"restored\""), std::string::npos);
    auto book = *Database::open(other / "store.db", Database::Access::writer);
    ASSERT_EQ(code_of(prepare_book(book)), "ok");
    auto hello = Hello{.terminal = "till-1",
                       .role = "till",
                       .logs = {{1, 8}},
                       .server_epoch = meta_number(store.db, "server_epoch")};
    auto greeting = greet(book, hello, 2);
    EXPECT_NE(greeting->welcome.server_epoch, hello.server_epoch);
    EXPECT_EQ(greeting->welcome.logs.back(), (LogState{1, 7}));
    auto again = ingest(book, {"till-1", till.frame_from(8)}, "till", 3);
    EXPECT_EQ(again->answer.ack.seq, 8);
    Query sales = book.query("SELECT count(*), sum(total_fen) FROM sales");
    ASSERT_TRUE(sales.step());
    EXPECT_EQ(sales.int64(0), 6);
    EXPECT_EQ(sales.int64(1), 100 + 200 + 300 + 400 + 500 + 700);
}

TEST_F(Upkeep, TheBookThatWasThereIsSetAside) {
    backup(file);
    tests::TempDir other;
    restore(file, other.path());
    const auto own_epoch = [&] {
        auto book = *Database::open(other / "store.db", Database::Access::writer);
        return next_server_op(book).epoch;
    };
    const std::int64_t first = own_epoch();
    const std::string answer = restore(file, other.path());
    auto told = *parse_strict_object(last_line(answer));
    const fs::path aside(std::string(told.at("set_aside").as_string()));
    EXPECT_TRUE(fs::exists(aside));
    EXPECT_GT(own_epoch(), first);  // numbers that the one before gave are not given again
}

TEST_F(Upkeep, WhatIsNoBackupIsNotRestored) {
    tests::TempDir other;
    EXPECT_EQ(restore(store.folder / "none.db", other.path()), "not_found");
    std::ofstream(store.folder / "photo.png") << "a picture";
    EXPECT_EQ(restore(store.folder / "photo.png", other.path()), "damaged");
    backup(file);
    {
        auto lock = FileLock::take(other / "store.db.lock");
        EXPECT_EQ(restore(file, other.path()), "busy");
    }
    {
        auto copy = *Database::open(file, Database::Access::writer);
        tamper(copy, "UPDATE ops SET body = replace(body, '300', '301') WHERE seq = 3");
    }
    EXPECT_EQ(restore(file, other.path()), "broken");
    EXPECT_FALSE(fs::exists(other / "store.db"));
    EXPECT_NE(restore(file, other.path(), true).find("restored"), std::string::npos);
}

TEST_F(Upkeep, ABookThatIsWhatItsOpsMakeOfItDoesNotDiffer) {
    EXPECT_EQ(rebuild(true), "{\"event\":\"rebuilt\",\"ops\":8,\"differ\":0,\"put_right\":0}\n");
}

// SYNC-2: what a disk or a hand changed in the derived tables is told and put right.
TEST_F(Upkeep, WhatDiffersIsToldAndPutRight) {
    tamper(store.db, "UPDATE batches SET decision = 'recalled'");
    tamper(store.db, "UPDATE stock SET quantity_milli = 1");
    tamper(store.db, "DELETE FROM sale_lines WHERE seq = 2");
    tamper(store.db, "UPDATE sales SET total_fen = 1 WHERE seq = 3");
    tamper(store.db, "INSERT INTO attempts SELECT 'x','till-1','1001',1,'','milk','','','','',1");
    const std::string found = rebuild(true);
    EXPECT_EQ(last_line(found), "{\"event\":\"rebuilt\",\"ops\":8,\"differ\":5,\"put_right\":0}");
    EXPECT_NE(found.find("\"table\":\"sale_lines\",\"key\":\"till-1/1/2\""), std::string::npos)
        << found;
    const std::int64_t ver = newest_ver(store.db);
    EXPECT_EQ(last_line(rebuild(false)),
              "{\"event\":\"rebuilt\",\"ops\":8,\"differ\":5,\"put_right\":5}");
    EXPECT_EQ(last_line(rebuild(true)).find("\"differ\":0") == std::string::npos, false);
    EXPECT_EQ(store.one("SELECT total_fen FROM sales WHERE seq = 3"), "300");
    EXPECT_EQ(store.one("SELECT quantity_milli FROM stock"), "4000");
    EXPECT_EQ(store.shop().batch(lot_1)->decision, domain::Decision::released);
    EXPECT_GT(newest_ver(store.db), ver);  // terminals get them
    EXPECT_EQ(store.one("SELECT count(*) FROM ops WHERE kind = 'table_rebuilt'"), "5");
}

// SAFE-6: a block that no op explains stays in force.
TEST_F(Upkeep, ABlockThatNoOpExplainsStays) {
    store.put(domain::Block{.id = "R-x", .kind = domain::BlockKind::recall, .item = "milk"});
    EXPECT_NE(rebuild(false).find("\"key\":\"R-x\""), std::string::npos);
    EXPECT_TRUE(store.shop().block("R-x").has_value());
}

// SYNC-1: what came a second time under other numbers has no effect here either, nor by a replay.
TEST_F(Upkeep, WhatMovedIsNotBookedByARebuild) {
    Till image;
    image.append(sale_of(100, lot_1));
    ASSERT_TRUE(begin_epoch(image.db, {.epoch = 2, .keep = 0, .opened = true}).has_value());
    EXPECT_EQ(store.take(image.frame_from(1, 2)).ack.seq, 1);
    EXPECT_EQ(store.one("SELECT status FROM ops WHERE epoch = 2"), "known");
    EXPECT_EQ(run({{"command", "replay"}, {"all", true}, {"reason", "x"}}), "");
    EXPECT_EQ(rebuild(true), "{\"event\":\"rebuilt\",\"ops\":9,\"differ\":0,\"put_right\":0}\n");
    EXPECT_EQ(store.one("SELECT count(*) FROM sales"), "5");
}

TEST_F(Upkeep, AReplayedOpHasItsPlaceWhereItWasReplayed) {
    own(BatchReceived{.batch = "milk/L2/2026-12-01",
                      .item = "milk",
                      .lot = "L2",
                      .expiry = day("2026-12-01"),
                      .quantity_milli = 1000});
    till.append(BatchCorrected{.batch = "milk/L2/2026-12-01", .lot = "L2-till", .reason = "x"});
    store.take(till.frame_from(8), "till");
    tamper(store.db, "UPDATE ops SET status = 'rejected', why = 'x' WHERE seq = 8");
    own(BatchCorrected{.batch = "milk/L2/2026-12-01", .lot = "L2-server", .reason = "y"});
    EXPECT_NE(run({{"command", "replay"},
                   {"terminal", "till-1"},
                   {"epoch", 1},
                   {"seq", 8},
                   {"reason", "now"}})
                  .find("\"event\":\"replayed\""),
              std::string::npos);
    EXPECT_EQ(store.shop().batch("milk/L2/2026-12-01")->lot, "L2-till");
    EXPECT_NE(rebuild(true).find("\"differ\":0"), std::string::npos) << rebuild(true);
}

}  // namespace
}  // namespace fangxin::sync::testing
