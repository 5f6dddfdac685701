// What callers rely on holds whichever engine lies underneath.
#include "tests/support/either_engine.hpp"

#include "sync/store/row_batch.hpp"
#include "tests/support/sync_shop.hpp"

namespace fangxin::sync::testing {
namespace {

struct EitherEngine : ::testing::TestWithParam<Engine> {
    tests::EitherDatabase place{GetParam()};
    Database db = place.open();

    EitherEngine() {
        db.define(
            "CREATE TABLE t (n INTEGER NOT NULL, s TEXT, b BLOB, raw RAW_TEXT, PRIMARY KEY (n)) "
            "STRICT, WITHOUT ROWID;");
        FANGXIN_CHECK(!db.take_error());
    }
    Result<void> add(std::int64_t number) {
        return db.transaction([&]() -> Result<void> {
            db.query("INSERT INTO t (n) VALUES ($1)").bind(number).run();
            return {};
        });
    }
    std::int64_t count() { return count(db); }
    static std::int64_t count(Database& database) {
        Query query = database.query("SELECT count(*) FROM t");
        return query.step() ? query.int64(0) : -1;
    }
    std::string texts(std::string_view sql) {
        std::string all;
        Query query = db.query(sql);
        while (query.step())
            all += query.text(0) + "|";
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(Over, EitherEngine, ::testing::Values(Engine::sqlite, Engine::postgres),
                         tests::name_of);

TEST_P(EitherEngine, KeepsTextBytesAndNullAsTheyAre) {
    const std::string bytes("\0\xff\\\"L1'", 7);
    const std::string words = "牛奶 \\ \"1\" {a,b} NULL \x1d\n";
    db.query("INSERT INTO t VALUES ($1,$2,$3,$4)")
        .bind(1)
        .bind(words)
        .bind_bytes(bytes)
        .bind_raw_text("{torn \xff")
        .run();
    db.query("INSERT INTO t VALUES ($1,$2,$3,$4)")
        .bind(-9007199254740991)
        .bind("")
        .bind_null()
        .bind_raw_text(std::string_view("L\0", 2))
        .run();
    Query back = db.query("SELECT n, s, b, raw FROM t ORDER BY n DESC");
    ASSERT_TRUE(back.step());
    EXPECT_EQ(back.text(1) + back.text(2) + back.text(3), words + bytes + "{torn \xff");
    ASSERT_TRUE(back.step());
    EXPECT_EQ(back.int64(0), -9007199254740991);
    EXPECT_TRUE(back.is_null(2) && !back.is_null(1));
    EXPECT_EQ(back.text(3), std::string("L\0", 2));
    EXPECT_FALSE(back.step());
}

TEST_P(EitherEngine, ABatchOfRowsIsWhatTheRowsAre) {
    const RowShape shape("t",
                         {{"n", ColumnKind::integer},
                          {"s", ColumnKind::text},
                          {"b", ColumnKind::bytes},
                          {"raw", ColumnKind::raw_text}},
                         "ON CONFLICT (n) DO UPDATE SET s = excluded.s");
    auto done = db.transaction([&]() -> Result<void> {
        RowBatch batch(db, shape);
        batch.bind(2).bind("\"quoted\", {\\}").bind_bytes(std::string("\0\xff", 2));
        batch.bind_raw_text("\xfe").end_row();
        batch.bind(1).bind("").bind_null().bind_null().end_row();
        batch.flush();
        batch.bind(2).bind("again").bind_null().bind_null().end_row();
        batch.flush();
        return {};
    });
    EXPECT_EQ(code_of(done), "ok");
    Query back = db.query("SELECT s, b, raw FROM t ORDER BY n");
    ASSERT_TRUE(back.step());
    EXPECT_TRUE(back.text(0).empty() && back.is_null(1) && !back.is_null(0));
    ASSERT_TRUE(back.step());
    EXPECT_EQ(back.text(0) + back.text(1) + back.text(2), std::string("again\0\xff\xfe", 8));
}

// Else a batch would be another's neighbour on each engine, and a range would hold other rows.
TEST_P(EitherEngine, TextsAreInTheOrderOfTheirBytes) {
    for (const char* each : {"b", "B", "牛", "_", "a b", "ab"})
        db.query("INSERT INTO t (n, s) VALUES ((SELECT count(*) FROM t), $1)").bind(each).run();
    EXPECT_EQ(texts("SELECT s FROM t ORDER BY s"), "B|_|a b|ab|b|牛|");
    EXPECT_EQ(texts("SELECT s FROM t WHERE s >= 'a' AND s < 'b'"), "a b|ab|");
}

TEST_P(EitherEngine, OneOfAListIsFoundWhateverItHolds) {
    for (const char* each : {"a\"b", "c,d", "{e}", "f\\g", ""})
        db.query("INSERT INTO t (n, s) VALUES ((SELECT count(*) FROM t), $1)").bind(each).run();
    const std::vector<std::string> wanted{"a\"b", "f\\g", "", "none"};
    Query query =
        db.query(fmt::format("SELECT s FROM t WHERE {} ORDER BY n", db.is_one_of("s", 1)));
    query.bind_list(wanted);
    std::string found;
    while (query.step())
        found += query.text(0) + "|";
    EXPECT_EQ(found, "a\"b|f\\g||");
}

// A block table that cannot be read must never look like an empty one.
TEST_P(EitherEngine, AnErrorSticksUntilItIsTaken) {
    EXPECT_TRUE(add(1).has_value());
    EXPECT_FALSE(db.query("SELECT * FROM no_such_table").step());
    EXPECT_EQ(count(), -1);
    EXPECT_EQ(db.take_error()->code, "database");
    EXPECT_EQ(count(), 1);
}

TEST_P(EitherEngine, ReadingGivesTheErrorInsteadOfAHalfReadAnswer) {
    auto answer = db.reading<std::int64_t>([&] {
        db.query("SELECT * FROM no_such_table").step();
        auto nested = db.reading<std::int64_t>([&] { return count(); });
        EXPECT_EQ(nested.error().code, "database");
        return count();
    });
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, "database");
    EXPECT_FALSE(db.take_error());
    EXPECT_EQ(count(), 0);
}

// A verdict that saw the batches before a recall and the blocks after it would be neither's.
TEST_P(EitherEngine, ReadingSeesOneCommitFromFirstToLast) {
    Database reader = place.open(Database::Access::reader);
    auto seen = reader.reading<std::string>([&] {
        std::string counts = std::to_string(count(reader));
        (void)add(1);
        return counts + " " + std::to_string(count(reader));
    });
    EXPECT_EQ(*seen, "0 0");
    EXPECT_EQ(count(reader), 1);
}

TEST_P(EitherEngine, AReaderWritesNothing) {
    Database reader = place.open(Database::Access::reader);
    reader.query("DELETE FROM t").run();
    EXPECT_TRUE(reader.take_error());
}

TEST_P(EitherEngine, AFailingTransactionRollsBack) {
    auto done = db.transaction([&]() -> Result<void> {
        db.query("INSERT INTO t (n) VALUES (1)").run();
        return failure("changed_my_mind");
    });
    EXPECT_EQ(code_of(done), "changed_my_mind");
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(add(1).has_value());
}

TEST_P(EitherEngine, AnErrorInsideATransactionRollsAllOfItBack) {
    auto done = db.transaction([&]() -> Result<void> {
        db.query("INSERT INTO t (n) VALUES (1)").run();
        db.query("INSERT INTO t (n) VALUES (NULL)").run();
        db.query("INSERT INTO t (n) VALUES (2)").run();
        return failure("not_found");  // what the work made of it comes second
    });
    EXPECT_EQ(code_of(done), "database");
    EXPECT_EQ(count(), 0);
}

TEST_P(EitherEngine, AnAttemptFailsByItself) {
    auto done = db.transaction([&]() -> Result<void> {
        db.query("INSERT INTO t (n) VALUES (1)").run();
        auto tried = db.attempt([&]() -> Result<void> {
            db.query("INSERT INTO t (n) VALUES (2)").run();
            db.query("INSERT INTO t (n) VALUES (NULL)").run();
            return {};
        });
        EXPECT_EQ(code_of(tried), "database");
        EXPECT_EQ(count(), 1);
        return db.attempt([&]() -> Result<void> {
            db.query("INSERT INTO t (n) VALUES (3)").run();
            return {};
        });
    });
    EXPECT_EQ(code_of(done), "ok");
    EXPECT_EQ(texts("SELECT n FROM t ORDER BY n"), "1|3|");
}

TEST_P(EitherEngine, WhatIsRefusedFailsTheWork) {
    auto done = db.transaction([&]() -> Result<void> {
        db.query("INSERT INTO t (n) VALUES (1)").run();
        db.refuse("a key of 2000 bytes");
        return {};
    });
    EXPECT_EQ(code_of(done) + ": " + done.error().detail, "cannot_store: a key of 2000 bytes");
    EXPECT_EQ(count(), 0);
}

TEST_P(EitherEngine, OneTextMayBeReadTwiceAtOnce) {
    for (int i = 0; i < 2; ++i)
        EXPECT_TRUE(add(i).has_value());
    {
        Query outer = db.query("SELECT n FROM t ORDER BY n");
        ASSERT_TRUE(outer.step());
        Query inner = db.query("SELECT n FROM t ORDER BY n");
        ASSERT_TRUE(inner.step());
        ASSERT_TRUE(outer.step());
        EXPECT_EQ(outer.int64(0), 1);
    }
    EXPECT_EQ(db.busy_statements(), 0);
}

TEST_P(EitherEngine, KnowsItsColumnsAndTakesThemOutOfWhatANewerProgramKept) {
    EXPECT_TRUE(db.has_column("t", "s"));
    EXPECT_FALSE(db.has_column("t", "aisle"));
    EXPECT_FALSE(db.has_column("none", "s"));
    db.define("CREATE TABLE r (id INTEGER PRIMARY KEY, extra TEXT NOT NULL) STRICT;");
    for (const char* extra : {"", R"({"a":"x","n":7})", R"({"a":1,"n":true})", R"({"n":"7"})"})
        db.query("INSERT INTO r VALUES ((SELECT count(*) FROM r), $1)").bind(extra).run();
    EXPECT_EQ(texts(fmt::format("SELECT coalesce({}, '-') FROM r ORDER BY id",
                                db.member_of_extra("a", ColumnKind::text))),
              "-|x|-|-|");
    EXPECT_EQ(texts(fmt::format("SELECT coalesce({}, 0) FROM r ORDER BY id",
                                db.member_of_extra("n", ColumnKind::integer))),
              "0|7|1|0|");
    EXPECT_FALSE(db.take_error());
}

// SYNC-1: PostgreSQL's text cannot hold U+0000; the bytes are kept and nothing behind them waits.
TEST_P(EitherEngine, AnOpThatHoldsAZeroIsKeptAsItCameAndRejected) {
    tests::EitherDatabase another(GetParam());
    Store store(another.open());
    const Envelope envelope{
        .terminal = "till-1", .epoch = 1, .seq = 1, .kind = "basket_held", .at = noon()};
    OpsFrame frame{.epoch = 1, .first = 1};
    frame.bodies = {write_envelope(envelope, R"({"hold":"h\u0000"})"), std::string("\0\xff", 2)};
    frame.head = to_hex(chain(chain(Hash{}, frame.bodies[0]), frame.bodies[1]));
    EXPECT_EQ(store.take(frame).ack.seq, 2);
    Query kept = store.db.query("SELECT status, body, why FROM ops ORDER BY seq");
    for (const std::string& body : frame.bodies) {
        ASSERT_TRUE(kept.step());
        EXPECT_EQ(kept.text(0) + kept.text(1), "rejected" + body);
        EXPECT_EQ(kept.text(2).substr(0, 8), "bad_json");
    }
}

// SYNC-1: a disk that is put back a second time, from an image of before the first.
TEST_P(EitherEngine, OpsThatMoveIntoASecondEpochAreBookedOnce) {
    tests::EitherDatabase another(GetParam());
    Store store(another.open());
    Till till;
    Till image;  // the same disk, copied before anything was put back
    for (std::int64_t fen : {100, 250, 250}) {
        till.append(sale_of(fen));
        image.append(sale_of(fen));
    }
    OpsFrame first = till.frame_from(1);
    EXPECT_EQ(store.take(first).ack.seq, 3);
    ASSERT_TRUE(begin_epoch(till.db, {.epoch = 2, .keep = 1, .opened = true}).has_value());
    till.append(sale_of(400));
    EXPECT_EQ(store.take(till.frame_from(1, 2)).ack.seq, 3);
    ASSERT_TRUE(begin_epoch(image.db, {.epoch = 3, .keep = 1, .opened = true}).has_value());
    image.append(sale_of(700));
    EXPECT_EQ(store.take(image.frame_from(1, 3)).ack.seq, 3);
    EXPECT_EQ(store.one("SELECT count(*) || ' sales ' || sum(total_fen) FROM sales"),
              "5 sales 1700");
    EXPECT_EQ(store.one("SELECT status || ' ' || why FROM ops WHERE epoch = 3 AND seq = 2"),
              "known booked in epoch 1");
    EXPECT_EQ(store.one("SELECT status FROM ops WHERE epoch = 3 AND seq = 3"), "flagged");
}

}  // namespace
}  // namespace fangxin::sync::testing
