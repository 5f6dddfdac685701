// What becomes of an op by who made it, at which terminal, and whether somebody could have said no.
#include "sync/server/pending.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

struct JudgedOps : ::testing::Test {
    JudgedOps() {
        person("1001", domain::Role::cashier);
        person("2001", domain::Role::receiver);
        person("3001", domain::Role::inspector);
        person("9001", domain::Role::manager);
    }
    void person(const std::string& number, domain::Role role) {
        store.put(domain::Person{.number = number, .name = number, .role = role});
    }
    /// `applied`, or the status and why; a log's first ops are made with no server.
    template <class Op>
    std::string judged(const Op& op, const std::string& by, bool connected = false,
                       std::string_view role = "till") {
        const LogState last = next_op(till.db);
        auto done = till.db.transaction([&]() -> Result<void> {
            auto appended = append_op(till.db, draft(op, noon(), by));
            return appended ? Result<void>{} : tl::unexpected(appended.error());
        });
        EXPECT_EQ(code_of(done), "ok");
        ServerPeer::Ingest request{"till-1", till.frame_from(last.last_seq)};
        if (connected) request.connected_after = last.last_seq - 1;
        EXPECT_TRUE(ingest(store.db, request, role, 1));
        Query query = store.db.query("SELECT status, why FROM ops WHERE seq = $1");
        query.bind(last.last_seq);
        EXPECT_TRUE(query.step());
        return query.text(1).empty() ? query.text(0) : query.text(0) + ": " + query.text(1);
    }
    Store store;
    Till till;
};

// ACCT-2 (rules 8)
TEST_F(JudgedOps, OfWhoHasTheRightAreApplied) {
    EXPECT_EQ(judged(BatchReleased{lot_1, "ok"}, "3001", true), "applied");
    EXPECT_EQ(judged(sale_of(500), "1001", true), "applied");
}

// ACCT-2 (rules 8): the goods are gone, so it is kept and somebody looks.
TEST_F(JudgedOps, OfWhoHasNoRightAreFlaggedWhereNobodyCouldSayNo) {
    EXPECT_EQ(judged(BatchCorrected{.batch = lot_1, .lot = "L2", .reason = "x"}, "1001"),
              "flagged: person 1001 may not correct_batch");
    EXPECT_EQ(store.shop().batch(lot_1)->lot, "L2");
}

// ACCT-2 (rules 8)
TEST_F(JudgedOps, OfWhoHasNoRightAreRefusedWhereTheTerminalWasConnected) {
    EXPECT_EQ(judged(BatchCorrected{.batch = lot_1, .lot = "L2", .reason = "x"}, "1001", true),
              "rejected: person 1001 may not correct_batch");
    EXPECT_EQ(store.shop().batch(lot_1)->lot, "L1");
}

// SYNC-1: a sale is never refused, it happened.
TEST_F(JudgedOps, OfASaleAreNeverRefused) {
    EXPECT_EQ(judged(sale_of(500), "2001", true), "flagged: person 2001 may not sell");
    EXPECT_EQ(store.one("SELECT count(*) FROM sales"), "1");
    EXPECT_EQ(judged(sale_of(600), "7777", true), "flagged: no person 7777");
    EXPECT_EQ(store.one("SELECT count(*) FROM sales"), "2");
}

// SALE-3, ACCT-2 (rules 8)
TEST_F(JudgedOps, APriceThatWasNotHisToGiveIsFlagged) {
    Sale sale = sale_of(900);
    sale.lines[0].unit_price_fen = 900;
    sale.lines[0].list_price_fen = 1'000;
    sale.lines[0].price_reason = "dent";
    EXPECT_EQ(judged(sale, "1001", true), "applied") << "ten in a hundred";
    sale.lines[0].list_price_fen = 1'100;
    EXPECT_EQ(judged(sale, "1001", true), "flagged: person 1001 may not override_price_large");
    sale.lines[0].price_approved_by = "9001";
    EXPECT_EQ(judged(sale, "1001", true), "applied");
    sale.lines[0].price_approved_by = "1001";
    EXPECT_EQ(judged(sale, "1001", true), "flagged: person 1001 may not override_price_large")
        << "nobody approves himself";
}

// SALE-3, ACCT-2 (rules 8)
TEST_F(JudgedOps, APriceOfNothingIsALargeChange) {
    Sale sale = sale_of(0);
    sale.lines[0].list_price_fen = 1'490;
    EXPECT_EQ(judged(sale, "1001", true), "flagged: person 1001 may not override_price_large");
}

