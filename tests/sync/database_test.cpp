// The one connection: errors stick until somebody takes them, nothing stays half done.
#include "sync/store/database.hpp"

#include "tests/support/sync_shop.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

struct OpenDatabase {
    tests::TempDir folder;
    Database db = *Database::open(folder / "a.db", Database::Access::writer);

    OpenDatabase() { db.execute("CREATE TABLE t (n INTEGER NOT NULL, s TEXT) STRICT"); }
    Result<void> add(std::int64_t number) {
        return db.transaction([&]() -> Result<void> {
            db.query("INSERT INTO t (n) VALUES ($1)").bind(number).run();
            return {};
        });
    }
    std::int64_t count() {
        Query query = db.query("SELECT count(*) FROM t");
        return query.step() ? query.int64(0) : -1;
    }
};

TEST(Database, KeepsBytesAndTextAsTheyAre) {
    OpenDatabase open;
    std::string text("L1\0\"牛奶", 10);
    open.db.query("INSERT INTO t VALUES ($1,$2)").bind(1).bind(text).run();
    Query back = open.db.query("SELECT s, n, CAST(s AS BLOB) FROM t");
    ASSERT_TRUE(back.step());
    EXPECT_EQ(back.text(0), text);
    EXPECT_EQ(back.text(2), text);
    EXPECT_FALSE(back.is_null(1));
}

// A block table that cannot be read must never look like an empty one.
TEST(Database, AnErrorSticksUntilItIsTaken) {
    OpenDatabase open;
    EXPECT_TRUE(open.add(1).has_value());
    EXPECT_FALSE(open.db.query("SELECT * FROM no_such_table").step());
    EXPECT_EQ(open.count(), -1);
    EXPECT_EQ(open.db.take_error()->code, "database");
    EXPECT_EQ(open.count(), 1);
}

TEST(Database, ReadingGivesTheErrorInsteadOfAHalfReadAnswer) {
    OpenDatabase open;
    auto answer = open.db.reading<std::int64_t>([&] {
        open.db.query("SELECT * FROM no_such_table").step();
        return open.count();
    });
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, "database");
    EXPECT_FALSE(open.db.take_error());
}

// An inner reading that was given up took the error with it, and a page half read looked whole.
TEST(Database, AnErrorOutlastsTheReadingInsideAnother) {
    OpenDatabase open;
    auto answer = open.db.reading<std::int64_t>([&] {
        open.db.query("SELECT * FROM no_such_table").step();
        auto nested = open.db.reading<std::int64_t>([&] { return open.count(); });
        EXPECT_EQ(nested.error().code, "database");
        return open.count();
    });
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, "database");
    EXPECT_FALSE(open.db.take_error());
    auto done = open.db.transaction([&]() -> Result<void> {
        open.db.query("INSERT INTO t (n) VALUES (1)").run();
        (void)open.db.reading<bool>([&] { return open.db.query("SELECT * FROM none").step(); });
        return {};
    });
    EXPECT_EQ(code_of(done), "database");
    EXPECT_EQ(open.count(), 0);
}

// A verdict that saw the batches before a recall and the blocks after it would be neither's.
TEST(Database, ReadingSeesOneCommitFromFirstToLast) {
    OpenDatabase open;
    Database reader = *Database::open(open.folder / "a.db", Database::Access::reader);
    auto rows = [&] {
        Query query = reader.query("SELECT count(*) FROM t");
        return query.step() ? query.int64(0) : -1;
    };
    auto seen = reader.reading<std::string>([&] {
        std::string counts = std::to_string(rows());
        (void)open.add(1);
        auto nested = reader.reading<std::int64_t>([&] { return rows(); });
        return counts + " " + std::to_string(*nested) + " " + std::to_string(rows());
    });
    EXPECT_EQ(*seen, "0 0 0");
    EXPECT_EQ(rows(), 1);
}

