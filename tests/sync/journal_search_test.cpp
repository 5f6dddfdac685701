// Finding entries of the journal and proving them, as far as a person may read them (rules 8).
#include "sync/server/journal_search.hpp"

#include "sync/log_key.hpp"
#include "sync/server/log_check.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

using domain::Role;

struct StoreJournal : ::testing::Test {
    StoreJournal() {
        for (const auto& [number, role] : {std::pair{"1001", Role::cashier},
                                           {"1101", Role::shift_lead},
                                           {"1301", Role::inspector},
                                           {"1601", Role::manager},
                                           {"1701", Role::account_admin}})
            store.put(domain::Person{.number = number, .name = number, .role = role});
        (void)greet(store.db, Hello{.terminal = "till-1", .role = "till", .log_key = key.name()},
                    1);
        till.append(sale_of(500, lot_1));
        till.append(BatchQuarantined{.batch = lot_1, .item = "milk", .reason = "dent"});
        till.append(LoginFailed{"1002", false});
        send();
    }
    void send() {
        OpsFrame frame = till.frame_from(1);
        const auto last = static_cast<std::int64_t>(frame.bodies.size());
        frame.signature = key.sign({"till-1", 1, last, frame.head});
        auto done = ingest(store.db, {.terminal = "till-1", .frame = frame, .log_key = key.name()},
                           "till", 1);
        ASSERT_EQ(code_of(done), "ok");
        ASSERT_EQ(done->answer.refused, "");
    }
    /// Kinds that are found, with blanks between; or the error.
    std::string found(AskJournal asked, std::string_view at = "till-1") {
        if (asked.person.empty()) asked.person = "1601";
        auto page = search_journal(store.db, asked, at);
        EXPECT_EQ(code_of(page), "ok");
        if (!page->error.empty()) return page->error;
        std::string kinds;
        for (const JournalLine& line : page->lines)
            kinds += (kinds.empty() ? "" : " ") + line.kind;
        last = *page;
        return kinds;
    }
    JournalEntry entry(std::int64_t seq, const std::string& person = "1601") {
        return *prove_entry(store.db,
                            {.person = person, .terminal = "till-1", .epoch = 1, .seq = seq},
                            "till-1", "");
    }
    void tamper(std::string_view sql) {
        ASSERT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                      store.db.execute(sql);
                      return {};
                  })),
                  "ok");
    }
    Store store;
    Till till;
    LogKey key{std::string(32, 'k')};
    JournalPage last;
};

// REPT-2
TEST_F(StoreJournal, FindsEntriesByWhatTheySay) {
    EXPECT_EQ(found({.terminal = "till-1"}), "login_failed batch_quarantined sale");
    EXPECT_EQ(found({.kind = "sale"}), "sale");
    EXPECT_EQ(found({.kind = "quality"}), "batch_quarantined");
    EXPECT_EQ(found({.text = "dent"}), "batch_quarantined");
    EXPECT_EQ(found({.text = "nowhere"}), "");
    EXPECT_EQ(found({.terminal = "till-2"}), "");
    EXPECT_EQ(found({.by = "1001"}), "login_failed batch_quarantined sale");
    EXPECT_EQ(found({.from = "2026-11-23", .until = "2026-11-23"}),
              "login_failed batch_quarantined sale");
    EXPECT_EQ(found({.from = "2026-11-24"}), "");
    EXPECT_EQ(found({.until = "2026-11-22"}), "log_key_known");  // greeted in 1970
    EXPECT_EQ(found({.from = "yesterday"}), "bad_value");
    EXPECT_EQ(found({.text = std::string(300, 'x')}), "bad_value");
    EXPECT_EQ(found({.after = "x"}), "bad_value");
}

TEST_F(StoreJournal, SaysHowEachBegins) {
    found({.kind = "batch_quarantined"});
    EXPECT_EQ(last.lines.front().begins,
              R"({"batch":"milk/L1/2026-11-30","item":"milk","reason":"dent","approved_by":""})");
    EXPECT_EQ(last.lines.front().status, "applied");
}

