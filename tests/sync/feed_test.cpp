// What the book gives to terminals: deleted rows, a history that is another, whole tables.
#include "sync/server/feed.hpp"

#include "sync/recall_id.hpp"
#include "sync/server/branches.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>
#include <set>

namespace fangxin::sync::testing {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

void remove(Store& store, const std::string& key, std::int64_t at_ms = 1) {
    ASSERT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                  ServerRows rows(store.db);
                  rows.remove<Hold>(key, at_ms);
                  rows.finish();
                  return {};
              })),
              "ok");
}

Hello hello_of(Till& till) {
    auto state = load_terminal_state(till.db, {"till-1", "till"});
    return {.terminal = "till-1",
            .role = "till",
            .logs = state.logs,
            .server_epoch = state.server_epoch,
            .rows = state.rows,
            .blocks = state.blocks,
            .snapshot = state.snapshot,
            .rows_branch = state.rows_branch,
            .blocks_branch = state.blocks_branch};
}

/// The till is welcomed, and takes the server's epoch as its own.
Welcome welcomed(Store& store, Till& till) {
    Welcome welcome = greet(store.db, hello_of(till), 1)->welcome;
    if (welcome.snapshot || welcome.server_epoch != hello_of(till).server_epoch) {
        EXPECT_EQ(code_of(reset_rows(till.db, {welcome.server_epoch, welcome.ver})), "ok");
    }
    return welcome;
}

struct DeletedHold : ::testing::Test {
    DeletedHold() {
        store.put(Hold{.id = "till-2-1", .terminal = "till-2"});
        welcomed(store, till);
        feed(store, till);
    }
    std::size_t holds() { return till.shop().holds().size(); }
    Store store;
    Till till;
};

TEST_F(DeletedHold, IsDeletedAtTerminalsToo) {
    ASSERT_EQ(holds(), 1U);
    remove(store, "till-2-1");
    feed(store, till);
    EXPECT_EQ(holds(), 0U);
}

TEST_F(DeletedHold, MayComeAgain) {
    remove(store, "till-2-1");
    store.put(Hold{.id = "till-2-1", .terminal = "till-2"});
    feed(store, till);
    EXPECT_EQ(holds(), 1U);
}

// SYNC-1: half a year in a cupboard. What was deleted meanwhile is forgotten.
TEST_F(DeletedHold, ThatIsForgottenMakesATerminalTakeAllRowsAgain) {
    till.append(sale_of(100));
    remove(store, "till-2-1", day_ms);
    auto later = [&](std::int64_t now_ms) {
        return store.db.transaction([&]() -> Result<void> {
            drop_old_tombstones(store.db, now_ms);
            return {};
        });
    };
    ASSERT_EQ(code_of(later(day_ms + tombstones_kept_ms)), "ok");
    EXPECT_FALSE(welcomed(store, till).snapshot);  // to the day
    ASSERT_EQ(code_of(later(day_ms + tombstones_kept_ms + 1)), "ok");
    EXPECT_TRUE(welcomed(store, till).snapshot);
    EXPECT_EQ(holds(), 1U);  // until the new ones are whole
    feed(store, till, true);
    EXPECT_EQ(holds(), 0U);
    EXPECT_FALSE(welcomed(store, till).snapshot);
    EXPECT_EQ(next_op(till.db).last_seq, 2);  // its log is untouched
}

// A clock that leaps by years forgets at once what a terminal that is connected was not told yet.
TEST_F(DeletedHold, ThatIsForgottenBeforeItWasToldIsNotPassedOver) {
    const std::int64_t had = load_terminal_state(till.db, {"till-1", "till"}).rows;
    remove(store, "till-2-1", day_ms);
    ASSERT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                  drop_old_tombstones(store.db, day_ms + tombstones_kept_ms + 1);
                  return {};
              })),
              "ok");
    const std::int64_t all = newest_ver(store.db);
    auto load = [&](std::int64_t after, std::int64_t without_deleted) {
        auto rows = load_rows(store.db, "till",
                              {.after = after, .up_to = all, .without_deleted = without_deleted});
        return rows ? "ok" : rows.error().code;
    };
    EXPECT_EQ(load(had, had), "deleted_rows_forgotten");
    EXPECT_EQ(load(had, all), "ok");  // it takes all rows anew, and is not through with them
    EXPECT_EQ(load(0, 0), "ok");
    EXPECT_TRUE(welcomed(store, till).snapshot);
}

