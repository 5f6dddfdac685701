#include "sync/server/identities.hpp"

#include "sync/certificates.hpp"
#include "sync/server/authority.hpp"
#include "tests/support/book_shop.hpp"
#include "tests/support/temp_dir.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace fangxin::sync {
namespace {

namespace fs = std::filesystem;
using tests::BookShop;
using tests::TempDir;

constexpr std::int64_t now_ms = 1'795'000'000'000;
const std::string key_a(64, 'a');
const std::string key_b(64, 'b');
const std::string print_a = fingerprint_of(key_a);

struct Identities : ::testing::Test {
    std::string open(const std::string& role = "till", const std::string& terminal = "") {
        return open_enrolment(book.database, {role, terminal}, now_ms);
    }
    std::string ask(const std::string& token, const std::string& spki = key_a,
                    const std::string& terminal = "till-1", std::int64_t at_ms = now_ms) {
        auto refused =
            ask_enrolment(book.database, {{token, terminal, "till", "", ""}, spki, "", at_ms});
        return refused ? refused->code : "waits";
    }
    std::string state(const std::string& spki = key_a) {
        auto known = identity_of(book.database, spki).value();
        return known ? known->state : "unknown";
    }
    void enrol(const std::string& spki, std::int64_t at_ms = now_ms) {
        ASSERT_EQ(ask(open(), spki), "waits");
        ASSERT_TRUE(approve(book.database, {"till-1", fingerprint_of(spki)}, at_ms));
    }
    BookShop book;
};

// SYNC-3
TEST_F(Identities, ATokenIsGoodForOneKeyAlone) {
    const std::string token = open();
    EXPECT_EQ(ask(token), "waits");
    EXPECT_EQ(ask(token), "waits") << "the same terminal, after a broken line";
    EXPECT_EQ(ask(token, key_b), "token_used");
    EXPECT_EQ(waiting_terminals(book.database).size(), 1U);
}

// SYNC-3
TEST_F(Identities, ATokenIsGoodForTenMinutes) {
    const std::string token = open();
    EXPECT_EQ(ask(token, key_a, "till-1", now_ms + code_life_ms + 1), "token_expired");
    EXPECT_EQ(ask(token, key_a, "till-1", now_ms + code_life_ms), "waits");
}

TEST_F(Identities, ATokenOfNobodyIsNone) {
    EXPECT_EQ(ask(std::string(32, '0')), "bad_token");
    EXPECT_EQ(ask(""), "bad_token");
    EXPECT_TRUE(waiting_terminals(book.database).empty());
}

TEST_F(Identities, OnlyTheHashOfATokenIsKept) {
    const std::string token = open();
    Query query = book.database.query("SELECT token_hash FROM enrolment_codes");
    ASSERT_TRUE(query.step());
    EXPECT_EQ(query.text(0).size(), 64U);
    EXPECT_EQ(query.text(0).find(token), std::string::npos);
}

TEST_F(Identities, ACodeForOneTerminalOrKindIsForNoOther) {
    EXPECT_EQ(ask(open("handheld")), "role");
    EXPECT_EQ(ask(open("till", "till-2")), "terminal");
    EXPECT_EQ(ask(open("till", "till-1")), "waits");
}

// SYNC-3
TEST_F(Identities, NobodyIsLetInBeforeAnApprovalOfHisFingerprint) {
    ask(open());
    EXPECT_EQ(state(), "unknown");
    EXPECT_FALSE(approve(book.database, {"till-1", fingerprint_of(key_b)}, now_ms));
    EXPECT_FALSE(approve(book.database, {"till-2", print_a}, now_ms));
    EXPECT_EQ(state(), "unknown");
    EXPECT_TRUE(approve(book.database, {"till-1", print_a}, now_ms));
    EXPECT_EQ(state(), "allowed");
    EXPECT_EQ(request_state(book.database, key_a), RequestState::approved);
    EXPECT_FALSE(approve(book.database, {"till-1", print_a}, now_ms)) << "once";
}

TEST_F(Identities, WhoWasRefusedStaysOut) {
    const std::string token = open();
    ask(token);
    refuse(book.database, {"till-1", print_a});
    EXPECT_FALSE(approve(book.database, {"till-1", print_a}, now_ms));
    EXPECT_EQ(ask(token), "refused");
    EXPECT_EQ(state(), "unknown");
}

// SYNC-3
TEST_F(Identities, ARevokedKeyNeverComesBack) {
    enrol(key_a);
    revoke(book.database, {"till-1", "stolen"});
    EXPECT_EQ(state(), "revoked");
    EXPECT_EQ(identity_of_terminal(book.database, "till-1")->reason, "stolen");
    EXPECT_EQ(ask(open(), key_a), "terminal");
    EXPECT_FALSE(allow_also(book.database, key_a, key_b, now_ms));
    enrol(key_b, now_ms + 1);
    EXPECT_EQ(state(key_a), "revoked");
    EXPECT_EQ(state(key_b), "allowed");
}

TEST_F(Identities, AMachineEnrolledUnderANameTakesTheOthersPlace) {
    enrol(key_a);
    enrol(key_b, now_ms + 1);
    EXPECT_EQ(state(key_a), "replaced");
    EXPECT_EQ(state(key_b), "allowed");
}

// SYNC-3
TEST_F(Identities, ARenewedKeyReplacesTheOldOneWhenItIsUsed) {
    enrol(key_a);
    ASSERT_TRUE(allow_also(book.database, key_a, key_b, now_ms + 1));
    EXPECT_EQ(state(key_a), "allowed");
    EXPECT_EQ(state(key_b), "allowed");
    EXPECT_FALSE(has_older_keys(book.database, key_a));
    EXPECT_TRUE(has_older_keys(book.database, key_b));
    note_key_used(book.database, key_b);
    EXPECT_EQ(state(key_a), "replaced");
    EXPECT_EQ(state(key_b), "allowed");
    EXPECT_FALSE(has_older_keys(book.database, key_b));
}

TEST_F(Identities, WhoRenewsAgainAndAgainHasTwoKeysAtMost) {
    const std::string key_c(64, 'c');
    enrol(key_a);
    ASSERT_TRUE(allow_also(book.database, key_a, key_b, now_ms + 1));
    ASSERT_TRUE(allow_also(book.database, key_a, key_c, now_ms + 2));
    EXPECT_EQ(state(key_a) + " " + state(key_b) + " " + state(key_c), "allowed replaced allowed");
}

// SYNC-3
TEST_F(Identities, OnlyManagersAndAccountAdministratorsDecide) {
    auto why = [](std::string_view kind, domain::Role role) {
        Envelope op;
        op.kind = kind;
        return forbidden_of_identities(op, domain::Person{.number = "1", .role = role});
    };
    for (const char* kind : {"terminal_approved", "terminal_refused", "terminal_revoked"}) {
        EXPECT_EQ(why(kind, domain::Role::manager), "") << kind;
        EXPECT_NE(why(kind, domain::Role::cashier), "") << kind;
        EXPECT_NE(why(kind, domain::Role::shift_lead), "") << kind;
    }
    EXPECT_NE(why("certificate_issued", domain::Role::manager), "");
    EXPECT_NE(why("enrolment_opened", domain::Role::manager), "");
    EXPECT_EQ(why("sale", domain::Role::cashier), "");
}

struct StoreAuthorities : ::testing::Test {
    Result<std::unique_ptr<StoreAuthority>> open(const fs::path& directory) {
        return StoreAuthority::open(directory, book.database, {"127.0.0.1"});
    }
    TempDir folder;
    BookShop book;
};

TEST_F(StoreAuthorities, TheFirstServerMakesItAndKeepsIt) {
    auto first = open(folder / "a");
    ASSERT_TRUE(first);
    const std::string certificate = (*first)->authority().certificate;
    EXPECT_EQ(authority_pin(book.database), certificate_facts(certificate)->spki);
    auto again = open(folder / "a");
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->authority().certificate, certificate);
    for (const char* file : {"ca.key", "ca.crt"}) {
        EXPECT_EQ(fs::status(folder / "a" / file).permissions(),
                  fs::perms::owner_read | fs::perms::owner_write);
    }
    EXPECT_EQ(fs::status(folder / "a").permissions(), fs::perms::owner_all);
}