// Rules 8: reports and journal
TEST_F(StoreJournal, APersonReadsHisPartOfIt) {
    EXPECT_EQ(found({.person = "1001"}), "not_allowed");
    EXPECT_EQ(found({.person = "nobody"}), "not_allowed");
    EXPECT_EQ(found({.person = "1101"}), "login_failed batch_quarantined sale");
    EXPECT_EQ(found({.person = "1101"}, "till-2"), "");  // another till's
    EXPECT_EQ(found({.person = "1301"}), "batch_quarantined");
    EXPECT_EQ(found({.person = "1701"}), "login_failed log_key_known");
    EXPECT_EQ(entry(1, "1701").error, "not_allowed");
    EXPECT_EQ(entry(1, "1701").body, "");
    EXPECT_EQ(entry(3, "1701").error, "");
    tamper("UPDATE people SET locked = 1");
    EXPECT_EQ(found({}), "not_allowed");
}

TEST_F(StoreJournal, GoesOnWhereAPageEnded) {
    for (int i = 0; i < 120; ++i)
        till.append(sale_of(100 + i));
    send();
    std::size_t all = 0;
    AskJournal asked{.kind = "sale"};
    for (int page = 0; page < 3; ++page) {
        found(asked);
        all += last.lines.size();
        asked.after = last.next;
    }
    EXPECT_EQ(all, 121);
    EXPECT_EQ(last.next, "");
}

TEST_F(StoreJournal, LooksOnlySoFarBackAtATime) {
    // As many sales of another till, a minute after.
    tamper(fmt::format(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) INSERT INTO "
        "ops (terminal,epoch,seq,kind,at,person,body,hash,status) SELECT 'till-2', 1, i, 'sale', "
        "'2026-11-23T12:01:00.000+08:00', '1001', '{{}}', x'00', 'applied' FROM n",
        journal_looks + 500));
    EXPECT_EQ(found({.text = "dent"}), "");
    EXPECT_NE(last.next, "");
    EXPECT_EQ(found({.text = "dent", .after = last.next}), "batch_quarantined");
    EXPECT_EQ(last.next, "");
}

// REPT-2: proved unchanged
TEST_F(StoreJournal, ProvesAnEntryToTheSignedEndOfItsLog) {
    const JournalEntry proved = entry(2);
    EXPECT_EQ(proved.broken, 0);
    EXPECT_EQ(proved.proved_to, 3);
    EXPECT_EQ(proved.signed_to, 3);
    EXPECT_EQ(proved.signed_by, key.name().substr(0, 64));
    EXPECT_EQ(proved.hash, op_hash(till.db, 1, 2));
    EXPECT_NE(proved.body.find("dent"), proved.body.npos);
    EXPECT_EQ(entry(9).error, "not_found");
}

TEST_F(StoreJournal, NamesWhatWasChangedAtItAndBehindIt) {
    tamper("UPDATE ops SET body = replace(body, 'dent', 'tear') WHERE seq = 2");
    EXPECT_EQ(entry(2).broken, 2);
    EXPECT_EQ(entry(2).break_is, "changed");
    EXPECT_EQ(entry(1).broken, 2);
    EXPECT_EQ(entry(3).broken, 0);  // what lies behind it is as it was
}

/// Whoever changes the book alone can make the hashes fit, and not the signature.
TEST_F(StoreJournal, AChainThatWasMadeToFitIsNotWhatWasSigned) {
    Hash head{};
    ASSERT_EQ(code_of(store.db.transaction([&]() -> Result<void> {
                  for (std::int64_t seq = 1; seq <= 3; ++seq) {
                      std::string body = store.one(fmt::format(
                          "SELECT body FROM ops WHERE terminal = 'till-1' AND seq = {}", seq));
                      if (seq == 2) body.replace(body.find("dent"), 4, "tear");
                      head = chain(head, body);
                      const std::string_view bytes(reinterpret_cast<const char*>(head.data()),
                                                   head.size());
                      store.db
                          .query(
                              "UPDATE ops SET body = $1, hash = $2 WHERE terminal = "
                              "'till-1' AND seq = $3")
                          .bind_raw_text(body)
                          .bind_bytes(bytes)
                          .bind(seq)
                          .run();
                      store.db.query("UPDATE terminal_logs SET head = $1 WHERE terminal = 'till-1'")
                          .bind_bytes(bytes)
                          .run();
                  }
                  return {};
              })),
              "ok");
    EXPECT_EQ(entry(2).broken, 3);
    EXPECT_EQ(entry(2).break_is, "signature");
}

