// What each op does to the derived rows, seen on the server's tables.
#include "sync/effects.hpp"

#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

struct Effects : ::testing::Test {
    Store store;
    const std::string quarantine = "quarantine:" + std::string(lot_1) + ":1001";

    std::string state(const std::string& id = lot_1) {
        auto batch = store.shop().batch(id);
        if (!batch) return "none";
        return fmt::format("{}{}{}", domain::to_text(batch->decision),
                           batch->withdrawal_confirmed ? " confirmed" : "",
                           batch->in_stock ? "" : " empty");
    }
    std::string block(const std::string& id) {
        auto found = store.shop().block(id);
        if (!found) return "none";
        return fmt::format("{} {}{}", domain::to_text(found->kind), found->item,
                           found->lifted ? " lifted" : "");
    }
    std::int64_t stock(const std::string& id = lot_1) {
        return store.shop().stock(id).value_or(Stock{}).quantity_milli;
    }
    std::string verdict(const std::string& lot) {
        domain::PackEvidence evidence{.identity = {.lot = lot}};
        auto judged = store.shop().judge({.item = "milk", .evidence = evidence, .now = noon()});
        return std::string(domain::to_text(judged->kind));
    }
    std::string expiry() { return domain::format_day_minute(*store.shop().batch(lot_1)->expiry); }
};

TEST_F(Effects, AQuarantineBlocksAndAReleaseLiftsIt) {
    store.own(BatchQuarantined{lot_1, "milk", "swollen"});
    EXPECT_EQ(state() + ", " + block(quarantine), "released, quarantine milk");
    EXPECT_EQ(verdict("L1"), "block");
    store.own(BatchReleased{lot_1, "tested"});
    EXPECT_EQ(state() + ", " + block(quarantine), "released, quarantine milk lifted");
    EXPECT_EQ(verdict("L1"), "allow");
}

TEST_F(Effects, ASecondQuarantineIsInForceAgain) {
    store.own(BatchQuarantined{lot_1, "milk", "swollen"});
    store.own(BatchReleased{lot_1, ""});
    store.own(BatchQuarantined{lot_1, "milk", "leaking"});
    EXPECT_EQ(block(quarantine), "quarantine milk");
}

TEST_F(Effects, AWithdrawalIsConfirmedAndBooked) {
    store.own(BatchReceived{.batch = lot_1, .item = "milk", .lot = "L1", .quantity_milli = 5000});
    store.own(BatchWithdrawn{lot_1, 5000});
    EXPECT_EQ(state(), "withdrawn confirmed empty");
    EXPECT_EQ(stock(), 0);
}

TEST_F(Effects, AWithdrawalForAQuarantineLeavesWhatWasDecided) {
    store.own(BatchQuarantined{lot_1, "milk", ""});
    store.own(BatchWithdrawn{lot_1, 0});
    EXPECT_EQ(state(), "released confirmed empty");
    EXPECT_EQ(verdict("L1"), "block");
    store.own(BlockLifted{quarantine, "mistaken"});
    EXPECT_EQ(state(), "released empty");
    EXPECT_EQ(verdict("L1"), "allow");
}

// SAFE-6: one of two blocks was lifted, and goods that nobody had brought back were to be taken off
// the shelf once more.
TEST_F(Effects, AWithdrawalStaysConfirmedWhileAnotherBlockIsInForce) {
    store.own(BatchQuarantined{lot_1, "milk", ""});
    store.own(RecallMade{.block = "recall:1", .item = "milk", .lot = "L1"});
    store.own(BatchWithdrawn{lot_1, 0});
    store.own(BlockLifted{quarantine, "mistaken"});
    EXPECT_EQ(state(), "released confirmed empty");
    store.own(BlockLifted{"recall:1", "wrong lot"});
    EXPECT_EQ(state(), "released empty");
}

// SAFE-5
TEST_F(Effects, AWithdrawalStaysConfirmedOnceTheGoodsHaveExpired) {
    store.own(BatchCorrected{.batch = lot_1, .expiry = day("2026-11-22")});
    store.own(BatchQuarantined{lot_1, "milk", ""});
    store.own(BatchWithdrawn{lot_1, 0});
    store.own(BlockLifted{quarantine, "mistaken"});
    EXPECT_EQ(state(), "released confirmed empty");
}