// SALE-6, ACCT-2 (rules 8)
TEST_F(JudgedOps, WhatComesBackWithoutAReceiptNeedsASecondPerson) {
    Sale sale{.receipt = "FX9", .total_fen = -100};
    sale.returns = {{.receipt = "FX1", .line = 1, .item = "milk", .amount_fen = -20'000}};
    EXPECT_EQ(judged(sale, "1001", true), "applied");
    sale.returns[0].amount_fen = -20'001;
    EXPECT_EQ(judged(sale, "1001", true), "flagged: person 1001 may not refund_large");
    sale.returns[0] = {.item = "milk", .amount_fen = -1};
    EXPECT_EQ(judged(sale, "1001", true), "flagged: person 1001 may not refund_without_receipt");
    sale.approved_by = "9001";
    EXPECT_EQ(judged(sale, "1001", true), "applied");
}

// SALE-8, ACCT-2 (rules 8)
TEST_F(JudgedOps, AnothersShiftIsClosedByWhoMayDoThat) {
    EXPECT_EQ(judged(ShiftOpened{"S1", "2026-11-23", 0}, "9001"), "applied");
    EXPECT_EQ(judged(ShiftClosed{.shift = "S1"}, "1001"),
              "flagged: person 1001 may not shift_close_other");
}

// SAFE-6: what takes goods out of sale is in force whoever did it.
TEST_F(JudgedOps, ThatKeepGoodsOffSaleAreNeverRefused) {
    EXPECT_EQ(
        judged(BatchTested{.batch = lot_1, .result = domain::TestResult::failed, .kind = "germs"},
               "1001", true),
        "flagged: person 1001 may not test_result");
    EXPECT_EQ(store.shop().all_blocks().size(), 1U);
}

TEST_F(JudgedOps, ASecondPersonMakesUpForWhatTheRoleLacks) {
    RecallMade recall{.block = "R-till-1-1-1", .item = "milk", .lot = "L1"};
    recall.reason = "x";
    recall.approved_by = "9001";
    EXPECT_EQ(judged(recall, "2001", true), "flagged: person 2001 may not recall_make");
    BatchWithdrawn withdrawn{.batch = lot_1, .quantity_milli = 1};
    withdrawn.approved_by = "9001";
    person("1501", domain::Role::shift_lead);
    EXPECT_EQ(judged(withdrawn, "1501", true), "applied");
    withdrawn.approved_by = "1501";  // nobody approves himself
    EXPECT_EQ(judged(withdrawn, "1501"), "flagged: person 1501 may not withdraw");
}

// Rules 4
TEST_F(JudgedOps, WhoQuarantinedMayTakeItBack) {
    EXPECT_EQ(judged(BatchQuarantined{.batch = lot_1, .item = "milk", .reason = "dent"}, "2001"),
              "applied");
    const std::string block = store.shop().all_blocks().front().id;
    EXPECT_EQ(judged(BlockLifted{block, "not mine"}, "1001", true),
              "rejected: person 1001 may not release");
    EXPECT_EQ(judged(BlockLifted{block, "clean"}, "2001", true), "applied");
}

// SYNC-3: an op that a terminal's role forbids.
TEST_F(JudgedOps, ThatATerminalOfThisRoleCannotDoAreRejected) {
    EXPECT_EQ(judged(sale_of(500), "1001", false, "handheld"),
              "rejected: a terminal of this role cannot do this");
    EXPECT_EQ(judged(EpochOpened{"till-1", "x"}, "9001"),
              "rejected: a terminal does not open its own log");
    EXPECT_EQ(judged(EpochOpened{"till-2", "x"}, "9001"), "rejected: that log has not parted");
    store.db.execute(
        "INSERT INTO known_terminals (terminal,role,app,last_seen_ms,conflict) VALUES "
        "('till-2','till','x',0,'rolled back to 1 of 2 in epoch 1')");
    EXPECT_EQ(judged(EpochOpened{"till-2", "x"}, "1001"),
              "rejected: this person may not decide of terminals");
    EXPECT_EQ(judged(EpochOpened{"till-2", "x"}, "9001"), "applied");
    for (const char* key : {"contact_key", "contact_months"})
        EXPECT_EQ(judged(SettingSet{.key = key, .value = "1", .reason = "x"}, "9001"),
                  "rejected: this is decided on the server only");
    EXPECT_EQ(judged(OpReplayed{"till-1", 1, 1, "x"}, "9001"),
              "rejected: this is decided on the server only");
}

struct ReplayedOps : JudgedOps {
    std::string replayed(std::int64_t seq) {
        std::string status;
        auto done = store.db.transaction([&]() -> Result<void> {
            auto again = replay_op(store.db, {"till-1", {1, seq}}, {noon(), "server", "try"});
            if (!again) return tl::unexpected(again.error());
            status = again->judged.status;
            return {};
        });
        return done ? status : done.error().code;
    }
};

// SYNC-1: a bad op never blocks those behind it, and is tried again once its reason is gone.
TEST_F(ReplayedOps, HaveTheirEffectOnceTheReasonIsGone) {
    EXPECT_EQ(judged(BatchCorrected{.batch = lot_1, .lot = "L2", .reason = "x"}, "1001", true),
              "rejected: person 1001 may not correct_batch");
    person("1001", domain::Role::inspector);
    EXPECT_EQ(replayed(1), "applied");
    EXPECT_EQ(store.shop().batch(lot_1)->lot, "L2");
    EXPECT_EQ(replayed(1), "applied");  // the code: nothing is applied twice
    EXPECT_EQ(store.one("SELECT count(*) FROM ops WHERE kind = 'op_replayed'"), "1");
    EXPECT_EQ(replayed(99), "not_found");
}

TEST_F(ReplayedOps, StayWithoutEffectWhereTheReasonIsNot) {
    EXPECT_EQ(judged(sale_of(500), "1001", false, "handheld"),
              "rejected: a terminal of this role cannot do this");
    store.db.transaction([&]() -> Result<void> {
        store.db.execute("UPDATE known_terminals SET role = 'handheld'");
        return {};
    });
    EXPECT_EQ(replayed(1), "rejected");
    EXPECT_EQ(store.one("SELECT count(*) FROM ops WHERE kind = 'op_replayed'"), "0");
}

}  // namespace
}  // namespace fangxin::sync::testing