TEST(Database, AFailingTransactionRollsBack) {
    OpenDatabase open;
    auto done = open.db.transaction([&]() -> Result<void> {
        open.db.query("INSERT INTO t (n) VALUES (1)").run();
        return failure("changed_my_mind");
    });
    EXPECT_EQ(code_of(done), "changed_my_mind");
    EXPECT_EQ(open.count(), 0);
    EXPECT_TRUE(open.add(1).has_value());
}

TEST(Database, AnErrorInsideATransactionRollsAllOfItBack) {
    OpenDatabase open;
    auto done = open.db.transaction([&]() -> Result<void> {
        open.db.query("INSERT INTO t (n) VALUES (1)").run();
        open.db.query("INSERT INTO t (n) VALUES (NULL)").run();
        open.db.query("INSERT INTO t (n) VALUES (2)").run();
        return {};
    });
    EXPECT_EQ(code_of(done), "database");
    EXPECT_EQ(open.count(), 0);
}

TEST(Database, ItsOwnErrorComesBeforeWhatTheWorkMadeOfIt) {
    OpenDatabase open;
    auto done = open.db.transaction([&]() -> Result<void> {
        if (!open.db.query("SELECT * FROM no_such_table").step()) return failure("not_found");
        return {};
    });
    EXPECT_EQ(code_of(done), "database");
}

TEST(Database, NoStatementStaysBusy) {
    OpenDatabase open;
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(open.add(i).has_value());
    {
        Query first_only = open.db.query("SELECT n FROM t");
        ASSERT_TRUE(first_only.step());
        EXPECT_EQ(open.db.busy_statements(), 1);
    }
    EXPECT_EQ(open.db.busy_statements(), 0);
}

TEST(Database, OneTextMayBeReadTwiceAtOnce) {
    OpenDatabase open;
    for (int i = 0; i < 2; ++i)
        EXPECT_TRUE(open.add(i).has_value());
    Query outer = open.db.query("SELECT n FROM t");
    ASSERT_TRUE(outer.step());
    {
        Query inner = open.db.query("SELECT n FROM t");
        ASSERT_TRUE(inner.step());
    }
    ASSERT_TRUE(outer.step());
    EXPECT_EQ(outer.int64(0), 1);
}

// SYNC-1
TEST(Database, AFullDiskIsSaidAndChangesNothing) {
    OpenDatabase open;
    open.db.limit_pages(3);
    auto done = open.db.transaction([&]() -> Result<void> {
        for (int i = 0; i < 100; ++i) {
            open.db.query("INSERT INTO t VALUES ($1,$2)").bind(i).bind(std::string(900, 'x')).run();
        }
        return {};
    });
    EXPECT_EQ(code_of(done), "disk_full");
    EXPECT_EQ(open.count(), 0);
    open.db.limit_pages(1000);
    EXPECT_TRUE(open.add(1).has_value());
}

TEST(Database, AReaderSeesEachCommitAndWritesNothing) {
    OpenDatabase open;
    auto reader = Database::open(open.folder / "a.db", Database::Access::reader);
    ASSERT_TRUE(reader.has_value());
    EXPECT_TRUE(open.add(1).has_value());
    Query seen = reader->query("SELECT count(*) FROM t");
    ASSERT_TRUE(seen.step());
    EXPECT_EQ(seen.int64(0), 1);
    reader->query("DELETE FROM t").run();
    EXPECT_TRUE(reader->take_error());
}

TEST(Database, SaysWhatItCannotOpen) {
    tests::TempDir folder;
    auto missing = Database::open(folder / "none" / "a.db", Database::Access::writer);
    EXPECT_EQ(missing.error().code, "cannot_open");
    std::ofstream(folder / "b.db") << std::string(5000, 'x');
    EXPECT_EQ(Database::open(folder / "b.db", Database::Access::writer).error().code, "damaged");
}

}  // namespace
}  // namespace fangxin::sync::testing