// SAFE-2: a batch was released while a recall still named it, and cashiers were asked again about
// packs that somebody had just taken off the shelf.
TEST_F(Effects, ABatchThatIsReleasedStaysOffTheShelfWhileAnotherBlockIsInForce) {
    store.own(BatchQuarantined{lot_1, "milk", ""});
    store.own(RecallMade{.block = "recall:1", .item = "milk", .lot = "L1"});
    store.own(BatchWithdrawn{lot_1, 0});
    store.own(BatchReleased{lot_1, "tested"});
    EXPECT_EQ(state() + ", " + block(quarantine),
              "released confirmed empty, quarantine milk lifted");
    store.own(BlockLifted{"recall:1", "wrong lot"});
    EXPECT_EQ(state(), "released empty");
}

// SAFE-5
TEST_F(Effects, ABatchThatIsReleasedStaysOffTheShelfOnceItHasExpired) {
    store.own(BatchCorrected{.batch = lot_1, .expiry = day("2026-11-22")});
    store.own(BatchWithdrawn{lot_1, 0});
    store.own(BatchReleased{lot_1, "in order"});
    EXPECT_EQ(state(), "released confirmed empty");
    store.own(BatchCorrected{.batch = lot_1, .expiry = day("2026-11-23")});
    EXPECT_EQ(state(), "released empty") << "the date was mistyped";
}

// RECV-9: goods imported with a failed test have no block; the test alone keeps them off.
TEST_F(Effects, ABatchThatIsReleasedStaysOffTheShelfUntilItPassesItsTest) {
    auto failed = milk_lot_1();
    failed.test = domain::TestResult::failed;
    store.put(failed);
    store.own(BatchWithdrawn{lot_1, 0});
    store.own(BatchReleased{lot_1, "in order"});
    EXPECT_EQ(state(), "released confirmed empty");
    store.own(BatchTested{lot_1, domain::TestResult::passed, "residue", ""});
    EXPECT_EQ(state(), "released empty");
}

// SAFE-6: a quarantine whose sender took the batch for another item blocked nothing.
TEST_F(Effects, AQuarantineBlocksTheItemThatItsBatchIsOf) {
    store.own(BatchQuarantined{lot_1, "bread", "swollen"});
    EXPECT_EQ(block(quarantine), "quarantine milk");
    EXPECT_EQ(verdict("L1"), "block");
}

// SAFE-6
TEST_F(Effects, ARecallOfOneBatchLeavesTheOthersForSale) {
    store.own(BatchReceived{
        .batch = "milk/d2", .item = "milk", .lot = "L2", .decision = domain::Decision::released});
    store.own(RecallMade{.block = "R-1", .item = "milk", .batch = "milk/d2"});
    EXPECT_EQ(verdict("L2") + " " + verdict("L1"), "block allow");
}

// SAFE-6
TEST_F(Effects, ALiftedRecallOfGoodsImportedAsRecalledLeavesThemToAnInspector) {
    store.own(BatchReceived{.batch = "milk/L7/-",
                            .item = "milk",
                            .lot = "L7",
                            .quantity_milli = 1000,
                            .decision = domain::Decision::recalled});
    store.own(RecallMade{.block = "R-1", .item = "milk", .lot = "L7"});
    store.own(BlockLifted{"R-1", "wrong lot"});
    EXPECT_EQ(state("milk/L7/-"), "inspecting");
    EXPECT_EQ(verdict("L7"), "block");
}

// ACCT-2
TEST_F(Effects, AnAccountThatWrongPinsLockedIsOpenedByItsOp) {
    store.put(domain::Person{.number = "1001", .name = "Lin"});
    store.own(LoginFailed{"1001", true});
    EXPECT_TRUE(store.shop().person("1001")->locked);
    store.own(AccountOpened{"1001"});
    EXPECT_FALSE(store.shop().person("1001")->locked);
}

TEST_F(Effects, AWithdrawalOfPacksOnNoRecordIsNotedOnTheirBlock) {
    store.own(RecallMade{.block = "recall:1", .item = "milk", .lot = "L9"});
    store.own(BatchWithdrawn{"recall:1", 0});
    EXPECT_TRUE(store.shop().block("recall:1")->withdrawal_confirmed);
}

TEST_F(Effects, ACorrectedProductionRecomputesTheExpiry) {
    store.own(BatchCorrected{.batch = lot_1, .production = day("2026-11-20")});
    EXPECT_EQ(expiry(), "2026-11-27");
}

