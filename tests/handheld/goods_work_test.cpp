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
    std::string verdict(const std::string& lot) { return shop.verdict(lot); }

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

// RECV-6
TEST_F(GoodsWorkTest, GoodsLateInTheirLifeNeedTheManager) {
    EXPECT_TRUE(shop.station().login("1201", pin));
    Received late = milk("L7", -10);
    EXPECT_EQ(work.receive(late).error, "life_used");
    late.approver = "1301";
    EXPECT_EQ(work.receive(late).error, "life_used");
    late.decision = "inspecting";
    EXPECT_EQ(work.receive(late).error, "life_used");
    late.decision = "quarantined";
    EXPECT_EQ(work.receive(late).error, "") << "nobody sells what is put aside";
    late.decision = "";
    late.lot = "L8";
    late.approver = "1601";
    EXPECT_EQ(work.receive(late).error, "");
    EXPECT_EQ(work.receive(milk("L9", -1)).error, "");
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE body LIKE '%approved_by\":\"1601%'"), 1);
    EXPECT_TRUE(shop.station().login("1601", pin));
    EXPECT_EQ(work.receive(milk("L10", -10)).error, "") << "he needs nobody";
}

// RECV-6: packs that print their expiry alone came in however old they were.
TEST_F(GoodsWorkTest, GoodsWithAnExpiryAloneNeedTheManagerToo) {
    EXPECT_TRUE(shop.station().login("1201", pin));
    Received milk{.code = milk_code, .lot = "L7", .quantity_milli = 12'000};
    milk.expiry = day(13);  // it lives 21 days
    EXPECT_EQ(work.receive(milk).error, "life_used");
    milk.expiry = day(14);
    EXPECT_EQ(work.receive(milk).error, "");
}

// RECV-1: what is written along is written with the delivery, or neither is.
TEST_F(GoodsWorkTest, WhatIsWrittenAlongIsPartOfTheDelivery) {
    const auto deliveries = [](sync::Database& database) {
        sync::Query query =
            database.query("SELECT count(*) FROM ops WHERE kind = 'batch_received'");
        return query.step() ? query.int64(0) : -1;
    };
    std::string told;
    Done done =
        work.receive(milk("L7", -1), [&](sync::Database& database, const std::string& batch) {
            told = batch;
            EXPECT_EQ(deliveries(database), 1);
            EXPECT_EQ(deliveries(shop.station().reader()), 0) << "written, but not for others yet";
        });
    EXPECT_EQ(told, done.batch);
    told.clear();
    work.receive(milk("", -1), [&](sync::Database&, const std::string& batch) { told = batch; });
    EXPECT_EQ(told, "");
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
    EXPECT_TRUE(shop.station().login("1601", pin));
    EXPECT_EQ(work.take_back("milk/L1", "?").error, "not_allowed");
    EXPECT_TRUE(shop.station().login("1201", pin));
    EXPECT_EQ(work.take_back("milk/L1", "看错").decision, "released");
    EXPECT_EQ(verdict("L1"), "allow");
}

// SAFE-3: whoever may quarantine could make any batch sellable by quarantining it first.
TEST_F(GoodsWorkTest, TakingBackAQuarantineReleasesNothingThatWasNotReleased) {
    auto held = shop.batch("milk", "NEW", 1, 21);
    held.decision = domain::Decision::inspecting;
    shop.put(held);
    EXPECT_TRUE(shop.station().login("1201", pin));
    work.quarantine("milk/NEW", "?");
    EXPECT_EQ(verdict("NEW"), "block quarantined not_released");
    EXPECT_EQ(work.take_back("milk/NEW", "?").decision, "inspecting");
    EXPECT_EQ(verdict("NEW"), "block not_released");
}

// SAFE-6: a second quarantine took the first from its maker.
TEST_F(GoodsWorkTest, ASecondQuarantineDoesNotTakeTheFirstFromItsMaker) {
    EXPECT_TRUE(shop.station().login("1301", pin));
    work.quarantine("milk/L1", "农残");
    EXPECT_TRUE(shop.station().login("1201", pin));
    work.quarantine("milk/L1", "?");
    EXPECT_EQ(work.take_back("milk/L1", "?").decision, "quarantined");
    EXPECT_EQ(verdict("L1"), "block quarantined");
    EXPECT_TRUE(shop.station().login("1301", pin));
    EXPECT_EQ(work.release("milk/L1", "复检合格").decision, "released");
    EXPECT_EQ(verdict("L1"), "allow");
}

// SAFE-3
TEST_F(GoodsWorkTest, WhatWasImportedAsRecalledOrWentBackIsNotReleased) {
    for (auto [decision, code] : {std::pair{domain::Decision::recalled, "batch_recalled"},
                                  {domain::Decision::returned, "batch_gone"},
                                  {domain::Decision::disposed, "batch_gone"}}) {
        auto batch = shop.batch("milk", "GONE", 1, 21);
        batch.decision = decision;
        shop.put(batch);
        EXPECT_EQ(work.release("milk/GONE", "?").error, code);
    }
}

// RECV-1
TEST_F(GoodsWorkTest, TheAnswerIsWhatTheBatchIsAndNotWhatWasAsked) {
    Received again = milk("L1", -3);
    again.expiry = day(18);
    again.decision = "quarantined";
    EXPECT_EQ(work.receive(again).decision, "quarantined");
    EXPECT_EQ(verdict("L1"), "block quarantined");
    again.decision = "inspecting";
    EXPECT_EQ(work.receive(again).error, "batch_known");
    EXPECT_EQ(work.withdraw("milk/L1", 0).decision, "quarantined");
    again.decision = "";
    EXPECT_EQ(work.receive(again).decision, "quarantined");
}

// SAFE-1
TEST_F(GoodsWorkTest, ACorrectionNeedsAPhotoAndDatesThatCanBe) {
    Correction correction{.batch = "milk/L1", .production = day(-2), .reason = "看错"};
    EXPECT_EQ(work.correct(correction).error, "photo_wanted");
    correction.photo = "p.jpg";
    for (const std::string& bad : {day(1), std::string("1900-01-01"), std::string("9999-12-31")}) {
        correction.production = bad;
        EXPECT_EQ(work.correct(correction).error, "bad_date") << bad;
    }
    correction.production = day(-2);
    correction.expiry = day(-3);
    EXPECT_EQ(work.correct(correction).error, "bad_date");
    correction.expiry = "";
    for (const std::string& bad : {std::string(), std::string("\0\n", 2), std::string(2000, 'x')}) {
        correction.lot = bad;
        EXPECT_EQ(work.correct(correction).error, "bad_lot");
    }
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
    EXPECT_EQ(
        work.correct(
                {.batch = "milk/L1", .production = day(-30), .reason = "看错", .photo = "p.jpg"})
            .error,
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

// SAFE-6: whoever reads at a till why the goods are held read "quarantined when received" only.
TEST_F(GoodsWorkTest, AQuarantineAtTheDoorKeepsItsReason) {
    Received received = milk("L7", -1);
    received.decision = "quarantined";
    received.reason = "箱底全湿";
    EXPECT_EQ(work.receive(received).decision, "quarantined");
    EXPECT_EQ(shop.station().shop().blocks_of("milk").back().reason, "箱底全湿");
    received.lot = "L8";
    received.reason.clear();
    work.receive(received);
    EXPECT_EQ(shop.station().shop().blocks_of("milk").back().reason, "收货时隔离");
}

}  // namespace
}  // namespace fangxin::handheld
