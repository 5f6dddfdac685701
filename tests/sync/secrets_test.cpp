// What no copy of a database tells: PINs, telephone numbers, and how to write what nobody wrote.
#include "sync/certificates.hpp"
#include "sync/log_key.hpp"
#include "sync/pin.hpp"
#include "sync/sealed_text.hpp"
#include "sync/server/store_keys.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/written_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace fangxin::sync {
namespace {

StoreKey key_of(char filled) { return {std::string(32, filled)}; }
const SignedEnd some_end{"till-1", 1, 57, "00ff"};

// ACCT-2: whoever has the database alone can try no PIN
TEST(StoreKey, WithoutItAPinCannotBeTried) {
    const std::string verifier = make_verifier("408213", key_of('a'));
    EXPECT_TRUE(verify_pin(verifier, "408213", key_of('a')));
    EXPECT_FALSE(verify_pin(verifier, "408214", key_of('a')));
    EXPECT_FALSE(verify_pin(verifier, "408213", key_of('b')));
    EXPECT_FALSE(verify_pin(verifier, "408213"));
    EXPECT_FALSE(is_checkable(verifier, {}));
    // Not by taking its mark away either.
    EXPECT_FALSE(verify_pin(verifier.substr(2), "408213", key_of('a')));
}

TEST(StoreKey, VerifiersOfBeforeAreStillGood) {
    EXPECT_TRUE(verify_pin(make_verifier("408213"), "408213", key_of('a')));
    EXPECT_TRUE(is_checkable(make_verifier("408213"), {}));
}

TEST(StoreKey, IsKeptForItsOwnerAlone) {
    tests::TempDir dir;
    EXPECT_TRUE(load_store_key(dir.path())->empty());
    ASSERT_TRUE(save_store_key(dir.path(), key_of('a')));
    EXPECT_EQ(*load_store_key(dir.path()), key_of('a'));
    struct stat info {};
    ASSERT_EQ(::stat((dir.path() / "store.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    tests::write_file(dir.path() / "store.key", "torn");
    EXPECT_EQ(load_store_key(dir.path()).error().code, "bad_key");
}

TEST(StoreKey, FindsAMemberByHisNumberAndTellsItToNobody) {
    const std::string tag = phone_tag(key_of('a'), "13812345678");
    EXPECT_EQ(tag.size(), 32);
    EXPECT_EQ(phone_tag(key_of('a'), "+86 138 1234 5678"), tag);
    EXPECT_NE(phone_tag(key_of('b'), "13812345678"), tag);
    EXPECT_NE(phone_tag(key_of('a'), "13812345679"), tag);
    EXPECT_EQ(phone_tag({}, "13812345678"), "");
    EXPECT_EQ(phone_tag(key_of('a'), "none"), "");
}

TEST(StoreKeys, ComeOfTheAuthoritysKeyAndOfNoOther) {
    const std::string pem = make_key();
    auto keys = keys_of_store(pem);
    auto again = keys_of_store(pem + "\n");
    ASSERT_TRUE(keys && again);
    EXPECT_EQ(keys->shared, again->shared);
    EXPECT_EQ(keys->vault, again->vault);
    EXPECT_EQ(keys->log.name(), again->log.name());
    EXPECT_NE(keys->shared.bytes, keys->vault);
    EXPECT_NE(keys_of_store(make_key())->shared, keys->shared);
    EXPECT_EQ(keys_of_store("no key").error().code, "bad_key");
}

// REPT-2
TEST(LogKey, SignsOneEndOfOneLog) {
    const LogKey key(std::string(32, 'a'));
    const std::string signature = key.sign(some_end);
    EXPECT_TRUE(is_signed_by(key.name(), some_end, signature));
    for (const SignedEnd& other :
         {SignedEnd{"till-2", 1, 57, "00ff"}, SignedEnd{"till-1", 2, 57, "00ff"},
          SignedEnd{"till-1", 1, 58, "00ff"}, SignedEnd{"till-1", 1, 57, "00fe"}})
        EXPECT_FALSE(is_signed_by(key.name(), other, signature)) << other.terminal;
    EXPECT_FALSE(is_signed_by(LogKey(std::string(32, 'b')).name(), some_end, signature));
    for (const char* none : {"", "00", "zz"}) {
        EXPECT_FALSE(is_signed_by(key.name(), some_end, none));
        EXPECT_FALSE(is_signed_by(none, some_end, signature));
    }
}

TEST(LogKey, IsMadeOnceAndKeptForItsOwnerAlone) {
    tests::TempDir dir;
    auto made = LogKey::open(dir.path());
    ASSERT_TRUE(made);
    EXPECT_EQ(LogKey::open(dir.path())->name(), made->name());
    struct stat info {};
    ASSERT_EQ(::stat((dir.path() / "log.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    tests::write_file(dir.path() / "log.key", "00ff");
    EXPECT_EQ(LogKey::open(dir.path()).error().code, "bad_key");
}

TEST(SealedText, IsOpenedByItsPairAlone) {
    const SealPair pair = make_seal_pair();
    const SealKey key{"2026-11", pair.open};
    const std::string sealed = seal(key, "13812345678");
    EXPECT_EQ(sealed.find("1381234"), sealed.npos);
    EXPECT_EQ(month_of_sealed(sealed), "2026-11");
    EXPECT_EQ(open_sealed(pair, sealed), "13812345678");
    EXPECT_NE(seal(key, "13812345678"), sealed);
    EXPECT_FALSE(open_sealed(make_seal_pair(), sealed));
    std::string changed = sealed;
    changed[20] = changed[20] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(open_sealed(pair, changed));
    for (const char* none : {"", "2026-11:", "2026-11:AAAA", "13812345678", "2026-11:*"})
        EXPECT_FALSE(open_sealed(pair, none)) << none;
}

TEST(SealedText, ItsKeyTravelsAsText) {
    const SealKey key{"2026-11", make_seal_pair().open};
    auto read = read_seal_key(text_of(key));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->month, key.month);
    EXPECT_EQ(read->open, key.open);
    for (const char* none : {"", "2026-11", "2026-11:00", "november:00ff"})
        EXPECT_FALSE(read_seal_key(none)) << none;
}

TEST(SealedText, WhatIsLockedAwayNeedsItsSecret) {
    const std::string secret(32, 's');
    const std::string locked = lock_away(secret, "a key");
    EXPECT_EQ(unlock(secret, locked), "a key");
    EXPECT_FALSE(unlock(std::string(32, 't'), locked));
    EXPECT_FALSE(unlock(secret, "AAAA"));
    EXPECT_FALSE(unlock(secret, ""));
}

}  // namespace
}  // namespace fangxin::sync
