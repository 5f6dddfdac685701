#include "sync/certificates.hpp"

#include "sync/identity_file.hpp"
#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace fangxin::sync {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
constexpr std::int64_t begin_ms = 1'795'000'000'000;

std::string request_by(const std::string& key, std::string_view name = "till-1") {
    return make_request(key, name).value();
}

std::string certificate_for(const Authority& authority, const std::string& key,
                            Purpose purpose = Purpose::connect) {
    return issue(authority, {.request = request_by(key),
                             .name = "till-1",
                             .purpose = purpose,
                             .from_ms = begin_ms,
                             .until_ms = begin_ms + 365 * day_ms})
        .value();
}

// SYNC-3
TEST(Certificates, AnAuthorityIssuesWhatIsTakenForItsPurposeAlone) {
    const Authority store = make_authority("Fangxin store 1");
    const std::string terminal = certificate_for(store, make_key());
    EXPECT_TRUE(is_issued_by(terminal, store.certificate, Purpose::connect));
    EXPECT_FALSE(is_issued_by(terminal, store.certificate, Purpose::serve));
    const std::string server = certificate_for(store, make_key(), Purpose::serve);
    EXPECT_TRUE(is_issued_by(server, store.certificate, Purpose::serve));
    EXPECT_FALSE(is_issued_by(server, store.certificate, Purpose::connect));
}

// SYNC-3
TEST(Certificates, AnotherStoresAuthorityOrATerminalsOwnIsNotBelieved) {
    const Authority store = make_authority("Fangxin store 1");
    const Authority other = make_authority("Fangxin store 1");
    const std::string key = make_key();
    const std::string foreign = certificate_for(other, key);
    EXPECT_FALSE(is_issued_by(foreign, store.certificate, Purpose::connect));
    // A terminal that plays an authority: its certificate may not issue.
    const Authority posing{key, certificate_for(store, key)};
    const std::string posed = certificate_for(posing, make_key());
    EXPECT_FALSE(is_issued_by(posed, store.certificate, Purpose::connect));
}

TEST(Certificates, FactsAreThoseThatWereAskedFor) {
    const Authority store = make_authority("Fangxin store 1");
    const std::string key = make_key();
    const auto facts = certificate_facts(certificate_for(store, key));
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->name, "till-1");
    EXPECT_EQ(facts->from_ms, begin_ms);
    EXPECT_EQ(facts->until_ms, begin_ms + 365 * day_ms);
    EXPECT_EQ(facts->spki, request_facts(request_by(key))->spki);
    EXPECT_EQ(facts->spki.size(), 64U);
    EXPECT_NE(facts->spki, request_facts(request_by(make_key()))->spki);
}

TEST(Certificates, ARequestHasToBeSignedByItsKey) {
    std::string request = request_by(make_key());
    EXPECT_TRUE(request_facts(request));
    // A bit of the signature, which is the last of it.
    const std::size_t end = request.find("\n-----END");
    char& last = request[request[end - 1] == '=' ? end - 6 : end - 4];
    last = last == 'A' ? 'B' : 'A';
    auto facts = request_facts(request);
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().code, "bad_request");
    for (std::string_view torn : {"", "-----BEGIN CERTIFICATE REQUEST-----", "hello"})
        EXPECT_FALSE(request_facts(torn)) << torn;
}

TEST(Certificates, IssuesOnlyForP256) {
    // openssl req -new -newkey ed25519 -nodes -subj /CN=till-1
    constexpr std::string_view ed25519 =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
        "MIGQMEQCAQAwETEPMA0GA1UEAwwGdGlsbC0xMCowBQYDK2VwAyEAyK8ZRiiIO/G4\n"
        "dZpjDqy8rlxLEcN07xQ9OxZH3XJg9J2gADAFBgMrZXADQQAjH/Uy+qbhHuzndCCi\n"
        "c5oIOixvEJUJpIni5qRMM5YOsBysIJ3CFjygdFPyIRE6RsRC1zRIewkZoZf60ZsD\n"
        "suwH\n"
        "-----END CERTIFICATE REQUEST-----\n";
    EXPECT_FALSE(request_facts(ed25519));
}

TEST(Certificates, AKeyAndACertificateBelongTogetherOrAreRefused) {
    const Authority store = make_authority("Fangxin store 1");
    const std::string key = make_key();
    const std::string certificate = certificate_for(store, key);
    EXPECT_TRUE(check_pair(key, certificate));
    EXPECT_EQ(check_pair(make_key(), certificate).error().code, "other_key");
    EXPECT_EQ(check_pair("", certificate).error().code, "bad_key");
    EXPECT_EQ(check_pair(key, "").error().code, "bad_certificate");
}

TEST(Certificates, AreRenewedAtTwoThirdsOfTheirLife) {
    const CertificateFacts year{.from_ms = begin_ms, .until_ms = begin_ms + 360 * day_ms};
    EXPECT_FALSE(is_to_be_renewed(year, begin_ms + 240 * day_ms - 1'000));
    EXPECT_TRUE(is_to_be_renewed(year, begin_ms + 240 * day_ms));
    EXPECT_TRUE(is_to_be_renewed(year, begin_ms + 1'000 * day_ms));
}

TEST(Certificates, AFingerprintIsShortEnoughToCompare) {
    EXPECT_EQ(fingerprint_of("3f2a90c177b4e0d2aaaa"), "3F2A-90C1-77B4-E0D2");
    EXPECT_EQ(fingerprint_of(""), "");
}

TEST(IdentityFile, IsKeptWholeAndPrivate) {
    const tests::TempDir folder;
    const Authority store = make_authority("Fangxin store 1");
    const std::string key = key_to_ask_with(folder.path()).value();
    EXPECT_EQ(key_to_ask_with(folder.path()).value(), key) << "an answer that was lost";
    EXPECT_FALSE(load_identity(folder.path())->has_value());
    ASSERT_TRUE(
        save_identity(folder.path(), {key, certificate_for(store, key), store.certificate}));
    const auto loaded = load_identity(folder.path());
    ASSERT_TRUE(loaded && *loaded);
    EXPECT_EQ((*loaded)->store, "Fangxin store 1");
    EXPECT_EQ((*loaded)->credentials.key, key);
    EXPECT_NE(key_to_ask_with(folder.path()).value(), key) << "that one has its certificate";
    struct stat status {};
    ASSERT_EQ(::stat((folder.path() / "identity.pem").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(IdentityFile, WhatDoesNotBelongTogetherIsNoIdentity) {
    const tests::TempDir folder;
    const Authority store = make_authority("Fangxin store 1");
    const Authority other = make_authority("Fangxin store 2");
    const std::string key = make_key();
    const std::string certificate = certificate_for(store, key);
    for (const Credentials& wrong : {Credentials{make_key(), certificate, store.certificate},
                                     Credentials{key, certificate, other.certificate},
                                     Credentials{key, "", store.certificate}}) {
        EXPECT_FALSE(save_identity(folder.path(), wrong));
    }
    for (const std::string& torn : {key, key + certificate, std::string("hello")}) {
        std::ofstream(folder.path() / "identity.pem") << torn;
        EXPECT_EQ(load_identity(folder.path()).error().code, "bad_identity");
    }
}

}  // namespace
}  // namespace fangxin::sync
