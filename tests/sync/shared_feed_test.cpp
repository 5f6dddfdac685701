// Readings of the book that several terminals share, and what must not be shared.
#include "sync/server/shared_feed.hpp"

#include "sync/frame.hpp"
#include "sync/recall_id.hpp"
#include "sync/server/tombstones.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

struct Shared : ::testing::Test {
    Shared() { begun = newest(); }

    std::int64_t newest() { return newest_ver(store.db); }
    FeedAsker asker(const std::string& role = "till") {
        return {role, meta_number(store.db, "server_epoch"), newest()};
    }
    void recall(const std::string& lot) {
        store.put(domain::Block{
            .id = "recall:" + lot, .kind = domain::BlockKind::recall, .item = "milk", .lot = lot});
    }
    void price(std::int64_t fen) {
        domain::Item item = milk();
        item.price_fen = fen;
        store.put(item);
    }
    SharedFeed::GivenRows rows(std::int64_t after, const std::string& role = "till") {
        return *feed.rows(asker(role),
                          {.after = after, .up_to = newest(), .without_deleted = after});
    }
    SharedFeed::GivenBlocks blocks(std::int64_t after) { return *feed.blocks(asker(), {after}); }
    /// As it would be read for this terminal alone.
    std::string alone(std::int64_t after, const std::string& role = "till") {
        return write_message(*load_rows(
            store.db, role, {.after = after, .up_to = newest(), .without_deleted = after}));
    }
    std::string blocks_alone(std::int64_t after) {
        return write_message(*load_blocks(store.db, after));
    }

    Store store;
    SharedFeed feed{store.db};
    std::int64_t begun = 0;
};

TEST_F(Shared, IsReadOnceForAllWhoAskTheSame) {
    price(600);
    recall("L1");
    for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(write_message(rows(begun).frame), alone(begun));
        EXPECT_EQ(write_message(blocks(begun).frame), blocks_alone(begun));
    }
    EXPECT_EQ(feed.readings(), 2);
}

TEST_F(Shared, IsCutForWhoStandsFurtherOn) {
    price(600);
    const std::int64_t between = newest();
    store.put(Setting{"phone", "1"});
    recall("L1");
    const std::int64_t first_block = newest();
    recall("L2");
    for (const std::int64_t after : {begun, between, first_block, newest()})
        EXPECT_EQ(write_message(rows(after).frame), alone(after)) << after;
    EXPECT_EQ(feed.readings(), 1);
    for (const std::int64_t after : {begun, between, first_block})
        EXPECT_EQ(write_message(blocks(after).frame), blocks_alone(after)) << after;
    EXPECT_EQ(feed.readings(), 2);
    EXPECT_EQ(write_message(blocks(newest()).frame), blocks_alone(newest()));
    EXPECT_EQ(feed.readings(), 3);
}

TEST_F(Shared, IsNotGivenToWhoStandsFurtherBack) {
    price(600);
    const std::int64_t between = newest();
    recall("L1");
    EXPECT_EQ(write_message(rows(between).frame), alone(between));
    EXPECT_EQ(write_message(rows(begun).frame), alone(begun));
    EXPECT_EQ(write_message(blocks(between).frame), blocks_alone(between));
    EXPECT_EQ(write_message(blocks(begun).frame), blocks_alone(begun));
    EXPECT_EQ(feed.readings(), 4);
}

TEST_F(Shared, IsNotGivenToAnotherRole) {
    store.put(Stock{lot_1, "milk", 5000});
    EXPECT_EQ(rows(begun).frame.rows.size(), 0U);
    EXPECT_EQ(rows(begun, "handheld").frame.rows.size(), 1U);
}

// SAFE-6: whoever has heard of a recall is not told of blocks as they were before it.
TEST_F(Shared, IsNotOlderThanWhatTheTerminalWasToldOf) {
    EXPECT_TRUE(blocks(begun).frame.rows.empty());
    recall("L1");
    EXPECT_EQ(blocks(begun).frame.rows.size(), 1U);
}

// A terminal that begins is told of no deleted row; one that has rows must be.
TEST_F(Shared, OfWhoBeginsIsNotGivenToWhoHasRows) {
    store.put(Hold{.id = "till-2-1", .terminal = "till-2"});
    const std::int64_t held = newest();
    EXPECT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                  ServerRows changed(store.db);
                  changed.remove<Hold>("till-2-1", 1);
                  changed.finish();
                  return {};
              })),
              "ok");
    EXPECT_EQ(write_message(rows(0).frame), alone(0));
    ASSERT_EQ(rows(held).frame.rows.size(), 1U);
    EXPECT_TRUE(rows(held).frame.rows[0].gone.has_value());
}