TEST_F(Effects, ACorrectedExpiryIsTakenAsPrinted) {
    store.own(BatchCorrected{
        .batch = lot_1, .production = day("2026-11-20"), .expiry = day("2026-12-01")});
    EXPECT_EQ(expiry(), "2026-12-01");
}

TEST_F(Effects, ACorrectedLotMovesTheVerdict) {
    store.own(RecallMade{.block = "recall:1", .item = "milk", .lot = "L2"});
    EXPECT_EQ(verdict("L2"), "block");
    store.own(BatchCorrected{.batch = lot_1, .lot = "L2"});
    EXPECT_EQ(store.shop().batch(lot_1)->lot, "L2");
}

// SAFE-6
TEST_F(Effects, ARecallBlocksItsLotUntilItIsLifted) {
    store.own(RecallMade{.block = "recall:1",
                         .item = "milk",
                         .lot = "L1",
                         .level = domain::RecallLevel::I,
                         .reason = "salmonella"});
    EXPECT_EQ(block("recall:1"), "recall milk");
    EXPECT_EQ(verdict("L1"), "block");
    store.own(BlockLifted{"recall:1", "wrong lot"});
    EXPECT_EQ(block("recall:1"), "recall milk lifted");
    EXPECT_EQ(verdict("L1"), "allow");
    EXPECT_EQ(state(), "released");
}

TEST_F(Effects, AFailedTestBlocksUntilAPassedOne) {
    store.own(BatchTested{lot_1, domain::TestResult::failed, "residue", ""});
    EXPECT_EQ(block("test:" + lot_1), "failed_test milk");
    EXPECT_EQ(verdict("L1"), "block");
    store.own(BatchTested{lot_1, domain::TestResult::passed, "residue", ""});
    EXPECT_EQ(block("test:" + lot_1), "failed_test milk lifted");
}

TEST_F(Effects, GoodsReceivedMakeABatchOnce) {
    BatchReceived received{.batch = "milk/L2/2026-12-01",
                           .item = "milk",
                           .lot = "L2",
                           .quantity_milli = 3000,
                           .decision = domain::Decision::released};
    store.own(received);
    store.own(received);
    EXPECT_EQ(state(received.batch), "released");
    EXPECT_EQ(stock(received.batch), 6000);
}

TEST_F(Effects, ASaleTakesFromItsBatch) {
    store.own(BatchReceived{.batch = lot_1, .item = "milk", .lot = "L1", .quantity_milli = 1000});
    EXPECT_EQ(state(), "released");
    store.own(sale_of(500, lot_1));
    EXPECT_EQ(stock(), 0);
    EXPECT_EQ(state(), "released empty");
    store.own(sale_of(500, lot_1));
    EXPECT_EQ(stock(), -1000) << "goods reach the shelf before they are booked";
}

TEST_F(Effects, AnAbsurdQuantityStillTravels) {
    Sale sale = sale_of(500, lot_1);
    sale.lines[0].quantity = json_integer_limit - 1;
    store.own(sale);
    store.own(sale);
    EXPECT_EQ(stock(), -(json_integer_limit - 1));
}

TEST_F(Effects, AnUnrecordedBatchIsNotedOnceAndSettledByItsReceiving) {
    Sale sale = sale_of(500);
    sale.lines[0].lot = "L7";
    sale.lines[0].reasons = {domain::Reason::unrecorded_batch};
    store.own(sale);
    store.own(sale);
    ASSERT_EQ(store.shop().unrecorded().size(), 1U);
    EXPECT_EQ(store.shop().unrecorded()[0].lot, "L7");
    store.own(BatchReceived{.batch = "milk/L7/-", .item = "milk", .lot = "L7"});
    EXPECT_TRUE(store.shop().unrecorded().empty());
}

TEST_F(Effects, AHeldBasketWaitsUntilItIsResumed) {
    store.own(BasketHeld{.hold = "h1", .total_fen = 500, .lines = 1, .body = "{}"});
    EXPECT_EQ(store.shop().holds().size(), 1U);
    store.own(BasketResumed{"h1"});
    EXPECT_TRUE(store.shop().holds().empty());
}

TEST_F(Effects, AComplaintIsAnsweredWithinADay) {
    store.own(ComplaintTaken{.complaint = "c1", .item = "milk", .what = "sour"});
    Complaint taken = store.shop().complaints().at(0);
    EXPECT_EQ(taken.state + " " + taken.taken_by, "received 1001");
    EXPECT_EQ(taken.answer_due_ms - taken.taken_at_ms, 24 * 60 * 60 * 1000);
}