// It was told to take all rows again, did not understand, and dropped the line for ever.
TEST_F(DeletedHold, IsNoMatterForAProgramThatKnowsOfNoDeletedRows) {
    ASSERT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                  set_meta(store.db, "tombstone_horizon", "1000000");
                  return {};
              })),
              "ok");
    Hello older = hello_of(till);
    EXPECT_TRUE(greet(store.db, older, 1)->welcome.snapshot);
    older.protocol_max = 1;
    EXPECT_FALSE(greet(store.db, older, 1)->welcome.snapshot);
}

TEST_F(DeletedHold, IsNotSentToWhoBegins) {
    remove(store, "till-2-1");
    auto frame = load_rows(store.db, "till", {0, newest_ver(store.db)});
    for (const RowEntry& each : frame->rows)
        EXPECT_FALSE(each.gone.has_value());
}

// SYNC-1: somebody put an older file back while the server was off, and sold and priced on.
TEST(Branch, OfABookThatWasPutBackIsAnother) {
    Store store;
    Till till;
    auto copy = store.folder / "copy.db";
    store.db.checkpoint();
    std::filesystem::copy_file(store.folder / "store.db", copy);
    store.put(Setting{"phone", "1"});
    const std::int64_t epoch = welcomed(store, till).server_epoch;
    feed(store, till);

    auto restored = Database::open(copy, Database::Access::writer);
    ASSERT_TRUE(restored && prepare_book(*restored));
    for (const char* value : {"2", "3", "4"}) {  // as many versions as the till has, and more
        ASSERT_EQ(code_of(restored->transaction([&]() -> Result<void> {
                      ServerRows rows(*restored);
                      rows.put_any(Setting{"phone", value});
                      rows.finish();
                      return {};
                  })),
                  "ok");
    }
    ASSERT_GT(newest_ver(*restored), hello_of(till).rows);
    auto greeting = greet(*restored, hello_of(till), 1);
    EXPECT_TRUE(greeting->changed.renewed);
    EXPECT_NE(greeting->welcome.server_epoch, epoch);
}

TEST(Branch, GoesOnWhenAServerWasOnlyStartedAgain) {
    Store store;
    Till till;
    welcomed(store, till);
    feed(store, till);
    ASSERT_TRUE(prepare_book(store.db));
    store.put(Setting{"phone", "1"});
    EXPECT_FALSE(greet(store.db, hello_of(till), 1)->changed.renewed);
    EXPECT_NE(branch_of(store.db, newest_ver(store.db)), hello_of(till).rows_branch);
}

Result<void> begin_epoch_of(Store& store) {
    return store.db.transaction([&]() -> Result<void> {
        begin_server_epoch(store.db);
        return {};
    });
}

// A till may hold the R-3 of before the backup was put back: another recall must not take its
// place.
TEST(Branch, GivesRecallsOtherNumbersThanTheOneBefore) {
    Store store;
    store.own(LoggedOut{"x"});
    EXPECT_EQ(next_server_op(store.db), (LogState{1, 2}));
    ASSERT_EQ(code_of(begin_epoch_of(store)), "ok");
    const LogState first = next_server_op(store.db);
    EXPECT_GT(first.epoch, 1);
    EXPECT_EQ(first.last_seq, 1);
    store.own(LoggedOut{"y"});
    EXPECT_EQ(next_server_op(store.db), (LogState{first.epoch, 2}));
    EXPECT_EQ(server_recall_id({2, 2}), "R-2-2");
    EXPECT_FALSE(is_recall_made_at("R-2-2", "till-1"));
}

