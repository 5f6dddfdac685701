// Rules 2, sentence by sentence. How a situation is written: tests/support/verdict_situation.hpp.
#include "domain/verdict.hpp"

#include "tests/support/verdict_situation.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::domain::testing {
namespace {

struct Row {
    const char* holds;
    const char* situation;
    const char* pack;
    const char* verdict;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.situation << " | pack " << row.pack; }

class Verdicts : public ::testing::TestWithParam<Row> {};

// SAFE-2
TEST_P(Verdicts, ByRulesTwo) {
    const Row& row = GetParam();
    EXPECT_EQ(verdict_of(row.situation, row.pack), row.verdict) << row.situation;
}

std::string name_of(const ::testing::TestParamInfo<Row>& info) { return info.param.holds; }

// One sentence of rules 2 a row.
#define RULES(group, ...) \
    INSTANTIATE_TEST_SUITE_P(group, Verdicts, ::testing::Values(__VA_ARGS__), name_of)

// SAFE-2, rules 2.2
RULES(Item, Row{"StopSaleBlocks", "item status=stop_sale; A exp=+50", "", "block stop_sale A sole"},
      Row{"StopSaleBlocksAGoodNamedBatch",
          "item status=stop_sale; A lot=L1 exp=+50; B lot=L2 exp=+60", "lot=L1",
          "block stop_sale A coded"},
      Row{"NoReorderSellsThrough", "item status=no_reorder; A exp=+50", "", "allow A sole"},
      Row{"EveryBatchBlockedBlocks", "A exp=-1; B exp=+50 quarantined", "",
          "block expired,quarantined"},
      Row{"EveryBatchInspectingBlocks", "A exp=+50 inspecting", "", "block not_released A sole"},
      Row{"EveryBatchBlockedComesBeforeAnUnrecordedOne", "A lot=L1 exp=+50 recalled", "lot=L9",
          "block recalled coded"},
      Row{"EveryBatchBlockedTellsANamedPackItsOwnReason",
          "A lot=L1 exp=+50 recalled; B lot=L2 exp=-1", "lot=L2", "block expired B coded"},
      Row{"OneGoodBatchIsEnoughNotToBlock", "A exp=+50 withdrawn; B exp=+60", "", "allow B sole"},
      Row{"ABatchOutOfTheVerdictDoesNotCount", "A exp=+50 recalled confirmed empty", "", "allow"},
      Row{"WithdrawnButStillBookedIsInTheVerdict", "A exp=+50 recalled confirmed", "",
          "block recalled A sole"},
      Row{"SoldOutButNotConfirmedIsInTheVerdict", "A exp=-1 empty", "", "block expired A sole"},
      Row{"ABlockOfTheWholeItemBlocks", "A exp=+50; recall", "", "block recalled A sole"},
      Row{"ALiftedBlockOfTheWholeItemDoesNot", "A exp=+50; recall lifted", "", "allow A sole"},
      Row{"AnEmergencyStopOfTheItemBlocks", "A exp=+50; stop", "", "block stop_sale A sole"},
      Row{"BlocksGoodsThatNobodyFollows", "goods control=none; recall", "", "block recalled"},
      Row{"SupplierPapersBlockWhereTheShopWantsIt", "A exp=+50; till papers_out", "",
          "block supplier_papers A sole"},
      Row{"UnnamedPackHearsItemAndBatchReasons", "item status=stop_sale; A exp=-1", "",
          "block expired,stop_sale A sole"});

// SAFE-3, rules 2.3: batch found
RULES(Named,
      Row{"RecalledBlocks", "A lot=L1 exp=+50 recalled; B lot=L2 exp=+60", "lot=L1",
          "block recalled A coded"},
      Row{"ExpiredBlocks", "A lot=L1 exp=-1; B lot=L2 exp=+60", "lot=L1", "block expired A coded"},
      Row{"QuarantinedBlocks", "A lot=L1 exp=+50 quarantined; B lot=L2 exp=+60", "lot=L1",
          "block quarantined A coded"},
      Row{"FailedTestBlocks", "A lot=L1 exp=+50 test=failed; B lot=L2 exp=+60", "lot=L1",
          "block failed_test A coded"},
      Row{"StoppedBatchBlocks", "A lot=L1 exp=+50; B lot=L2 exp=+60; stop batch=A", "lot=L1",
          "block stop_sale A coded"},
      Row{"WithdrawnBlocks", "A lot=L1 exp=+50 withdrawn; B lot=L2 exp=+60", "lot=L1",
          "block withdrawn A coded"},
      Row{"ReturnedBlocks", "A lot=L1 exp=+50 returned; B lot=L2 exp=+60", "lot=L1",
          "block withdrawn A coded"},
      Row{"DisposedBlocks", "A lot=L1 exp=+50 disposed; B lot=L2 exp=+60", "lot=L1",
          "block withdrawn A coded"},
      Row{"NotReleasedBlocks", "A lot=L1 exp=+50 inspecting; B lot=L2 exp=+60", "lot=L1",
          "block not_released A coded"},
      Row{"PrivateBrandPendingBlocks", "A lot=L1 exp=+50 pb=pending; B lot=L2 exp=+60", "lot=L1",
          "block private_brand_uninspected A coded"},
      Row{"PrivateBrandFailedBlocks", "A lot=L1 exp=+50 pb=failed; B lot=L2 exp=+60", "lot=L1",
          "block private_brand_uninspected A coded"},
      Row{"PrivateBrandPassedIsAllowed", "A lot=L1 exp=+50 pb=passed; B lot=L2 exp=+60", "lot=L1",
          "allow A coded"},
      Row{"RecallBlockBlocks", "A lot=L1 exp=+50; B lot=L2 exp=+60; recall lot=L1", "lot=L1",
          "block recalled A coded"},
      Row{"QuarantineBlockBlocks", "A lot=L1 exp=+50; B lot=L2 exp=+60; quarantine batch=A",
          "lot=L1", "block quarantined A coded"},
      Row{"FailedTestBlockBlocks", "A lot=L1 exp=+50; B lot=L2 exp=+60; failed_test batch=A",
          "lot=L1", "block failed_test A coded"},
      Row{"ALiftedBlockDoesNot", "A lot=L1 exp=+50; B lot=L2 exp=+60; recall lot=L1 lifted",
          "lot=L1", "allow A coded"},
      Row{"AllReasonsWorstFirst",
          "A lot=L1 exp=-1 inspecting test=failed pb=pending; B lot=L2; recall lot=L1", "lot=L1",
          "block recalled,expired,failed_test,not_released,private_brand_uninspected A coded"},
      Row{"NoReasonTwice", "A lot=L1 exp=+50 recalled; B lot=L2; recall lot=L1; recall batch=A",
          "lot=L1", "block recalled A coded"},
      Row{"NearExpiryWarns", "A lot=L1 exp=+10; B lot=L2 exp=+60", "lot=L1",
          "warn near_expiry A coded"},
      Row{"ElseAllowed", "A lot=L1 exp=+50; B lot=L2 exp=+60", "lot=L1", "allow A coded"},
      Row{"AGoodBatchIsSoldWhileAnotherIsRecalled", "A lot=L1 exp=+50; B lot=L2 exp=+60 recalled",
          "lot=L1", "allow A coded"},
      Row{"ADateNamesTheOneBatchThatHasIt", "A lot=L1 exp=+50; B lot=L2 exp=+60 recalled",
          "exp=+60", "block recalled B coded"},
      Row{"AProductionDateNamesItToo", "A prod=-10; B prod=-20 recalled", "prod=-20",
          "block recalled B coded"},
      Row{"ProductionFindsARecordOfExpiry", "A exp=+80; B exp=+90 recalled", "prod=-10",
          "block recalled B coded"},
      Row{"ExpiryFindsARecordOfProduction", "A prod=-20; B prod=-10 recalled", "exp=+90",
          "block recalled B coded"},
      Row{"OneDateInAgreementFindsAMistypedRecord", "A prod=-10 exp=+70 recalled; B exp=+60",
          "prod=-10 exp=+90", "block recalled A coded"},
      Row{"ALotWithoutRecordFallsToTheDateWithoutLot", "A exp=+50 recalled; B lot=L2 exp=+60",
          "lot=L1 exp=+50", "block recalled A coded"},
      Row{"ARecalledLotIsNotHiddenByARecordWithoutLot",
          "A exp=+50; B lot=L2 exp=+60; recall lot=L1 confirmed", "lot=L1 exp=+50",
          "block recalled A coded"},
      Row{"ThePacksDateClearsARecordWithoutDates",
          "A lot=L1; B lot=L2 exp=+55; recall from=+60 to=+70", "lot=L1 exp=+50", "allow A coded"},
      Row{"ThePacksDateFillsARecordOfItsLotAlone", "A lot=L1; B lot=L2 exp=+55; recall from=+60",
          "lot=L1 exp=+61", "block recalled A coded"},
      Row{"ThePacksOwnDateCountsToo", "A lot=L1 exp=+50; B lot=L2 exp=+60", "lot=L1 exp=-1",
          "block expired A coded"},
      Row{"ThePacksOwnNearDateWarns", "A lot=L1 exp=+50; B lot=L2 exp=+60", "lot=L1 exp=+2",
          "warn near_expiry A coded"},
      Row{"OfOneLotTheBatchOfTheDate", "A lot=L1 exp=+50 recalled; B lot=L1 exp=+60",
          "lot=L1 exp=+60", "allow B coded"},
      Row{"ARecallOfThePacksOwnDateBlocks",
          "A lot=L1 exp=+50; B lot=L2; recall from=+70 to=+71 confirmed", "lot=L1 exp=+70",
          "block recalled A coded"},
      Row{"ARecalledPackIsRefusedAfterItsWithdrawal",
          "A lot=L1 exp=+50 recalled confirmed empty; B lot=L2 exp=+60", "lot=L1",
          "block recalled A coded"},
      Row{"AMinuteTellsApartWhatADayDoesNot", "A exp=+0T11:00; B exp=+0T18:00", "exp=+0T18:00",
          "warn near_expiry B coded"},
      Row{"APickedBatchIsJudged", "A lot=L1 exp=+50; B lot=L2 exp=+60 recalled", "read batch=B",
          "block recalled B read"},
      Row{"APickIsNoBetterThanItsTwin", "A lot=L1 exp=+50; B lot=L1 exp=+50 recalled",
          "read batch=A", "block recalled B read"},
      Row{"ABatchGoneFromTheBooksNamesNothing", "A exp=+50; B exp=+60 recalled", "read batch=Z",
          "verify A B"});

// SAFE-2, rules 2.3: batch not on record
RULES(Unrecorded,
      Row{"PastItsDateBlocks", "A lot=L1 exp=+50", "lot=L9 exp=-1", "block expired coded"},
      Row{"PastByProductionAndLifeBlocks", "A lot=L1 exp=+50", "lot=L9 prod=-101",
          "block expired coded"},
      Row{"OfARecalledLotBlocks", "A lot=L1 exp=+50; recall lot=L9", "lot=L9 exp=+50",
          "block recalled coded"},
      Row{"InARecalledDateRangeBlocks", "A lot=L1 exp=+50; recall from=+60 to=+70", "exp=+65",
          "block recalled coded"},
      Row{"OutsideTheRangeIsSold", "A lot=L1 exp=+50; recall from=+60 to=+70", "exp=+71",
          "warn unrecorded_batch coded"},
      Row{"OfAQuarantinedLotBlocks", "A lot=L1 exp=+50; quarantine lot=L9", "lot=L9",
          "block quarantined coded"},
      Row{"OfABlockedBatchThatTheTillDoesNotKnowBlocks", "A lot=L1; quarantine batch=Z lot=L9",
          "lot=L9", "block quarantined coded"},
      Row{"ElseSoldWithAWarning", "A lot=L1 exp=+50", "lot=L9 exp=+60",
          "warn unrecorded_batch coded"},
      Row{"NearExpiryIsToldToo", "A lot=L1 exp=+50", "lot=L9 prod=-90",
          "warn near_expiry,unrecorded_batch coded"},
      Row{"ByAReadDate", "A lot=L1 exp=+50", "read exp=+60", "warn unrecorded_batch read"},
      Row{"WithNoBatchAtAll", "", "exp=+60", "warn unrecorded_batch coded"},
      Row{"ADateAloneDoesNotClearARecalledLot", "A lot=L1 exp=+50; recall lot=L9", "read exp=+60",
          "verify+lot"},
      Row{"TheLotThenClearsIt", "A lot=L1 exp=+50; recall lot=L9", "read lot=L8 exp=+60",
          "warn unrecorded_batch read"},
      Row{"ARecordWithoutLotDoesNotClearItEither", "A exp=+60; recall lot=L9", "read exp=+60",
          "verify+lot A"},
      Row{"TheLotIsNotAskedForOtherDates", "A lot=L1 exp=+50; recall lot=L9 from=+70 to=+80",
          "read exp=+60", "warn unrecorded_batch read"},
      Row{"GoodsWithoutDatesAreNeverUnrecorded", "goods control=delivery; A", "exp=+20",
          "allow A sole"},
      Row{"GoodsWithoutDatesExpireByTheirLabel", "goods control=delivery; A", "exp=+0T11:59",
          "block expired coded"});

// SAFE-2, rules 2.3 and 2.5: a date that several batches share
RULES(SharedDate,
      Row{"AllSafeIsAllowed", "A lot=L1 exp=+50; B lot=L2 exp=+50", "exp=+50", "allow A assumed"},
      Row{"AllSafeAndAlikeIsCertain", "A lot=L1 exp=+50; B lot=L1 exp=+50", "lot=L1",
          "allow A coded"},
      Row{"AllUnsafeBlocksWithAllReasons",
          "A lot=L1 exp=+50 recalled; B lot=L2 exp=+50 quarantined; C exp=+60", "exp=+50",
          "block recalled,quarantined A assumed"},
      Row{"OneNotSafeAsksTheLot", "A lot=L1 exp=+50; B lot=L2 exp=+50 recalled; C lot=L3 exp=+60",
          "read exp=+50", "verify+lot A B"},
      Row{"TheLotThenNamesTheGoodOne",
          "A lot=L1 exp=+50; B lot=L2 exp=+50 recalled; C lot=L3 exp=+60", "read lot=L1 exp=+50",
          "allow A read"},
      Row{"TheLotThenNamesTheBadOne",
          "A lot=L1 exp=+50; B lot=L2 exp=+50 recalled; C lot=L3 exp=+60", "read lot=L2 exp=+50",
          "block recalled B read"},
      Row{"AlikeInLotAndDateIsNotSold", "A lot=L1 exp=+50; B lot=L1 exp=+50 recalled",
          "lot=L1 exp=+50", "block recalled B coded"},
      Row{"ALotOfSeveralDatesAsksTheDate", "A lot=L1 exp=+50; B lot=L1 exp=+60 recalled", "lot=L1",
          "verify A B"},
      Row{"AnInspectingDeliveryDoesNotAsk", "A lot=L1 exp=+50; B lot=L2 exp=+50 inspecting",
          "exp=+50", "allow A coded"},
      Row{"AWithdrawnBatchDoesNotAsk", "A lot=L1 exp=+50; B lot=L2 exp=+50 withdrawn", "exp=+50",
          "allow A coded"},
      Row{"AConfirmedWithdrawalDoesNotAsk", "A lot=L1 exp=+50; B lot=L2 exp=+50 recalled confirmed",
          "exp=+50", "allow A coded"},
      Row{"ARecalledDeliveryAsks", "A lot=L1 exp=+50; B lot=L2 exp=+50 inspecting; recall lot=L2",
          "exp=+50", "verify+lot A B"});

// SAFE-2, rules 2.4
RULES(
    Unnamed,
    Row{"ControlNoneIsAllowed", "goods control=none; A exp=+50; B exp=+60 recalled", "", "allow"},
    Row{"ControlDeliveryIsAllowed", "goods control=delivery; A; B recalled", "", "allow A sole"},
    Row{"TwoDeliveriesAreNotTold", "goods control=delivery; A; B", "", "allow"},
    Row{"ControlDateAsks", "goods control=date; A exp=+50; B exp=+60 recalled", "", "verify A B"},
    Row{"ARecalledBatchAsks", "A exp=+50; B exp=+60 recalled", "", "verify A B"},
    Row{"ARecalledLotAsks", "A lot=L1 exp=+50; B lot=L2 exp=+60; recall lot=L2", "", "verify A B"},
    Row{"AQuarantinedBatchAsks", "A exp=+50; B exp=+60 quarantined", "", "verify A B"},
    Row{"AQuarantineBlockAsks", "A exp=+50; B exp=+60; quarantine batch=B", "", "verify A B"},
    Row{"AFailedTestAsks", "A exp=+50; B exp=+60 test=failed", "", "verify A B"},
    Row{"AFailedTestBlockAsks", "A exp=+50; B exp=+60; failed_test batch=B", "", "verify A B"},
    Row{"AConfirmedWithdrawalEndsTheQuestion", "A exp=+50; B exp=+60 recalled confirmed", "",
        "allow A sole"},
    Row{"ALiftedRecallEndsTheQuestion", "A exp=+50; B exp=+60; recall batch=B lifted", "",
        "allow A assumed"},
    Row{"ARecalledLotOnNoRecordAsks", "A lot=L1 exp=+50; recall lot=L9", "", "verify A"},
    Row{"ARecalledDateOnNoRecordAsks", "A lot=L1 exp=+50; recall from=+60 to=+70", "", "verify A"},
    Row{"ItsConfirmedWithdrawalEndsTheQuestion", "A lot=L1 exp=+50; recall lot=L9 confirmed", "",
        "allow A sole"},
    Row{"AnExpiredBatchAsks", "A exp=-1; B exp=+50", "", "verify A B"},
    Row{"AnExpiredBatchThatIsSoldOutAsks", "A exp=-1 empty; B exp=+50", "", "verify A B"},
    Row{"AnExpiredBatchOffTheShelfDoesNot", "A exp=-1 confirmed; B exp=+50", "", "allow B sole"},
    Row{"AnInspectingDeliveryNeverAsks", "A exp=+50; B exp=+60 inspecting", "", "allow A sole"},
    Row{"AnExpiredInspectingDeliveryNeverAsks", "A exp=+50; B exp=-1 inspecting", "",
        "allow A sole"},
    Row{"AWithdrawnBatchNeverAsks", "A exp=+50; B exp=-1 withdrawn", "", "allow A sole"},
    Row{"AReturnedBatchNeverAsks", "A exp=+50; B exp=+60 returned test=failed", "", "allow A sole"},
    Row{"ADisposedBatchNeverAsks", "A exp=+50; B exp=-1 disposed", "", "allow A sole"},
    Row{"ComputedStockNeverAsks", "A exp=+50 empty", "", "allow A assumed"},
    Row{"AStopOfOneBatchDoesNotAsk", "A exp=+50; B exp=+60; stop batch=B", "", "allow A assumed"},
    Row{"ChoicesInDateOrderWithoutReturnedAndDisposed",
        "A exp=+60; B exp=+50 recalled; C exp=+40 returned; D exp=+30 disposed; "
        "E exp=+20 inspecting; F",
        "", "verify E B A F"},
    Row{"NobodyIsAskedToChooseBetweenTwins",
        "A lot=L1 exp=+50; B lot=L1 exp=+50 recalled; C lot=L2 exp=+60", "", "verify A C"},
    Row{"NearExpiryIsNoReasonToWarn", "A exp=+10", "", "allow A sole"});

// SALE-7, SAFE-7: the basis of each line's batch
RULES(Basis, Row{"CodedFromTheCode", "A lot=L1 exp=+50", "lot=L1", "allow A coded"},
      Row{"ReadFromTheCashier", "A lot=L1 exp=+50", "read exp=+50", "allow A read"},
      Row{"SoleIfOneIsInStock", "A exp=+50; B exp=+60 empty", "", "allow A sole"},
      Row{"AssumedIsTheFirstExpiringOfSeveral", "A exp=+60; B exp=+50; C exp=+70", "",
          "allow B assumed"},
      Row{"NoneWithoutBatches", "", "", "allow"});

// SAFE-2, rules 2.7 and 3
RULES(Till, Row{"AgeIsAsked", "goods age=18; A exp=+50", "", "warn age_check A sole"},
      Row{"AgeIsAskedOnceABasket", "goods age=18; A exp=+50; till age_confirmed", "",
          "allow A sole"},
      Row{"AgeComesAfterOtherWarnings", "goods age=18; A lot=L1 exp=+10", "lot=L1",
          "warn near_expiry,age_check A coded"},
      Row{"ABlockStaysABlockWithoutAnAgeQuestion", "goods age=18; A exp=-1", "",
          "block expired A sole"},
      Row{"AnUnknownClockBlocks", "A exp=+50; till clock_unknown", "",
          "block clock_unknown A sole"},
      Row{"AnUnknownClockIsTheLastReason", "A lot=L1 exp=+50 recalled; B; till clock_unknown",
          "lot=L1", "block recalled,clock_unknown A coded"},
      Row{"AnUnknownClockAsksNothing", "A exp=+50; B exp=+60 recalled; till clock_unknown", "",
          "block clock_unknown"},
      Row{"AnUnknownClockBlocksGoodsThatKeepForever", "goods control=none; till clock_unknown", "",
          "block clock_unknown"});

// SAFE-2
TEST(Verdict, AnUnknownCodeIsUnknownWhateverElse) {
    VerdictQuestion question;
    question.clock_unknown = true;
    EXPECT_EQ(print(judge(question)), "unknown");
}

// SAFE-3
TEST(Verdict, APrivateBrandItemWithoutAnyInspectionIsNotSold) {
    Situation situation = read_situation("A lot=L1 exp=+50; B lot=L2 exp=+60 pb=passed");
    situation.item.marks = "green;private_brand";
    EXPECT_EQ(print(judge(situation, read_pack("lot=L1"))),
              "block private_brand_uninspected A coded");
    EXPECT_EQ(print(judge(situation, read_pack("lot=L2"))), "allow B coded");
}

// SAFE-2
TEST(Verdict, ChoicesShowTheDateThatThePackPrints) {
    const char* batches = "A prod=-10 exp=+80; B prod=-9 exp=+81 recalled";
    for (const char* prints : {"production", "expiry"}) {
        auto situation = read_situation(fmt::format("item prints={}; {}", prints, batches));
        situation.item.shelf_life = ShelfLife{90, LifeUnit::days};
        Verdict verdict = judge(situation, {});
        ASSERT_EQ(verdict.choices.size(), 2u);
        EXPECT_EQ(format_day_minute(*verdict.choices[0].date),
                  prints == std::string("production") ? "2026-11-13" : "2027-02-11");
    }
}

// SAFE-2
TEST(Verdict, PickingAChoiceNamesItsBatch) {
    Situation situation = read_situation("A lot=L1 exp=+50; B lot=L2 exp=+60 recalled");
    Verdict question = judge(situation, {});
    ASSERT_EQ(print(question), "verify A B");
    auto pick = [&](int i) { return picked(question.choices[i], situation.item); };
    EXPECT_EQ(print(judge(situation, pick(0))), "allow A read");
    EXPECT_EQ(print(judge(situation, pick(1))), "block recalled B read");
}

std::string asked_for(std::string_view situation, std::string_view pack = "") {
    Verdict verdict = judge(read_situation(situation), read_pack(pack));
    std::string text(to_text(verdict.kind));
    for (Reason reason : verdict.asked_for)
        text += fmt::format(" {}", to_text(reason));
    return text;
}

// SAFE-2: what is said is what opened the question, and nothing else that is wrong somewhere.
TEST(Verdict, SaysWhyItAsks) {
    EXPECT_EQ(asked_for("A exp=+50; B exp=-1 test=failed; recall lot=L9"),
              "verify recalled expired failed_test");
    EXPECT_EQ(asked_for("A exp=+50; B exp=-1; C exp=+60 recalled confirmed"), "verify expired");
    EXPECT_EQ(asked_for("A exp=+50; B exp=-1; C exp=+60 withdrawn"), "verify expired");
    EXPECT_EQ(asked_for("A exp=+50; recall from=+70 to=+71"), "verify recalled");
    EXPECT_EQ(asked_for("A lot=L1 exp=+50; B lot=L2 exp=+50 quarantined", "exp=+50"),
              "verify quarantined");
    EXPECT_EQ(asked_for("A exp=+50; recall lot=L9", "exp=+50"), "verify recalled");
    EXPECT_EQ(asked_for("A exp=+50"), "allow");
    EXPECT_EQ(asked_for("A exp=+50; B exp=-1; till clock_unknown"), "block");
}

std::string keyed(std::string_view situation, std::string_view mmdd) {
    Situation shop = read_situation(situation);
    VerdictQuestion question;
    question.item = &shop.item;
    question.batches = shop.batches;
    question.now = noon_today;
    auto date = date_keyed(mmdd, question);
    return date ? format_date(*date) : "none";
}

// SAFE-2
TEST(KeyedDate, IsTheNearestThatFits) {
    EXPECT_EQ(keyed("item prints=expiry", "0110"), "2027-01-10");
    EXPECT_EQ(keyed("item prints=production", "0110"), "2026-01-10");
    EXPECT_EQ(keyed("item prints=production", "1123"), "2026-11-23");
    EXPECT_EQ(keyed("item prints=production", "1124"), "2025-11-24");
    EXPECT_EQ(keyed("item prints=expiry", "0231"), "none");
}

// SAFE-2
TEST(KeyedDate, IsFirstOfAllThatOfABatchOnRecord) {
    const char* old_batch = "A exp=-317";  // 2026-01-10
    EXPECT_EQ(keyed(old_batch, "0110"), "2026-01-10");
    EXPECT_EQ(keyed(old_batch + std::string(" confirmed empty"), "0110"), "2027-01-10");
    EXPECT_EQ(keyed("A exp=-317; B exp=+48", "0110"), "2027-01-10");
}

// SAFE-2
TEST(Verdict, TheSameLineTurnsFromAllowToVerifyToBlock) {
    std::string shop = "A lot=L1 exp=+50; B lot=L2 exp=+60";
    EXPECT_EQ(verdict_of(shop), "allow A assumed");
    EXPECT_EQ(verdict_of(shop + "; recall lot=L1"), "verify A B");
    EXPECT_EQ(verdict_of(shop + "; recall lot=L1; recall lot=L2"), "block recalled");
}

}  // namespace
}  // namespace fangxin::domain::testing
