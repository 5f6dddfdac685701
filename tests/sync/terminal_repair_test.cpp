// A terminal's tables against the server's: what differs is found and put right, and nothing else
// is touched.
#include "sync/terminal_repair.hpp"

#include "sync/server/feed.hpp"
#include "sync/table_sum.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

struct Repaired : ::testing::Test {
    Repaired() {
        store.put(Setting{"phone", "1"});
        feed(store, till);
    }
    Mark mark() { return {newest_ver(store.db), schema_version}; }
    /// Names of the tables that differ.
    std::string different() {
        auto ours = sum_at_mark(till.db, "till", mark());
        if (!ours) return "not at the mark";
        std::string names;
        for (const auto& name : different_tables(*ours, sum_tables(store.db, "", schema_version)))
            names += name + " ";
        return names;
    }
    TableStored repair(const std::string& table) {
        auto part = load_table_rows(store.db, "till", {table, "", newest_ver(store.db)});
        return *store_table(till.db, {*part, 0}, noon());
    }
    void damage(std::string_view sql) {
        ASSERT_EQ(code_of(till.db.transaction([&]() -> Result<void> {
                      till.db.execute(sql);
                      return {};
                  })),
                  "ok");
    }
    Store store;
    Till till;
};

TEST_F(Repaired, AddsUpAsTheServerDoes) { EXPECT_EQ(different(), ""); }

TEST_F(Repaired, ARowThatIsWrongIsFoundAndPutRight) {
    damage("UPDATE items SET price_fen = 1");
    EXPECT_EQ(different(), "items ");
    EXPECT_EQ(repair("items").repaired, 1);
    EXPECT_EQ(different(), "");
    EXPECT_EQ(till.shop().item("milk")->price_fen, 500);
}

TEST_F(Repaired, ARowThatIsMissingComesBack) {
    damage("DELETE FROM batches");
    EXPECT_EQ(different(), "batches ");
    EXPECT_EQ(repair("batches").repaired, 1);
    EXPECT_EQ(different(), "");
}

TEST_F(Repaired, ARowThatNobodyHasGoes) {
    damage("INSERT INTO settings (key,value,ver) VALUES ('ghost','1',1)");
    EXPECT_EQ(different(), "settings ");
    EXPECT_EQ(repair("settings").repaired, 1);
    EXPECT_EQ(different(), "");
}

// SAFE-6: a lost block is the worst of them. Whoever has the goods in hand is told.
TEST_F(Repaired, ABlockThatWasLostIsInForceAgain) {
    store.own(RecallMade{.block = "recall:1", .item = "milk", .level = domain::RecallLevel::I});
    feed(store, till);
    damage("DELETE FROM blocks");
    EXPECT_EQ(different(), "blocks ");
    auto stored = repair("blocks");
    ASSERT_EQ(stored.blocks.size(), 1U);
    EXPECT_EQ(stored.blocks[0].id, "recall:1");
    EXPECT_EQ(till.shop().blocks_of("milk").size(), 1U);
}

TEST_F(Repaired, IsJournalledAndCounted) {
    damage("DELETE FROM items");
    auto stored = repair("items");
    EXPECT_EQ(repairs_done(till.db), 1);
    auto op = read_envelope(load_ops(till.db, 1, stored.written.last_seq).bodies[0]);
    EXPECT_EQ(op->kind + " " + json::serialize(op->data),
              R"(table_repaired {"table":"items","rows":1})");
    store.take(till.frame_from(1));
    EXPECT_EQ(store.one("SELECT repairs FROM known_terminals WHERE terminal = 'till-1'"), "1");
}

TEST_F(Repaired, WhatWasRightAlreadyIsNotCounted) {
    EXPECT_EQ(repair("items").repaired, 0);
    EXPECT_EQ(repairs_done(till.db), 0);
    EXPECT_EQ(next_op(till.db).last_seq, 1);
}

TEST_F(Repaired, ARowThatIsNewerHereStays) {
    auto part = *load_table_rows(store.db, "till", {"settings", "", newest_ver(store.db)});
    store.put(Setting{"phone", "2"});
    feed(store, till);
    ASSERT_TRUE(store_table(till.db, {part, 0}, noon()));
    EXPECT_EQ(till.shop().setting("phone"), "2");
}

// A version that lost its bits upwards was taken for a newer row, at every checkpoint again.
TEST_F(Repaired, ARowWhoseVersionWasDamagedIsPutRight) {
    damage("UPDATE settings SET ver = 1000000 WHERE key = 'phone'");
    EXPECT_EQ(different(), "settings ");
    EXPECT_EQ(repair("settings").repaired, 1);
    EXPECT_EQ(different(), "");
}

TEST_F(Repaired, AKeyWhoseRowIsStillOnItsWayStays) {
    TableRows part{.table = "settings", .last = true, .at = 99, .newer = {"phone"}};
    ASSERT_TRUE(store_table(till.db, {part, 0}, noon()));
    EXPECT_EQ(till.shop().setting("phone"), "1");
}

// SAFE-6: a quarantine that came by its own lane while the table was on its way.
TEST_F(Repaired, ABlockThatIsNewerThanThePartStays) {
    auto part = *load_table_rows(store.db, "till", {"blocks", "", newest_ver(store.db)});
    store.own(RecallMade{.block = "recall:1", .item = "milk", .level = domain::RecallLevel::I});
    feed(store, till);
    ASSERT_TRUE(store_table(till.db, {part, 0}, noon()));
    EXPECT_EQ(till.shop().blocks_of("milk").size(), 1U);
}

TEST_F(Repaired, ATornPartChangesNothing) {
    TableRows part{.table = "items", .last = true};
    part.rows.push_back({"items", 9, {{"code", "milk"}}, {}});
    EXPECT_EQ(store_table(till.db, {part, 0}, noon()).error().code, "bad_record");
    EXPECT_TRUE(till.shop().item("milk").has_value());
}

TEST_F(Repaired, IsNotComparedElsewhereThanAtTheMark) {
    store.put(Setting{"phone", "2"});
    EXPECT_EQ(different(), "not at the mark");
    feed(store, till);
    EXPECT_EQ(different(), "");
    ASSERT_EQ(code_of(reset_rows(till.db, {7, 0})), "ok");
    EXPECT_EQ(different(), "not at the mark");
}

TEST_F(Repaired, BlocksThatAreFurtherOnAreNotCompared) {
    const Mark before = mark();
    store.own(RecallMade{.block = "recall:1", .item = "milk", .level = domain::RecallLevel::I});
    auto blocks = *load_blocks(store.db, before.at);
    ASSERT_EQ(code_of(store_blocks(till.db, blocks, noon())), "ok");
    auto sums = sum_at_mark(till.db, "till", before);
    ASSERT_TRUE(sums.has_value());
    for (const TableSum& each : *sums)
        EXPECT_NE(each.table, "blocks");
}

// The text of sync/table_sum.hpp, worked out by another program (Python's hashlib).
TEST_F(Repaired, TheSumIsWhatItsDefinitionSays) {
    damage("DELETE FROM settings");
    damage("INSERT INTO settings (key,value,ver) VALUES ('phone','1',7)");
    auto sums = sum_tables(till.db, "till", schema_version);
    auto settings = std::ranges::find(sums, "settings", &TableSum::table);
    EXPECT_EQ(settings->rows, 1);
    EXPECT_EQ(settings->sum, "93c6de2b813868c6");
}

}  // namespace
}  // namespace fangxin::sync::testing