/// Nor can he sign it anew: the server's own log witnesses the keys.
TEST_F(StoreJournal, AKeyThatTheServersLogDoesNotKnowSignsNothing) {
    const LogKey other(std::string(32, 'o'));
    const std::string signature = other.sign({"till-1", 1, 3, op_hash(till.db, 1, 3)});
    tamper(
        fmt::format("UPDATE terminal_logs SET signed_by = '{}', signature = '{}' WHERE terminal "
                    "= 'till-1'",
                    other.name(), signature));
    EXPECT_EQ(entry(2).break_is, "signature");
}

TEST_F(StoreJournal, AFrameThatItsTerminalDidNotSignIsRefused) {
    till.append(sale_of(700));
    OpsFrame frame = till.frame_from(4);
    frame.signature = LogKey(std::string(32, 'o')).sign({"till-1", 1, 4, frame.head});
    auto done =
        ingest(store.db, {.terminal = "till-1", .frame = frame, .log_key = key.name()}, "till", 1);
    ASSERT_EQ(code_of(done), "ok");
    EXPECT_EQ(done->answer.refused, "chain");
    EXPECT_EQ(store.one("SELECT count(*) FROM ops WHERE terminal = 'till-1'"), "3");
    EXPECT_NE(store.one("SELECT conflict FROM known_terminals WHERE terminal = 'till-1'"), "");
}

/// A log that its writer signs cannot be cut back to what was signed before.
TEST_F(StoreJournal, ALogThatIsNotSignedToItsEndIsNamed) {
    tamper("UPDATE terminal_logs SET signed_seq = 0 WHERE terminal = 'till-1'");
    EXPECT_EQ(entry(2).break_is, "signature");
    EXPECT_EQ(entry(2).broken, 1);
}

TEST_F(StoreJournal, AnOlderProgramThatRunsThereAgainSignsNothingAndIsBelieved) {
    (void)greet(store.db, Hello{.terminal = "till-1", .role = "till"}, 1);
    till.append(sale_of(900));
    ASSERT_EQ(store.take(till.frame_from(4)).refused, "");
    EXPECT_EQ(entry(4).broken, 0);
    EXPECT_EQ(entry(4).signed_to, 3);
}

TEST_F(StoreJournal, TheServersOwnLogIsSignedAsItIsWrittenAndNothingBesides) {
    const LogKey own(std::string(32, 's'));
    sign_own_log_with(own);
    auto signed_to = [&] {
        return store.one(
            "SELECT signed_seq || ' of ' || last_seq FROM terminal_logs WHERE terminal = 'server'");
    };
    EXPECT_EQ(signed_to(), "0 of 1");  // before the key was known
    ASSERT_EQ(code_of(sign_own_log(store.db, own)), "ok");
    store.own(EpochOpened{"till-1", "a trial"});
    EXPECT_EQ(signed_to(), "2 of 2");
    // Somebody appends an entry by hand, as far as the book alone allows.
    tamper("UPDATE terminal_logs SET last_seq = 3 WHERE terminal = 'server'");
    store.own(EpochOpened{"till-1", "another"});
    EXPECT_EQ(signed_to(), "2 of 4");
    tamper("UPDATE ops SET hash = zeroblob(32) WHERE terminal = 'server'");
    EXPECT_EQ(code_of(sign_own_log(store.db, own)), "broken");
}

}  // namespace
}  // namespace fangxin::sync::testing