TEST_F(StoreAuthorities, AnotherServerNeedsItsKey) {
    ASSERT_TRUE(open(folder / "a"));
    auto without = open(folder / "b");
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code, "no_ca_key");
    std::ofstream(folder / "b" / "ca.key") << make_key();
    EXPECT_EQ(open(folder / "b").error().code, "other_ca_key");
    fs::copy_file(folder / "a" / "ca.key", folder / "b" / "ca.key",
                  fs::copy_options::overwrite_existing);
    auto with = open(folder / "b");
    ASSERT_TRUE(with);
}

// SYNC-3
TEST_F(StoreAuthorities, TheServersOwnCertificateIsMadeAnewInTime) {
    auto authority = open(folder / "a");
    ASSERT_TRUE(authority);
    auto served = [&] {
        std::ifstream in(folder / "a" / "server.crt");
        std::string pem{std::istreambuf_iterator<char>(in), {}};
        return certificate_facts(pem)->spki;
    };
    const TlsContext first = (*authority)->tls(now_ms);
    ASSERT_NE(first, nullptr);
    const std::string before = served();
    EXPECT_EQ((*authority)->tls(now_ms + certificate_life_ms / 2), first);
    EXPECT_EQ(served(), before);
    EXPECT_NE((*authority)->tls(now_ms + certificate_life_ms * 3 / 4), first);
    EXPECT_NE(served(), before);
}

}  // namespace
}  // namespace fangxin::sync
