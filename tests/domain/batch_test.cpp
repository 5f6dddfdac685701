// Batches: what a block covers, and how the clock makes goods old.
#include "domain/batch.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace fangxin::domain {
namespace {

std::optional<DayMinute> on(std::string_view text) {
    return text.empty() ? std::nullopt : parse_day_minute(text);
}

StoreTime at(std::string_view local) { return *parse_instant(fmt::format("{}+08:00", local)); }

Item item_that_keeps(std::string_view life) {
    Item item;
    item.shelf_life = parse_shelf_life(life);
    return item;
}

/// The first day on which goods of this life are near expiry; they expire on 2026-11-23.
std::string near_from(std::string_view life, std::optional<std::int64_t> category_days = {}) {
    Batch batch;
    batch.expiry = on("2026-11-23");
    Date last = batch.expiry->date;
    for (Date day = last - std::chrono::days{400}; day <= last; day += std::chrono::days{1}) {
        StoreTime now = at(fmt::format("{}T12:00", format_date(day)));
        if (age_of(batch, item_that_keeps(life), category_days, now) == Age::near_expiry) {
            return fmt::format("{} days before", (last - day).count());
        }
    }
    return "never";
}

std::string age(const Batch& batch, std::string_view life, std::string_view now) {
    return std::string(to_text(age_of(batch, item_that_keeps(life), std::nullopt, at(now))));
}

/// Of no life that is known, so that only what is printed counts.
const Item milk;

Batch batch_of(std::string_view lot, std::string_view production, std::string_view expiry) {
    Batch batch;
    batch.id = "B1";
    batch.item = "milk";
    batch.lot = lot;
    batch.production = on(production);
    batch.expiry = on(expiry);
    return batch;
}

Block recall_of_milk() {
    Block block;
    block.item = "milk";
    return block;
}

Block recall_of_range(std::string_view from, std::string_view to) {
    Block block = recall_of_milk();
    block.from = parse_date(from);
    block.to = parse_date(to);
    return block;
}

// SAFE-5
TEST(NearExpiry, StartsByTheTierOfTheShelfLife) {
    EXPECT_EQ(near_from("12m"), "45 days before");
    EXPECT_EQ(near_from("365d"), "45 days before");
    EXPECT_EQ(near_from("364d"), "20 days before");
    EXPECT_EQ(near_from("6m"), "20 days before");
    EXPECT_EQ(near_from("179d"), "15 days before");
    EXPECT_EQ(near_from("3m"), "15 days before");
    EXPECT_EQ(near_from("89d"), "10 days before");
    EXPECT_EQ(near_from("30d"), "10 days before");
    EXPECT_EQ(near_from("29d"), "5 days before");
    EXPECT_EQ(near_from("16d"), "5 days before");
}

// SAFE-5
TEST(NearExpiry, OfShortLivesIsAQuarterRoundedDownButADayAtLeast) {
    EXPECT_EQ(near_from("15d"), "3 days before");
    EXPECT_EQ(near_from("8d"), "2 days before");
    EXPECT_EQ(near_from("7d"), "1 days before");
    EXPECT_EQ(near_from("2d"), "1 days before");
}

// SAFE-5
TEST(NearExpiry, NeverStartsBeforeHalfTheLife) {
    EXPECT_EQ(near_from("1d"), "0 days before");
    EXPECT_EQ(near_from("3d", 30), "1 days before");
    EXPECT_EQ(near_from("30d", 30), "15 days before");
    EXPECT_EQ(near_from("31d", 30), "15 days before");
}

// SAFE-5
TEST(NearExpiry, TheCategorysOwnDaysReplaceTheTier) {
    EXPECT_EQ(near_from("12m", 60), "60 days before");
    EXPECT_EQ(near_from("12m", 7), "7 days before");
    EXPECT_EQ(near_from("12m", 0), "0 days before");
}

// SAFE-5
TEST(NearExpiry, WithoutAKnownLifeOnlyTheCategorySaysWhen) {
    EXPECT_EQ(near_from(""), "never");
    EXPECT_EQ(near_from("", 7), "7 days before");
}

// SAFE-5
TEST(NearExpiry, OfHoursIsAQuarterInMinutes) {
    Batch batch = batch_of("", "2026-11-23T06:00", "");
    EXPECT_EQ(age(batch, "24h", "2026-11-23T23:59"), "fresh");
    EXPECT_EQ(age(batch, "24h", "2026-11-24T00:00"), "near_expiry");
    EXPECT_EQ(age(batch, "24h", "2026-11-24T05:59"), "near_expiry");
    EXPECT_EQ(age(batch, "24h", "2026-11-24T06:00"), "expired");
    EXPECT_EQ(age(batch, "1h", "2026-11-23T06:44"), "fresh");
    EXPECT_EQ(age(batch, "1h", "2026-11-23T06:45"), "near_expiry");
}

// SAFE-5
TEST(NearExpiry, ALabelWithAMinuteCountsInMinutes) {
    Batch batch = batch_of("", "2026-11-23T08:00", "2026-11-23T20:00");
    EXPECT_EQ(age(batch, "", "2026-11-23T16:59"), "fresh");
    EXPECT_EQ(age(batch, "", "2026-11-23T17:00"), "near_expiry");
    EXPECT_EQ(age(batch, "", "2026-11-23T20:00"), "expired");
}

// SAFE-5
TEST(NearExpiry, TheDatesOnTheLabelWinOverTheItemsRecord) {
    Batch batch = batch_of("", "2026-11-13", "2026-11-23");  // ten days, the item says a year
    EXPECT_EQ(age(batch, "12m", "2026-11-20T12:00"), "fresh");
    EXPECT_EQ(age(batch, "12m", "2026-11-21T12:00"), "near_expiry");
}

// SAFE-5
TEST(NearExpiry, ARecordWithItsDatesTheWrongWayRoundStillExpires) {
    Batch batch = batch_of("", "2026-11-23", "2026-11-13");
    EXPECT_EQ(age(batch, "", "2026-11-12T12:00"), "fresh");
    EXPECT_EQ(age(batch, "", "2026-11-14T12:00"), "expired");
}

// SAFE-1
TEST(Age, IsComputedFromProductionAndLifeWhereNoExpiryIsPrinted) {
    Batch batch = batch_of("", "2026-10-31", "");
    EXPECT_EQ(age(batch, "1m", "2026-11-30T23:59"), "near_expiry");
    EXPECT_EQ(age(batch, "1m", "2026-12-01T00:00"), "expired");
}

// SAFE-4
TEST(Age, IsGoodThroughTheLastMinuteOfTheStoresDay) {
    Batch batch = batch_of("", "", "2026-11-23");
    EXPECT_EQ(age(batch, "", "2026-11-23T23:59"), "fresh");
    EXPECT_EQ(age(batch, "", "2026-11-24T00:00"), "expired");
}

// SAFE-1
TEST(Age, OfGoodsWithoutDatesIsFresh) {
    EXPECT_EQ(age(Batch{}, "7d", "2026-11-23T12:00"), "fresh");
    EXPECT_EQ(age(batch_of("", "2020-01-01", ""), "", "2026-11-23T12:00"), "fresh");
}

// SAFE-7
TEST(Block, OfTheWholeItemCoversEveryBatchOfItAndNoOtherItems) {
    EXPECT_TRUE(covers_whole_item(recall_of_milk()));
    EXPECT_TRUE(covers(recall_of_milk(), batch_of("L1", "", ""), milk));
    Batch bread = batch_of("L1", "", "");
    bread.item = "bread";
    EXPECT_FALSE(covers(recall_of_milk(), bread, milk));
}

// SAFE-7
TEST(Block, OfOneBatchCoversThatOneOnly) {
    Block block = recall_of_milk();
    block.batch = "B1";
    block.lot = "L9";  // what it carries besides is for tills that do not know the batch
    EXPECT_TRUE(covers(block, batch_of("L1", "", ""), milk));
    block.batch = "B2";
    EXPECT_FALSE(covers(block, batch_of("L9", "", ""), milk));
    EXPECT_FALSE(covers_whole_item(block));
}

// SAFE-7
TEST(Block, OfALotCoversThatLotAndWithinItsDates) {
    Block block = recall_of_range("2026-11-01", "2026-11-30");
    block.lot = "L1";
    EXPECT_TRUE(covers(block, batch_of("L1", "2026-11-15", ""), milk));
    EXPECT_FALSE(covers(block, batch_of("L1", "2026-10-31", ""), milk));
    EXPECT_FALSE(covers(block, batch_of("L2", "2026-11-15", ""), milk));
    EXPECT_FALSE(covers(block, batch_of("", "2026-11-15", ""), milk));
}

// SAFE-7
TEST(Block, OfDatesMatchesProductionOrExpiryEndsIncluded) {
    Block block = recall_of_range("2026-11-01", "2026-11-30");
    EXPECT_TRUE(covers(block, batch_of("L1", "2026-11-01", "2027-11-01"), milk));
    EXPECT_TRUE(covers(block, batch_of("L1", "2025-11-30", "2026-11-30"), milk));
    EXPECT_FALSE(covers(block, batch_of("L1", "2026-10-31", "2026-12-01"), milk));
}

// SAFE-7
TEST(Block, OfDatesMayBeOpenAtEitherEnd) {
    EXPECT_TRUE(covers(recall_of_range("2026-11-01", ""), batch_of("", "2029-01-01", ""), milk));
    EXPECT_FALSE(covers(recall_of_range("2026-11-01", ""), batch_of("", "2026-10-31", ""), milk));
    EXPECT_TRUE(covers(recall_of_range("", "2026-11-01"), batch_of("", "2019-01-01", ""), milk));
    EXPECT_FALSE(covers(recall_of_range("", "2026-11-01"), batch_of("", "2026-11-02", ""), milk));
}

// SAFE-7
TEST(Block, OfDatesCoversABatchWhoseDatesNobodyKnows) {
    EXPECT_TRUE(covers(recall_of_range("2026-11-01", "2026-11-30"), batch_of("L1", "", ""), milk));
}

// SAFE-6
TEST(Block, CoversNothingOnceItIsLifted) {
    Block block = recall_of_milk();
    block.lifted = true;
    EXPECT_FALSE(covers(block, batch_of("L1", "", ""), milk));
    EXPECT_FALSE(covers(block, PackIdentity{}, milk));
    EXPECT_FALSE(covers_whole_item(block));
}

// SAFE-7
TEST(Block, CoversAPackThatSaysNothingOnlyWithTheWholeItem) {
    EXPECT_TRUE(covers(recall_of_milk(), PackIdentity{}, milk));
    EXPECT_FALSE(covers(recall_of_range("2026-11-01", ""), PackIdentity{}, milk));
    Block lot = recall_of_milk();
    lot.lot = "L1";
    EXPECT_FALSE(covers(lot, PackIdentity{}, milk));
}

// SAFE-7
TEST(Block, CoversAPackByItsLotOrDate) {
    Block lot = recall_of_milk();
    lot.lot = "L1";
    EXPECT_TRUE(covers(lot, PackIdentity{"L1", {}, {}}, milk));
    EXPECT_FALSE(covers(lot, PackIdentity{"L2", {}, {}}, milk));
    Block range = recall_of_range("2026-11-01", "2026-11-30");
    EXPECT_TRUE(covers(range, PackIdentity{"", {}, on("2026-11-30")}, milk));
    EXPECT_FALSE(covers(range, PackIdentity{"", {}, on("2026-12-01")}, milk));
    EXPECT_TRUE(covers(range, PackIdentity{"L1", {}, {}}, milk));
}

// SAFE-6
TEST(Block, OfABatchCountsByLotForAPackThatIsOnNoRecord) {
    Block block = recall_of_milk();
    block.batch = "B7";
    EXPECT_FALSE(covers(block, PackIdentity{"L1", {}, {}}, milk));
    block.lot = "L1";
    EXPECT_TRUE(covers(block, PackIdentity{"L1", {}, {}}, milk));
}

// SAFE-1
TEST(Batch, ShowsTheDateThatThePackPrints) {
    Batch batch = batch_of("", "2026-11-13", "");
    Item item = item_that_keeps("10d");
    EXPECT_EQ(format_day_minute(*printed_date_of(batch, item)), "2026-11-13");
    item.date_printed = DatePrinted::expiry;
    EXPECT_EQ(format_day_minute(*printed_date_of(batch, item)), "2026-11-23");
    EXPECT_FALSE(printed_date_of(Batch{}, item));
}

// SAFE-2
TEST(Batch, IsOutOfTheVerdictOnceOffTheShelfAndOutOfStock) {
    Batch batch;
    EXPECT_TRUE(is_in_verdict(batch));
    batch.in_stock = false;
    EXPECT_TRUE(is_in_verdict(batch));
    batch.withdrawal_confirmed = true;
    EXPECT_FALSE(is_in_verdict(batch));
}

// SAFE-2: a recall by production dates sold the same pack when its code carried the expiry.
TEST(BlockCovers, APackByTheDateThatItDoesNotPrint) {
    Item noodles = item_that_keeps("6m");
    Block recall = recall_of_range("2026-10-17", "2026-10-17");
    EXPECT_TRUE(covers(recall, PackIdentity{"", {}, on("2027-04-17")}, noodles));
    EXPECT_TRUE(covers(recall, PackIdentity{"Q", {}, on("2027-04-17")}, noodles));
    EXPECT_FALSE(covers(recall, PackIdentity{"", {}, on("2027-04-18")}, noodles));
    Block by_expiry = recall_of_range("2027-04-17", "2027-04-17");
    EXPECT_TRUE(covers(by_expiry, PackIdentity{"", on("2026-10-17"), {}}, noodles));
    EXPECT_FALSE(covers(by_expiry, PackIdentity{"", on("2026-10-18"), {}}, noodles));
    EXPECT_TRUE(covers(recall, batch_of("", "", "2027-04-17"), noodles));
    Item of_no_life;
    EXPECT_FALSE(covers(recall, PackIdentity{"", {}, on("2027-04-17")}, of_no_life));
}

// SAFE-2
TEST(BlockCovers, ALotHoweverItWasKeyed) {
    Block recall = recall_of_milk();
    recall.lot = "cb93k";
    EXPECT_TRUE(covers(recall, batch_of("CB93K", "", ""), milk));
    EXPECT_TRUE(covers(recall, PackIdentity{"ＣＢ93k ", {}, {}}, milk));
}

// SAFE-7: whatever is in force, and what comes back.
TEST(DecisionInForce, ARecallOutranksAQuarantineAndBothWhatWasDecided) {
    Batch batch = batch_of("L1", "", "");
    batch.decision = Decision::released;
    Block quarantine{.id = "q", .kind = BlockKind::quarantine, .item = "milk", .batch = "B1"};
    std::vector<Block> blocks{quarantine};
    EXPECT_EQ(decision_in_force(batch, blocks, milk), Decision::quarantined);
    blocks.push_back(recall_of_milk());
    EXPECT_EQ(decision_in_force(batch, blocks, milk), Decision::recalled);
    for (Block& block : blocks)
        block.lifted = true;
    EXPECT_EQ(decision_in_force(batch, blocks, milk), Decision::released);
}

std::string cause(const Batch& batch, const BatchStanding& standing) {
    return std::string(to_text(withdrawal_cause(batch, standing, on("2026-11-24")->date)));
}

// SAFE-5: what has to come off the shelf, worst first, until somebody confirms it.
TEST(WithdrawalCause, IsTheWorstReasonUntilTheShelfIsEmpty) {
    Batch batch = batch_of("L1", "", "");
    EXPECT_EQ(cause(batch, {}), "");
    EXPECT_EQ(cause(batch, {.age = Age::near_expiry}), "");
    EXPECT_EQ(cause(batch, {.age = Age::expired}), "expired");
    batch.test = TestResult::failed;
    EXPECT_EQ(cause(batch, {.age = Age::expired}), "failed_test");
    EXPECT_EQ(cause(batch, {.decision = Decision::quarantined}), "quarantined");
    EXPECT_EQ(cause(batch, {.decision = Decision::recalled}), "recalled");
    batch.withdrawal_confirmed = true;
    EXPECT_EQ(cause(batch, {.decision = Decision::recalled}), "");
}

// SAFE-5: a task on the last day, also where the expiry is computed; not for what is sold out.
TEST(WithdrawalCause, OnTheLastDayWhatIsInStockIsWithdrawn) {
    Batch batch = batch_of("L1", "", "");
    EXPECT_EQ(cause(batch, {.expiry = on("2026-11-25")}), "");
    EXPECT_EQ(cause(batch, {.expiry = on("2026-11-24")}), "last_day");
    batch.in_stock = false;
    EXPECT_EQ(cause(batch, {.expiry = on("2026-11-24")}), "");
    batch.in_stock = true;
    batch.decision = Decision::returned;
    EXPECT_EQ(cause(batch, {.decision = Decision::returned, .expiry = on("2026-11-24")}), "");
}

}  // namespace
}  // namespace fangxin::domain
