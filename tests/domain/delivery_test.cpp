// What may come in at the door.
#include "domain/delivery.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace fangxin::domain {
namespace {

const StoreTime noon = *parse_instant("2026-11-24T12:00:00+08:00");

PackIdentity pack(std::string_view production, std::string_view expiry) {
    return {"L1", parse_day_minute(production), parse_day_minute(expiry)};
}

std::string refused(const PackIdentity& identity, BatchControl control = BatchControl::lot) {
    Item item;
    item.shelf_life = ShelfLife{21, LifeUnit::days};
    const auto refusal = refused_dates(identity, item, {.batch_control = control}, noon);
    if (!refusal) return "comes in";
    return fmt::format("{} {}", to_text(refusal->why),
                       refusal->date ? day_text(*refusal->date) : "-");
}

// RECV-1: the day before, the day and the day after.
TEST(Delivery, ExpiredGoodsStayOutside) {
    EXPECT_EQ(refused(pack("2026-11-03", "2026-11-25")), "comes in");
    EXPECT_EQ(refused(pack("2026-11-03", "2026-11-24")), "comes in");
    EXPECT_EQ(refused(pack("2026-11-03", "2026-11-23")), "batch_expired 2026-11-23");
    EXPECT_EQ(refused(pack("2026-11-23", "2026-11-24T12:00")), "batch_expired 2026-11-24 12:00");
}

// RECV-1
TEST(Delivery, DatesThatNoPackCanHaveAreNamed) {
    EXPECT_EQ(refused(pack("2026-11-24", "2026-12-01")), "comes in");
    EXPECT_EQ(refused(pack("2026-11-25", "2026-12-01")), "production_to_come 2026-11-25");
    EXPECT_EQ(refused(pack("2026-11-20", "2026-11-19")), "bad_date 2026-11-19");
    EXPECT_EQ(refused(pack("2006-01-01", "2026-12-01")), "bad_date 2006-01-01");
    EXPECT_EQ(refused(pack("2026-11-20", "2047-01-01")), "bad_date 2047-01-01");
}

// RECV-1: as the category follows its goods.
TEST(Delivery, GoodsBearTheDateAndLotThatTheyAreFollowedBy) {
    EXPECT_EQ(refused(pack("", "")), "date_wanted -");
    EXPECT_EQ(refused(pack("", ""), BatchControl::date), "date_wanted -");
    EXPECT_EQ(refused(pack("", ""), BatchControl::delivery), "comes in");
    EXPECT_EQ(refused_lot("", {.batch_control = BatchControl::lot}), DoorRefusal::lot_wanted);
    EXPECT_EQ(refused_lot("", {.batch_control = BatchControl::date}), std::nullopt);
    EXPECT_EQ(refused_lot("L\n1", {.batch_control = BatchControl::date}), DoorRefusal::bad_lot);
}

// RECV-1: goods whose life nobody had put on record came in without any date, and never expired.
TEST(Delivery, GoodsOfAnUnknownLifeBearADateAllTheSame) {
    const auto comes_in = [](const PackIdentity& identity, BatchControl control) {
        return !refused_dates(identity, Item{}, {.batch_control = control}, noon);
    };
    for (const BatchControl followed : {BatchControl::date, BatchControl::lot}) {
        EXPECT_FALSE(comes_in(pack("", ""), followed));
        EXPECT_TRUE(comes_in(pack("2026-11-03", ""), followed));
        EXPECT_TRUE(comes_in(pack("", "2026-12-01"), followed));
    }
    EXPECT_TRUE(comes_in(pack("", ""), BatchControl::delivery));
    EXPECT_TRUE(comes_in(pack("", ""), BatchControl::none));
}

// RECV-1
TEST(Delivery, NothingAndTenMillionAreNoQuantities) {
    EXPECT_EQ(refused_quantity(0), DoorRefusal::quantity_out_of_range);
    EXPECT_EQ(refused_quantity(1), std::nullopt);
    EXPECT_EQ(refused_quantity(most_delivered_milli), std::nullopt);
    EXPECT_EQ(refused_quantity(most_delivered_milli + 1), DoorRefusal::quantity_out_of_range);
}

// RECV-2: papers are good through their last day; one that has no end does not run out.
TEST(Delivery, ThePaperThatHasRunOutIsNamed) {
    const Date today = noon.date();
    std::vector<SupplierPaper> papers(2);
    papers[1].number = "SC2";
    papers[1].until = today;
    EXPECT_EQ(paper_run_out(papers, today), nullptr);
    EXPECT_EQ(paper_run_out(papers, today + std::chrono::days(1))->number, "SC2");
}

// RECV-6: one third of the life, unless the category says otherwise.
TEST(Delivery, GoodsThatUsedTooMuchOfTheirLifeArePointedOut) {
    const auto used = [](std::string_view production, std::string_view expiry) {
        return has_used_too_much_life(pack(production, expiry), {}, {}, noon);
    };
    EXPECT_FALSE(used("2026-11-14", "2026-12-14"));  // 10 of 30 days
    EXPECT_TRUE(used("2026-11-13", "2026-12-13"));
    EXPECT_FALSE(has_used_too_much_life(pack("2026-11-13", "2026-12-13"), {},
                                        {.share_of_life_percent = 50}, noon));
    EXPECT_TRUE(used("2026-11-24T04:00", "2026-11-25T00:00"));  // 8 of 20 hours
    EXPECT_FALSE(used("", "2026-12-14")) << "nothing says how long it lives";
}

// RECV-6: where packs print their expiry alone, the item's record says how long they live.
TEST(Delivery, GoodsThatPrintTheirExpiryAloneArePointedOutToo) {
    const auto used = [](const ShelfLife& life, const PackIdentity& pack) {
        Item item;
        item.shelf_life = life;
        return has_used_too_much_life(pack, item, {}, noon);
    };
    const ShelfLife days{30, LifeUnit::days};
    EXPECT_FALSE(used(days, pack("", "2026-12-14")));
    EXPECT_TRUE(used(days, pack("", "2026-12-13")));
    EXPECT_FALSE(used(days, pack("", "2027-12-13"))) << "the record is wrong: nothing is used";
    EXPECT_TRUE(used(days, pack("2026-11-13", "")));
    EXPECT_FALSE(used({12, LifeUnit::months}, pack("", "2027-07-26")));
    EXPECT_TRUE(used({12, LifeUnit::months}, pack("", "2027-07-25")));
    EXPECT_FALSE(used({20, LifeUnit::hours}, pack("", "2026-11-25T02:00")));  // 6 of 20 hours
    EXPECT_TRUE(used({20, LifeUnit::hours}, pack("", "2026-11-25T00:00")));
    Item milk;
    milk.shelf_life = days;
    EXPECT_EQ(life_used_percent(pack("", "2026-12-09"), milk, noon), 50);
}

// RECV-6: a third was taken for 34 %, and goods of a year's life came in three days too old.
TEST(Delivery, AThirdOfTheLifeIsExact) {
    const auto used_days = [](int days, std::optional<std::int64_t> share = std::nullopt) {
        const Date production = noon.date() - std::chrono::days(days);
        const PackIdentity year{"L1", DayMinute{production, std::nullopt},
                                DayMinute{production + std::chrono::days(365), std::nullopt}};
        return has_used_too_much_life(year, {}, {.share_of_life_percent = share}, noon);
    };
    EXPECT_FALSE(used_days(121));
    EXPECT_TRUE(used_days(122));
    EXPECT_FALSE(used_days(73, 20));
    EXPECT_TRUE(used_days(74, 20));
    EXPECT_FALSE(used_days(0, 0));
    EXPECT_TRUE(used_days(1, 0));
}

}  // namespace
}  // namespace fangxin::domain