// SYNC-1: what it was shown is what others were; that it can be told no more is its own matter.
TEST_F(Shared, IsNoWayAroundWhatIsForgotten) {
    store.put(Hold{.id = "till-2-1", .terminal = "till-2"});
    const std::int64_t held = newest();
    EXPECT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                  ServerRows changed(store.db);
                  changed.remove<Hold>("till-2-1", day_ms);
                  changed.finish();
                  drop_old_tombstones(store.db, day_ms + tombstones_kept_ms + 1);
                  return {};
              })),
              "ok");
    auto asked = [&](std::int64_t without_deleted) {
        return code_of(feed.rows(
            asker(), {.after = held, .up_to = newest(), .without_deleted = without_deleted}));
    };
    EXPECT_EQ(asked(newest()), "ok");
    EXPECT_EQ(asked(held), "deleted_rows_forgotten");
}

// A book that was put back gives the same versions to other rows.
TEST_F(Shared, OfAnotherEpochIsNotGiven) {
    price(600);
    EXPECT_EQ(write_message(rows(begun).frame), alone(begun));
    EXPECT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                  begin_server_epoch(store.db);
                  return {};
              })),
              "ok");
    rows(begun);
    EXPECT_EQ(feed.readings(), 2);
    // Whoever was welcomed to the book of before gets what the book says now, and shares it with
    // nobody.
    FeedAsker late = asker();
    late.server_epoch += 1;
    EXPECT_TRUE(feed.rows(late, {.after = begun, .up_to = newest()}).has_value());
    EXPECT_TRUE(feed.rows(late, {.after = begun, .up_to = newest()}).has_value());
    EXPECT_EQ(feed.readings(), 4);
}

// Else a terminal that is ahead of a book would be told so again and again, for ever.
TEST_F(Shared, DoesNotKeepWhatTheBookDoesNotHaveYet) {
    const std::int64_t ahead = newest() + 1;
    EXPECT_EQ(feed.rows(asker(), {.after = begun, .up_to = ahead})->frame.to, begun);
    FeedAsker told = asker();
    told.newest_ver = ahead;
    EXPECT_EQ(feed.blocks(told, {begun})->frame.to, begun);
    price(600);
    EXPECT_EQ(feed.rows(asker(), {.after = begun, .up_to = ahead})->frame.to, ahead);
    EXPECT_EQ(feed.blocks(told, {begun})->frame.to, ahead);
}

TEST_F(Shared, ForAMarkIsReadForAMark) {
    price(600);
    const std::int64_t at = newest();
    auto clean = [&](bool for_mark) {
        return feed.rows(asker(), {.after = begun, .up_to = at, .for_mark = for_mark})->is_clean;
    };
    EXPECT_TRUE(clean(false));
    store.put(Setting{"phone", "1"});
    EXPECT_TRUE(clean(false));
    EXPECT_FALSE(clean(true));
}

TEST_F(Shared, FrameThatWasFullServesItsBeginningOnly) {
    auto done = store.db.transaction([&]() -> Result<void> {
        ServerRows many(store.db);
        for (int i = 0; i < 1500; ++i)
            many.put_any(Setting{"key-" + std::to_string(i), "1"});
        many.finish();
        return {};
    });
    ASSERT_EQ(code_of(done), "ok");
    EXPECT_EQ(rows(begun).frame.rows.size(), 1000U);
    EXPECT_EQ(write_message(rows(begun + 100).frame), alone(begun + 100));
    EXPECT_EQ(write_message(rows(begun + 1000).frame), alone(begun + 1000));
    EXPECT_EQ(feed.readings(), 3);
}

TEST_F(Shared, BytesAreThoseOfTheMessage) {
    price(600);
    const std::int64_t between = newest();
    for (int i = 0; i < 40; ++i)
        store.put(Setting{"key-" + std::to_string(i), "1"});
    auto packs = [&](const SharedFeed::GivenRows& given, RowsFrame frame) {
        EXPECT_EQ(given.written->packed(frame), pack_frame(write_message(frame)));
    };
    for (int i = 0; i < 2; ++i) {  // the second time as they were kept
        for (const std::int64_t after : {begun, between}) {
            const auto given = rows(after);
            RowsFrame frame = given.frame;
            packs(given, frame);
            frame.blocks = 7;  // the block lane of another is told further
            packs(given, frame);
            frame.complete = true;
            packs(given, frame);
            frame.rows.pop_back();  // an older program, to which something is not told
            packs(given, frame);
        }
    }
    recall("L1");
    recall("L2");
    const auto given = blocks(begun);
    for (const std::int64_t from : {begun, begun + 1}) {
        BlocksFrame frame = given.frame;
        frame.from = from;  // as far as the terminal was told
        EXPECT_EQ(given.written->packed(frame), pack_frame(write_message(frame)));
    }
}

TEST_F(Shared, IsReadAgainOnceItWasForgotten) {
    rows(begun);
    feed.forget();
    rows(begun);
    EXPECT_EQ(feed.readings(), 2);
}

}  // namespace
}  // namespace fangxin::sync::testing
