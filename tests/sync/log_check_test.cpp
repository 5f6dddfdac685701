// Whoever changes, takes away or adds to what a terminal has sent is named.
#include "sync/server/log_check.hpp"

#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

struct CheckedBook : ::testing::Test {
    CheckedBook() {
        for (int fen = 1; fen <= 5; ++fen)
            till.append(sale_of(fen * 100));
        store.take(till.frame_from(1));
    }
    void tamper(std::string_view sql) {
        ASSERT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                      store.db.execute(sql);
                      return {};
                  })),
                  "ok");
    }
    /// Of till 1's log: `5 ops`, or the first break.
    std::string checked() {
        auto logs = *logs_to_check(store.db);
        for (CheckedLog& log : logs) {
            if (log.terminal != "till-1") continue;
            EXPECT_EQ(code_of(check_log(store.db, log)), "ok");
            if (log.why.empty()) return fmt::format("{} ops {}", log.ops, log.head);
            return fmt::format("{} {}", log.broken, log.why);
        }
        return "none";
    }
    Store store;
    Till till;
};

// SYNC-2, REPT-2
TEST_F(CheckedBook, IsProvedWhereNothingWasTouched) {
    EXPECT_EQ(checked(), "5 ops " + op_hash(till.db, 1, 5));
}

// SYNC-2: a changed byte
TEST_F(CheckedBook, NamesTheOpOfWhichAByteWasChanged) {
    tamper("UPDATE ops SET body = replace(body, '300', '301') WHERE seq = 3");
    EXPECT_EQ(checked(), "3 changed");
}

TEST_F(CheckedBook, NamesTheOpWhoseHashWasMadeToFit) {
    const Hash other = chain(Hash{}, "{}");
    auto done = store.db.transaction([&]() -> Result<void> {
        store.db.query("UPDATE ops SET body = '{}', hash = $1 WHERE seq = 1")
            .bind_bytes({reinterpret_cast<const char*>(other.data()), other.size()})
            .run();
        return {};
    });
    ASSERT_TRUE(done);
    EXPECT_EQ(checked(), "2 changed");  // it no longer follows on the one before it
}

TEST_F(CheckedBook, NamesTheOpThatIsMissing) {
    tamper("DELETE FROM ops WHERE seq = 2");
    EXPECT_EQ(checked(), "2 missing");
}

// SYNC-2: a cut tail
TEST_F(CheckedBook, NamesWhereATailWasCut) {
    tamper("DELETE FROM ops WHERE seq > 3");
    EXPECT_EQ(checked(), "4 cut");
}

TEST_F(CheckedBook, NamesALogOfWhichNothingIsLeft) {
    tamper("DELETE FROM ops");
    EXPECT_EQ(checked(), "1 cut");
}

TEST_F(CheckedBook, NamesWhatStandsBehindTheEnd) {
    tamper("UPDATE terminal_logs SET last_seq = 4 WHERE terminal = 'till-1'");
    EXPECT_EQ(checked(), "5 beyond_end");
    tamper("DELETE FROM terminal_logs");
    EXPECT_EQ(checked(), "1 beyond_end");
}

TEST_F(CheckedBook, NamesAnEndThatIsNotTheLastOps) {
    tamper("UPDATE terminal_logs SET head = x'00' WHERE terminal = 'till-1'");
    EXPECT_EQ(checked(), "5 changed");
}

TEST_F(CheckedBook, LetsTheShopGoOnBetweenItsPages) {
    Till busy{{"till-2", "till"}};
    (void)greet(store.db, Hello{.terminal = "till-2", .role = "till"}, 1);
    for (int i = 0; i < 2500; ++i)
        busy.append(LoggedOut{"x"});
    for (std::int64_t first = 1; first <= 2500; first += 1000) {
        ASSERT_TRUE(ingest(store.db, {"till-2", busy.frame_from(first)}, "till", 1));
    }
    CheckedLog log{.terminal = "till-2", .epoch = 1};
    int pauses = 0;
    EXPECT_EQ(code_of(check_log(store.db, log, {}, [&] { ++pauses; })), "ok");
    EXPECT_EQ(log.ops, 2500);
    EXPECT_EQ(pauses, 2);
}

}  // namespace
}  // namespace fangxin::sync::testing
