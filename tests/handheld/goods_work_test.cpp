#include "handheld/goods_work.hpp"

#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

using tests::CheckoutShop;
using tests::milk_code;
using tests::pin;

class GoodsWorkTest : public ::testing::Test {
  protected:
    GoodsWorkTest() { EXPECT_TRUE(shop.station().login("1301", pin)); }

    std::string day(int from_today) {
        return domain::format_date(shop.today() + std::chrono::days(from_today));
    }
    Received milk(const std::string& lot, int made) {
        return {.code = milk_code, .lot = lot, .production = day(made), .quantity_milli = 12'000};
    }
    std::string verdict(const std::string& lot) {
        sync::JudgeRequest request{.item = "milk", .now = shop.station().now()};
        request.evidence.identity.lot = lot;
        auto verdict = shop.station().shop().judge(request);
        std::string text(domain::to_text(verdict->kind));
        for (auto reason : verdict->reasons)
            text += " " + std::string(domain::to_text(reason));
        return text;
    }

    CheckoutShop shop{"handheld"};
    GoodsWork work{shop.station()};
};

// RECV-1
TEST_F(GoodsWorkTest, ReceivedGoodsAreForSaleAndKnowTheirExpiry) {
    Done done = work.receive(milk("L7", -1));
    EXPECT_EQ(done.error, "");
    EXPECT_EQ(domain::format_day_minute(*shop.station().shop().batch(done.batch)->expiry), day(20));
    EXPECT_EQ(verdict("L7"), "allow");
}

// RECV-1
TEST_F(GoodsWorkTest, TheSameLotReceivedTwiceIsOneBatch) {
    EXPECT_EQ(work.receive(milk("L7", -1)).batch, work.receive(milk("L7", -1)).batch);
    EXPECT_NE(work.receive(milk("L7", -1)).batch, work.receive(milk("L8", -1)).batch);
}

// RECV-1
TEST_F(GoodsWorkTest, RefusesAtTheDoorWhatMayNotComeIn) {
    EXPECT_EQ(work.receive(milk("L7", -30)).error, "batch_expired");
    EXPECT_EQ(work.receive(milk("L7", 2)).error, "bad_date");
    EXPECT_EQ(work.receive(milk("", -1)).error, "lot_wanted");
    EXPECT_EQ(work.receive({.code = milk_code, .lot = "L7", .quantity_milli = 1000}).error,
              "date_wanted");
    Received nothing = milk("L7", -1);
    nothing.quantity_milli = 0;
    EXPECT_EQ(work.receive(nothing).error, "quantity_out_of_range");
}

TEST_F(GoodsWorkTest, ASupplierWhosePapersRanOutDeliversNothing) {
    shop.put(domain::SupplierPaper{
        "S1", "food_production", "SC1", {}, shop.today() - std::chrono::days(1)});
    Received received = milk("L7", -1);
    received.supplier = "S1";
    EXPECT_EQ(work.receive(received).error, "supplier_papers");
}

// SAFE-6
TEST_F(GoodsWorkTest, AQuarantineIsInForceHereAtOnceAndReleaseEndsIt) {
    EXPECT_EQ(work.quarantine("milk/L1", "胀包").decision, "quarantined");
    EXPECT_EQ(verdict("L1"), "block quarantined");
    EXPECT_EQ(work.release("milk/L1", "复检合格").decision, "released");
    EXPECT_EQ(verdict("L1"), "allow");
}

// SAFE-6
TEST_F(GoodsWorkTest, AQuarantineIsTakenBackByTheRoleThatMadeIt) {
    EXPECT_TRUE(shop.station().login("1201", pin));
    work.quarantine("milk/L1", "胀包");
    EXPECT_TRUE(work.made_by_own_role("milk/L1"));
    EXPECT_TRUE(shop.station().login("1601", pin));
    EXPECT_FALSE(work.made_by_own_role("milk/L1"));
}

TEST_F(GoodsWorkTest, OnlyTheServerLiftsARecall) {
    shop.put(shop.recall_of("milk", "L1"));
    EXPECT_EQ(work.release("milk/L1", "?").error, "batch_recalled");
}

TEST_F(GoodsWorkTest, AConfirmedWithdrawalEndsTheQuestionsAtTheTill) {
    shop.put(shop.batch("milk", "OLD", 30, 21));
    EXPECT_EQ(verdict(""), "verify");
    EXPECT_EQ(work.withdraw("milk/OLD", 2000).decision, "withdrawn");
    EXPECT_EQ(verdict(""), "allow");
}

TEST_F(GoodsWorkTest, ARecalledLotOnNoRecordIsWithdrawnByTheRecallsId) {
    shop.put(shop.recall_of("milk", "LX"));
    EXPECT_EQ(verdict(""), "verify");
    EXPECT_EQ(work.withdraw("R-1", 0).error, "");
    EXPECT_EQ(verdict(""), "allow");
}

// SAFE-1
TEST_F(GoodsWorkTest, ACorrectedDateIsFollowedAndTheOldOneStaysInTheJournal) {
    EXPECT_EQ(work.correct({.batch = "milk/L1", .production = day(-30), .reason = "看错"}).error,
              "");
    EXPECT_EQ(verdict("L1"), "block expired");
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind = 'batch_corrected' "
                         "AND body LIKE '%old_values%production%'"),
              1);
}

TEST_F(GoodsWorkTest, AFailedTestBlocksTheBatch) {
    EXPECT_EQ(work.test("milk/L1", "failed", "农残").error, "");
    EXPECT_EQ(verdict("L1"), "block failed_test");
    EXPECT_EQ(work.test("milk/L1", "perhaps", "").error, "bad_value");
    EXPECT_EQ(work.test("nothing", "failed", "").error, "no_such_batch");
}

}  // namespace
}  // namespace fangxin::handheld
