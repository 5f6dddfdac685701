// What the server does once a day of itself, and what nobody can read when it has gone.
#include "sync/server/housekeeping.hpp"

#include "sync/certificates.hpp"
#include "sync/server/contact_keys.hpp"
#include "sync/server/replayed_book.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

struct House : ::testing::Test {
    /// One run on that day; true if there is no more to do.
    bool keep(std::int64_t days_later) {
        auto kept = keep_house(store.db, keys, noon().utc_ms + days_later * day_ms);
        EXPECT_EQ(code_of(kept), "ok");
        return kept && kept->done;
    }
    /// Once a week up to that day.
    void keep_until(std::int64_t day) {
        for (; day_ <= day; day_ += 7)
            keep(day_);
    }
    std::string setting(std::string_view key) { return store.shop().setting(key, "none"); }
    /// As a till takes one down today.
    std::string take_complaint() {
        auto key = read_seal_key(setting(contact_key_setting));
        ComplaintTaken taken{.complaint = "C-till-1-1-1",
                             .channel = "phone",
                             .contact = "138****5678",
                             .what = "sour",
                             .severity = "normal",
                             .contact_sealed = seal(*key, "13812345678")};
        till.append(taken);
        store.take(till.frame_from(1));
        return taken.contact_sealed;
    }
    std::string opened(const std::string& sealed) {
        auto text = open_contact(store.db, sealed, keys.vault);
        return text ? *text : text.error().code;
    }
    Store store;
    Till till;
    StoreKeys keys = *keys_of_store(make_key());

  private:
    std::int64_t day_ = 0;
};

TEST_F(House, TellsTerminalsTheKeyOfTheMonthOnceAMonth) {
    keep_until(0);
    const std::string november = setting("contact_key");
    EXPECT_EQ(november.substr(0, 8), "2026-11:");
    const std::int64_t ver = newest_ver(store.db);
    keep(0);
    keep(1);
    EXPECT_EQ(setting("contact_key"), november);
    EXPECT_EQ(newest_ver(store.db), ver);
    keep_until(60);
    EXPECT_EQ(setting("contact_key").substr(0, 8), "2027-01:");
    // Nobody changed a setting.
    EXPECT_EQ(store.one("SELECT count(*) FROM changes"), "0");
}

TEST_F(House, TheNextMonthsKeyIsInABackupOfToday) {
    keep(0);
    EXPECT_EQ(store.one("SELECT count(*) FROM contact_keys WHERE month = '2026-12'"), "1");
}

TEST_F(House, AClockThatWasBehindTellsNoKeyOfThePast) {
    keep_until(56);
    const std::string present = setting("contact_key");
    for (std::int64_t day = -9000; day < -8980; ++day)
        keep(day);
    EXPECT_EQ(setting("contact_key"), present);
}

TEST_F(House, APhoneNumberIsReadByTheServerUntilItsTimeIsOver) {
    keep_until(0);
    const std::string sealed = take_complaint();
    EXPECT_EQ(opened(sealed), "13812345678");
    EXPECT_EQ(store.shop().complaint("C-till-1-1-1")->contact, "138****5678");
    keep_until(700);
    EXPECT_EQ(opened(sealed), "13812345678");
    keep_until(860);
    EXPECT_EQ(opened(sealed), "removed");
    EXPECT_EQ(store.shop().complaint("C-till-1-1-1")->contact, "");
    EXPECT_EQ(store.shop().complaint("C-till-1-1-1")->contact_sealed, "");
    EXPECT_EQ(store.shop().complaint("C-till-1-1-1")->what, "sour");
}

TEST_F(House, AShopMayKeepNumbersForLess) {
    store.put(Setting{"contact_months", "2"});
    keep_until(0);
    const std::string sealed = take_complaint();
    keep_until(60);
    EXPECT_EQ(opened(sealed), "13812345678");
    keep_until(190);
    EXPECT_EQ(opened(sealed), "removed");
}

// A server whose clock leaps years ahead would forget what it must keep.
TEST_F(House, AClockThatLeapsForgetsNothingForAWeek) {
    keep_until(63);
    const std::string sealed = take_complaint();
    for (std::int64_t day = 9000; day < 9000 + house_days_wanted - 1; ++day)
        keep(day);
    EXPECT_EQ(opened(sealed), "13812345678");
    keep(64);  // it was put right
    keep(9007);
    EXPECT_EQ(opened(sealed), "13812345678");
}

TEST_F(House, OldRowsGoFromTerminalsTooAndTheirOpsStay) {
    keep_until(0);
    till.append(SaleRefused{.code = "6901", .item = "milk", .reasons = {domain::Reason::expired}});
    store.take(till.frame_from(1));
    ASSERT_EQ(store.one("SELECT count(*) FROM attempts"), "1");
    keep_until(420);
    EXPECT_EQ(store.one("SELECT count(*) FROM attempts"), "0");
    EXPECT_EQ(store.one("SELECT count(*) FROM tombstones WHERE tbl = 'attempts'"), "1");
    EXPECT_EQ(store.one("SELECT count(*) FROM ops WHERE kind = 'sale_refused'"), "1");
}

TEST_F(House, WhatIsTooMuchForOneTransactionGoesInSeveral) {
    keep_until(56);
    for (int i = 0; i < 1200; ++i)
        store.put(Attempt{.id = fmt::format("A-{}", i), .at_ms = 1'000 + i});
    EXPECT_FALSE(keep(57));
    EXPECT_EQ(store.one("SELECT count(*) FROM attempts"), "699");
    EXPECT_FALSE(keep(57));
    EXPECT_TRUE(keep(57));
    EXPECT_EQ(store.one("SELECT count(*) FROM attempts"), "0");
}

TEST_F(House, TombstonesGoAfterHalfAYear) {
    keep_until(56);
    auto done = store.db.transaction([&]() -> Result<void> {
        ServerRows rows(store.db);
        rows.remove<Setting>("gone", noon().utc_ms);
        rows.finish();
        return {};
    });
    ASSERT_TRUE(done);
    keep_until(175);
    EXPECT_EQ(store.one("SELECT count(*) FROM tombstones WHERE key = 'gone'"), "1");
    keep_until(190);
    EXPECT_EQ(store.one("SELECT count(*) FROM tombstones WHERE key = 'gone'"), "0");
}

}  // namespace
}  // namespace fangxin::sync::testing
