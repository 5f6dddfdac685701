// The writer's queue: a sale waits for nothing but the piece of work that runs.
#include "sync/store/store_thread.hpp"

#include "tests/support/temp_dir.hpp"

#include <cctype>
#include <gtest/gtest.h>

namespace fangxin::sync {
namespace {

Database opened(const tests::TempDir& folder) {
    return *Database::open(folder / "a.db", Database::Access::writer);
}

TEST(StoreThread, RunsSalesBeforeBlocksBeforeAcknowledgementsBeforeBulk) {
    tests::TempDir folder;
    std::string order;
    std::promise<void> all_submitted;
    {
        StoreThread store(opened(folder));
        store.submit(Priority::bulk, [&](Database&) { all_submitted.get_future().wait(); });
        const std::string letters = "sbarc";  // in the order of the priorities
        for (char letter : std::string("crabsRS")) {
            auto priority = letters.find(static_cast<char>(std::tolower(letter)));
            store.submit(static_cast<Priority>(priority),
                         [&, letter](Database&) { order += letter; });
        }
        all_submitted.set_value();
    }
    EXPECT_EQ(order, "sSbarRc");
}

// SAFE-6: a recall waited seconds for an import: first one of the server's own, then one that was
// made on a till, whose ops are taken in as an acknowledgement's work.
TEST(StoreThread, LongWorkLetsAllPassButOtherBulkWork) {
    tests::TempDir folder;
    StoreThread store(opened(folder));
    std::string order;
    std::promise<void> begun;
    std::promise<void> all_submitted;
    store.submit(Priority::bulk, [&](Database&) {
        begun.set_value();
        all_submitted.get_future().wait();
        order += "(";
        store.let_pass();
        order += ")";
    });
    begun.get_future().wait();
    for (auto [priority, letter] : {std::pair{Priority::bulk, 'r'},
                                    {Priority::acknowledgement, 'a'},
                                    {Priority::block, 'b'},
                                    {Priority::sale, 's'}}) {
        store.submit(priority, [&order, letter = letter](Database&) { order += letter; });
    }
    all_submitted.set_value();
    store.run(Priority::checkpoint, [](Database&) {});
    EXPECT_EQ(order, "(sba)r");
}

void add_row(Database& db) {
    auto done = db.transaction([&]() -> Result<void> {
        db.execute("INSERT INTO t VALUES (1)");
        return {};
    });
    EXPECT_TRUE(done);
}

TEST(StoreThread, FinishesWhatWasSubmittedBeforeItEnds) {
    tests::TempDir folder;
    {
        StoreThread store(opened(folder));
        store.submit(Priority::sale, [](Database& db) { db.execute("CREATE TABLE t (n)"); });
        for (int i = 0; i < 100; ++i)
            store.submit(Priority::bulk, add_row);
    }
    Database db = opened(folder);
    Query count = db.query("SELECT count(*) FROM t");
    ASSERT_TRUE(count.step());
    EXPECT_EQ(count.int64(0), 100);
}

TEST(StoreThread, RunWaitsForItsAnswer) {
    tests::TempDir folder;
    StoreThread store(opened(folder));
    EXPECT_EQ(store.run(Priority::sale, [](Database&) { return 7; }), 7);
    bool ran = false;
    store.run(Priority::bulk, [&](Database&) { ran = true; });
    EXPECT_TRUE(ran);
}

void add_ten_pages(Database& db) {
    auto done = db.transaction([&]() -> Result<void> {
        db.query("INSERT INTO t VALUES ($1)").bind(std::string(40'000, 'x')).run();
        return {};
    });
    EXPECT_TRUE(done);
}

// The log grew for as long as the till ran, and each scan looked through all of it.
TEST(StoreThread, KeepsTheLogShortWhileItRuns) {
    tests::TempDir folder;
    StoreThread store(opened(folder));
    store.run(Priority::sale, [](Database& db) { db.execute("CREATE TABLE t (s)"); });
    for (int i = 0; i < 300; ++i) {  // ten pages each, 12 MB in all
        store.run(Priority::bulk, add_ten_pages);
    }
    EXPECT_LT(std::filesystem::file_size(folder / "a.db-wal"), 7'000'000U);
}

// An import is one piece of work, and the log grew by all that it wrote.
TEST(StoreThread, KeepsTheLogShortDuringOneLongWork) {
    tests::TempDir folder;
    StoreThread store(opened(folder));
    store.run(Priority::sale, [](Database& db) { db.execute("CREATE TABLE t (s)"); });
    store.run(Priority::bulk, [&](Database& db) {
        for (int i = 0; i < 300; ++i) {
            add_ten_pages(db);
            store.let_pass();
        }
    });
    EXPECT_LT(std::filesystem::file_size(folder / "a.db-wal"), 7'000'000U);
}

// An import keeps the queue full: a checkpoint that waited for a quiet moment never came.
TEST(StoreThread, KeepsTheLogShortWhileWorkNeverEnds) {
    tests::TempDir folder;
    StoreThread store(opened(folder));
    store.run(Priority::sale, [](Database& db) { db.execute("CREATE TABLE t (s)"); });
    std::promise<void> all_submitted;
    store.submit(Priority::bulk, [&](Database&) { all_submitted.get_future().wait(); });
    for (int i = 0; i < 300; ++i)
        store.submit(Priority::bulk, add_ten_pages);
    std::uintmax_t longest = 0;
    store.submit(Priority::bulk,
                 [&](Database&) { longest = std::filesystem::file_size(folder / "a.db-wal"); });
    all_submitted.set_value();
    store.run(Priority::checkpoint, [](Database&) {});
    EXPECT_LT(longest, 7'000'000U);
}

}  // namespace
}  // namespace fangxin::sync