// The epoch was the one after the backup's: the recalls of both times bore the same numbers, and a
// till gave up the first for the second.
TEST(Branch, GivesRecallsOtherNumbersEachTimeThatOneBackupIsPutBack) {
    std::set<std::int64_t> epochs;
    for (int time = 1; time <= 3; ++time) {
        Store store;  // the same each time
        ASSERT_EQ(code_of(begin_epoch_of(store)), "ok");
        epochs.insert(next_server_op(store.db).epoch);
    }
    EXPECT_EQ(epochs.size(), 3U);
}

TEST(TableRows, ComeInPartsByTheirKeys) {
    Store store;
    for (int i = 0; i < 1500; ++i)
        store.put(Setting{fmt::format("s{:04}", i), "x"});
    const std::int64_t all = newest_ver(store.db);
    auto first = load_table_rows(store.db, "till", {"settings", "", all});
    EXPECT_EQ(first->rows.size(), 1000U);
    EXPECT_FALSE(first->last);
    EXPECT_EQ(first->to, "s0999");
    auto second = load_table_rows(store.db, "till", {"settings", first->to, all});
    EXPECT_EQ(second->rows.size(), 500U);
    EXPECT_TRUE(second->last);
}

// SAFE-6: a row that is newer than the blocks that were told comes behind them.
TEST(TableRows, HoldOnlyTheKeysOfWhatIsNewerThanTheBlocks) {
    Store store;
    const std::int64_t told = newest_ver(store.db);
    store.put(milk());
    auto part = load_table_rows(store.db, "till", {"items", "", told});
    EXPECT_TRUE(part->rows.empty());
    EXPECT_EQ(part->newer, std::vector<std::string>{"milk"});
}

TEST(TableRows, OfATableThatARoleDoesNotFollowAreNotGiven) {
    Store store;
    EXPECT_EQ(load_table_rows(store.db, "till", {"stock", "", 99}).error().code, "unknown_table");
    EXPECT_EQ(load_table_rows(store.db, "till", {"ops", "", 99}).error().code, "unknown_table");
    EXPECT_TRUE(load_table_rows(store.db, "handheld", {"stock", "", 99}).has_value());
}

// SYNC-2: a manager lets a till whose disk was rolled back begin a new epoch.
TEST(OpenedEpoch, IsToldToItsTerminalUntilItWritesInIt) {
    Store store;
    Till till;
    till.append(sale_of(100));
    store.take(till.frame_from(1));
    EXPECT_EQ(greet(store.db, hello_of(till), 1)->welcome.new_epoch, 0);
    EXPECT_EQ(store.own(EpochOpened{"till-1", "disk replaced"}).greet_again,
              std::vector<std::string>{"till-1"});
    EXPECT_EQ(greet(store.db, hello_of(till), 1)->welcome.new_epoch, 2);
    Hello moved = hello_of(till);
    moved.logs.push_back({2, 0});
    EXPECT_EQ(greet(store.db, moved, 1)->welcome.new_epoch, 0);
}

// A till that may open one would take itself out of quarantine.
TEST(OpenedEpoch, IsNotOpenedByATerminal) {
    Store store;
    Till till;
    till.append(EpochOpened{"till-1", ""});
    store.take(till.frame_from(1));
    EXPECT_EQ(store.one("SELECT status || ': ' || why FROM ops WHERE kind = 'epoch_opened'"),
              "rejected: a terminal does not open its own log");
    EXPECT_EQ(greet(store.db, hello_of(till), 1)->welcome.new_epoch, 0);
}

TEST(OpenedEpoch, TheServerTellsTheHashesOfTheOldOne) {
    Store store;
    Till till;
    till.append(sale_of(100));
    store.take(till.frame_from(1));
    EXPECT_EQ(load_hash(store.db, {"till-1", {1, 1}})->hash, op_hash(till.db, 1, 1));
    EXPECT_EQ(load_hash(store.db, {"till-1", {1, 2}})->hash, "");
}

}  // namespace
}  // namespace fangxin::sync::testing