TEST_F(Effects, ARefusedSaleIsListedWithItsReasons) {
    store.own(SaleRefused{.code = "690",
                          .item = "milk",
                          .reasons = {domain::Reason::recalled, domain::Reason::expired}});
    EXPECT_EQ(store.shop().attempts().at(0).reasons, "recalled;expired");
}

TEST_F(Effects, TooManyWrongPinsLockTheAccount) {
    store.put(domain::Person{.number = "1002", .name = "李雷"});
    store.own(LoginFailed{"1002", false});
    EXPECT_FALSE(store.shop().person("1002")->locked);
    store.own(LoginFailed{"1002", true});
    EXPECT_TRUE(store.shop().person("1002")->locked);
}

// SAFE-9
TEST_F(Effects, TheServerKnowsWhichBlocksATerminalHas) {
    store.own(BlocksApplied{7});
    TerminalBlocks blocks = store.shop().terminals().at(0);
    EXPECT_EQ(fmt::format("{} {}", blocks.terminal, blocks.block_cursor), "server 7");
    EXPECT_EQ(blocks.since_ms, noon().utc_ms);
}

// SAFE-9: the number is of a server that was set back since, and stands for another block now.
TEST_F(Effects, ATerminalHasNoBlocksByTheNumbersOfAnotherEpoch) {
    const std::int64_t epoch = meta_number(store.db, "server_epoch");
    store.own(BlocksApplied{7, epoch + 1});
    EXPECT_EQ(store.shop().terminals().size(), 1U) << "the till that the shop begins with";
    store.own(BlocksApplied{7, epoch});
    EXPECT_EQ(store.shop().terminals().at(0).block_cursor, 7);
}

TEST_F(Effects, OpsOnBatchesThatAreOnNoRecordChangeNothing) {
    store.own(BatchReleased{"milk/L8/-", ""});
    store.own(BatchWithdrawn{"milk/L8/-", 0});
    store.own(BatchCorrected{.batch = "milk/L8/-"});
    store.own(BatchTested{"milk/L8/-", domain::TestResult::failed, "", ""});
    EXPECT_EQ(store.shop().all_batches().size(), 1U);
    EXPECT_TRUE(store.shop().all_blocks().empty());
}

// SYNC-1: after a backup was put back the inspector's handheld was heard before the one that had
// booked the goods, and its decision was forgotten.
TEST_F(Effects, OpsOnABatchWaitUntilItIsOnRecord) {
    const std::string id = batch_id("milk", {.lot = "L8"}, "");
    store.own(BatchTested{id, domain::TestResult::failed, "residue", ""});
    EXPECT_EQ(store.one("SELECT status || ': ' || why FROM ops WHERE kind = 'batch_tested'"),
              "pending: no batch " + id);
    store.own(BatchReceived{.batch = id, .item = "milk", .lot = "L8", .quantity_milli = 5000});
    EXPECT_EQ(store.one("SELECT status || ': ' || why FROM ops WHERE kind = 'batch_tested'"),
              "applied: ");
    EXPECT_EQ(store.shop().batch(id)->test, domain::TestResult::failed);
    EXPECT_EQ(store.shop().all_blocks().size(), 1U);
}

TEST_F(Effects, StockIsSummedWhoeverIsHeardFirst) {
    const std::string id = batch_id("milk", {.lot = "L8"}, "");
    store.own(sale_of(500, id));
    store.own(BatchReceived{.batch = id, .item = "milk", .lot = "L8", .quantity_milli = 5000});
    EXPECT_EQ(find_row<Stock>(store.db, id)->quantity_milli, 4000);
    EXPECT_TRUE(store.shop().batch(id)->in_stock);
}

TEST(BatchId, IsTheSameOnEveryTerminal) {
    domain::PackIdentity pack{"L1", day("2026-11-23"), day("2026-11-30")};
    EXPECT_EQ(batch_id("milk", pack, "d1"), "milk/L1/2026-11-30");
    EXPECT_EQ(batch_id("milk", {"", day("2026-11-23"), std::nullopt}, "d1"), "milk/-/P2026-11-23");
    EXPECT_EQ(batch_id("fish", {}, "d1"), "fish/d1");
}

}  // namespace
}  // namespace fangxin::sync::testing
