// Dates as printed, instants as lived.
#include "domain/calendar.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace fangxin::domain {
namespace {

std::string expiry(std::string_view production, std::string_view life) {
    return format_day_minute(expiry_from(*parse_day_minute(production), *parse_shelf_life(life)));
}

bool past(std::string_view expiry, std::string_view now) {
    return is_past(*parse_day_minute(expiry), *parse_instant(now));
}

std::string nearest(std::string_view mmdd, std::string_view today) {
    auto date = nearest_month_day(mmdd, *parse_date(today));
    return date ? format_date(*date) : "none";
}

std::string life(std::string_view text) {
    auto parsed = parse_shelf_life(text);
    return parsed ? format_shelf_life(*parsed) : "none";
}

// SAFE-1
TEST(Expiry, OfDayLivesIsTheDayTheyEndOn) {
    EXPECT_EQ(expiry("2026-11-23", "7d"), "2026-11-30");
    EXPECT_EQ(expiry("2026-11-23T14:05", "7d"), "2026-11-30");
    EXPECT_EQ(expiry("2028-02-28", "1d"), "2028-02-29");
}

// SAFE-1
TEST(Expiry, OfMonthLivesEndsOnTheSameDayClampedToTheMonthsEnd) {
    EXPECT_EQ(expiry("2026-11-23", "12m"), "2027-11-23");
    EXPECT_EQ(expiry("2026-08-31", "6m"), "2027-02-28");
    EXPECT_EQ(expiry("2027-08-31", "6m"), "2028-02-29");
    EXPECT_EQ(expiry("2028-02-29", "12m"), "2029-02-28");
    EXPECT_EQ(expiry("2026-12-31", "18m"), "2028-06-30");
}

// SAFE-4
TEST(Expiry, OfHourLivesIsAMinute) {
    EXPECT_EQ(expiry("2026-11-23T06:30", "24h"), "2026-11-24T06:30");
    EXPECT_EQ(expiry("2026-11-23T22:00", "4h"), "2026-11-24T02:00");
    EXPECT_EQ(expiry("2026-11-23T22:00", "2h"), "2026-11-24T00:00");
    EXPECT_EQ(expiry("2026-12-31T23:59", "72h"), "2027-01-03T23:59");
}

// SAFE-4
TEST(Expiry, OfHourLivesWithoutATimeCountsFromMidnight) {
    EXPECT_EQ(expiry("2026-11-23", "24h"), "2026-11-24T00:00");
}

// SAFE-4
TEST(Expiry, IsPastFromTheNextStoreLocalMidnight) {
    EXPECT_FALSE(past("2026-11-23", "2026-11-23T23:59:59.999+08:00"));
    EXPECT_TRUE(past("2026-11-23", "2026-11-24T00:00:00+08:00"));
    EXPECT_FALSE(past("2026-11-23", "2026-11-23T18:00:00+08:00"));
    EXPECT_FALSE(past("2026-11-24", "2026-11-23T18:00:00Z"));
    EXPECT_TRUE(past("2026-11-23", "2026-11-24T02:00:00+14:00"));
}

// SAFE-4
TEST(Expiry, WithAMinuteIsPastAtThatMinute) {
    EXPECT_FALSE(past("2026-11-23T14:05", "2026-11-23T14:04:59.999+08:00"));
    EXPECT_TRUE(past("2026-11-23T14:05", "2026-11-23T14:05:00+08:00"));
    EXPECT_FALSE(past("2026-11-24T00:00", "2026-11-23T23:59:00+08:00"));
    EXPECT_TRUE(past("2026-11-24T00:00", "2026-11-24T00:00:00+08:00"));
}

// SAFE-4
TEST(StoreTime, HasTheStoresOwnDayOnBothSidesOfTheEpoch) {
    StoreTime before{-1, 0};
    EXPECT_EQ(format_date(before.date()), "1969-12-31");
    EXPECT_EQ(before.minute_of_day(), 23 * 60 + 59);
    StoreTime shanghai{-1, 480};
    EXPECT_EQ(format_date(shanghai.date()), "1970-01-01");
    EXPECT_EQ(shanghai.minute_of_day(), 7 * 60 + 59);
    StoreTime new_york{0, -300};
    EXPECT_EQ(format_date(new_york.date()), "1969-12-31");
    EXPECT_EQ(new_york.minute_of_day(), 19 * 60);
}

// SAFE-4
TEST(StoreTime, IsPrintedWithItsOffset) {
    for (const char* text : {"2026-11-23T14:05:09.123+08:00", "1969-12-31T23:59:59.999+00:00",
                             "2026-11-23T00:00:00.000-03:30"}) {
        EXPECT_EQ(format_instant(*parse_instant(text)), text);
    }
    EXPECT_EQ(format_instant(*parse_instant("2026-11-23T14:05Z")), "2026-11-23T14:05:00.000+00:00");
}

// SAFE-1
TEST(StoreTime, RefusesWhatIsNoInstant) {
    for (const char* text :
         {"", "2026-11-23", "2026-11-23T14:05:09", "2026-11-23T24:00Z", "2026-11-23T14:05:60Z",
          "2026-11-23T14:05:09.Z", "2026-11-23T14:05:09+15:00", "2026-02-30T14:05:09Z"}) {
        EXPECT_FALSE(parse_instant(text)) << text;
    }
}

// SAFE-1
TEST(Date, IsReadInOneFormOnly) {
    EXPECT_EQ(format_date(*parse_date("2028-02-29")), "2028-02-29");
    for (const char* text : {"", "2026-11-3", "2026/11/23", "2027-02-29", "2026-13-01",
                             "2026-00-10", "2026-11-00", "20261123", "2026-11-23 ", "0026-11-23"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
}

// SAFE-1
TEST(Date, MayCarryItsMinute) {
    EXPECT_EQ(format_day_minute(*parse_day_minute("2026-11-23T00:05")), "2026-11-23T00:05");
    EXPECT_EQ(format_day_minute(*parse_day_minute("2026-11-23")), "2026-11-23");
    for (const char* text : {"", "2026", "2026-11-23T", "2026-11-23T24:00", "2026-11-23T1:05"}) {
        EXPECT_FALSE(parse_day_minute(text)) << text;
    }
}

// SAFE-2
TEST(MonthDay, IsTheNearestDateThatHasIt) {
    EXPECT_EQ(nearest("1124", "2026-11-23"), "2026-11-24");
    EXPECT_EQ(nearest("1122", "2026-11-23"), "2026-11-22");
    EXPECT_EQ(nearest("0105", "2026-12-30"), "2027-01-05");
    EXPECT_EQ(nearest("1230", "2027-01-05"), "2026-12-30");
    EXPECT_EQ(nearest("0524", "2026-11-23"), "2027-05-24");  // 182 days ahead, 183 back
    EXPECT_EQ(nearest("0525", "2026-11-23"), "2026-05-25");
}

// SAFE-2
TEST(MonthDay, FindsTheLeapDayYearsAway) {
    EXPECT_EQ(nearest("0229", "2026-11-23"), "2028-02-29");
    EXPECT_EQ(nearest("0229", "2025-11-23"), "2024-02-29");
}

// SAFE-2
TEST(MonthDay, RefusesWhatIsNoDay) {
    for (const char* text : {"", "1", "0230", "1301", "0000", "11-3", "11231", "一一"}) {
        EXPECT_EQ(nearest(text, "2026-11-23"), "none") << text;
    }
}

// SAFE-1
TEST(ShelfLife, IsReadAsLabelsAndTablesWriteIt) {
    EXPECT_EQ(life("24h"), "24h");
    EXPECT_EQ(life("PT24H"), "24h");
    EXPECT_EQ(life("36小时"), "36h");
    EXPECT_EQ(life("7"), "7d");
    EXPECT_EQ(life("P7D"), "7d");
    EXPECT_EQ(life("7天"), "7d");
    EXPECT_EQ(life("12m"), "12m");
    EXPECT_EQ(life("P12M"), "12m");
    EXPECT_EQ(life("9个月"), "9m");
    EXPECT_EQ(life("2年"), "24m");
}

// SAFE-1
TEST(ShelfLife, RefusesWhatIsNoLife) {
    for (const char* text : {"", "0d", "d", "-1d", "P24H", "PT7D", "1.5d", "36501d", "7 d"}) {
        EXPECT_EQ(life(text), "none") << text;
    }
}

// SAFE-1: every production of a life is among those that its expiry may come from.
TEST(ProductionsOf, AreTheOtherWayRoundOfExpiry) {
    for (const char* text : {"1d", "21d", "1m", "6m", "12m", "18m", "1h", "24h", "49h"}) {
        ShelfLife life = *parse_shelf_life(text);
        Date first = *parse_date("2027-01-01");
        for (Date made = first; made < first + std::chrono::days{800};
             made += std::chrono::days{1}) {
            DateSpan span = productions_of(expiry_from({made, std::nullopt}, life), life);
            EXPECT_TRUE(span.first <= made && made <= span.last) << text << format_date(made);
            EXPECT_LE((span.last - span.first).count(), 3) << text << format_date(made);
        }
    }
}

TEST(ProductionsOf, AMonthsEndMayComeFromSeveralDays) {
    DateSpan span = productions_of({*parse_date("2027-02-28"), {}}, *parse_shelf_life("6m"));
    EXPECT_EQ(format_date(span.first) + " " + format_date(span.last), "2026-08-28 2026-08-31");
    span = productions_of({*parse_date("2027-04-17"), {}}, *parse_shelf_life("6m"));
    EXPECT_EQ(format_date(span.first) + " " + format_date(span.last), "2026-10-17 2026-10-17");
}

// A cashier who reads 2026-11-22T20:00 stops to think what the T is.
TEST(Calendar, PeopleReadDayAndMinuteWithABlankBetween) {
    EXPECT_EQ(day_text(*parse_day_minute("2026-11-22T20:00")), "2026-11-22 20:00");
    EXPECT_EQ(day_text(*parse_day_minute("2026-11-22")), "2026-11-22");
    EXPECT_EQ(clock_text(*parse_instant("2026-11-22T08:05:59+08:00")), "08:05");
}

}  // namespace
}  // namespace fangxin::domain
