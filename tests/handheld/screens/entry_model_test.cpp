#include "handheld/screens/entry_model.hpp"

#include "tests/ui/handheld_facts.hpp"

#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

using domain::DatePrinted;
using domain::LifeUnit;
using domain::ShelfLife;
using domain::Unit;

std::string meant(const std::string& digits, const DateAsked& asked) {
    std::string text;
    for (const auto date : dates_meant({digits}, asked, ui_rows::handheld_now()))
        text += (text.empty() ? "" : " ") + domain::format_date(date);
    return text;
}

// The rows' today is 2026-11-24.
TEST(HandheldEntry, MonthAndDayMeanTheNearestYearThatFits) {
    const DateAsked milk{DatePrinted::production, ShelfLife{7, LifeUnit::days}};
    EXPECT_EQ(meant("1121", milk), "2026-11-21");
    EXPECT_EQ(meant("1225", milk), "2025-12-25");
    EXPECT_EQ(meant("1331", milk), "");
    EXPECT_EQ(meant("112", milk), "");
}

TEST(HandheldEntry, LongLivesLeaveTwoYearsToChooseFrom) {
    const DateAsked can{DatePrinted::production, ShelfLife{36, LifeUnit::months}};
    EXPECT_EQ(meant("1121", can), "2026-11-21 2025-11-21");
    const DateAsked until{DatePrinted::expiry, ShelfLife{24, LifeUnit::months}};
    EXPECT_EQ(meant("0601", until), "2026-06-01 2027-06-01");
    EXPECT_EQ(meant("1120", {DatePrinted::expiry, ShelfLife{7, LifeUnit::days}}), "2026-11-20");
}

TEST(HandheldEntry, SixAndEightDigitsAreOneDay) {
    EXPECT_EQ(meant("261121", {}), "2026-11-21");
    EXPECT_EQ(meant("20261121", {}), "2026-11-21");
    EXPECT_EQ(meant("20260230", {}), "");
    EXPECT_EQ(dashed("1121") + " " + dashed("261121") + " " + dashed("2026112"),
              "11-21 26-11-21 2026-11-2");
}

std::string quantity(std::string_view keys, Unit unit) {
    std::string text;
    for (const char key : keys)
        key_in_quantity(text, std::string_view(&key, 1), unit);
    const auto milli = milli_of(text, unit);
    return text + " " + (milli ? std::to_string(*milli) : "none");
}

TEST(HandheldEntry, WeightsHaveThreeDecimalsAndPiecesNone) {
    EXPECT_EQ(quantity("24", Unit::piece), "24 24000");
    EXPECT_EQ(quantity("2.4", Unit::piece), "24 24000");
    EXPECT_EQ(quantity("12.3456", Unit::kg), "12.345 12345");
    EXPECT_EQ(quantity(".5", Unit::kg), "0.5 500");
    EXPECT_EQ(quantity("007", Unit::piece), "7 7000");
    EXPECT_EQ(quantity("123456789", Unit::piece), "1234567 1234567000");
    EXPECT_EQ(quantity("", Unit::piece), " none");
}

TEST(HandheldEntry, StepsNeverGoBelowNothing) {
    std::string text = "1.5";
    step_quantity(text, -1'000, Unit::kg);
    EXPECT_EQ(text, "0.5");
    step_quantity(text, -1'000, Unit::kg);
    EXPECT_EQ(text, "0");
    step_quantity(text, 24'000, Unit::piece);
    EXPECT_EQ(text, "24");
}

TEST(HandheldWords, DaysLeftAndLifeUsedAreSaidAsOnTheShelf) {
    const auto texts = kit::TextTable::load(domain::Language::zh);
    const auto left = [&](const char* date) {
        return days_left(*ui_rows::day(date), ui_rows::handheld_now(), texts).words;
    };
    EXPECT_EQ(left("2026-11-28") + " " + left("2026-11-24") + " " + left("2026-11-21"),
              "还剩 4 天 今天到期 已过期 3 天");
    EXPECT_EQ(left("2026-11-24T14:05"), "今天已过期");
    const domain::PackIdentity milk{"", ui_rows::day("2026-11-21"), ui_rows::day("2026-11-28")};
    EXPECT_EQ(life_used_percent(milk, {}, ui_rows::handheld_now()), 42);
}

TEST(HandheldWords, QuantitiesBearTheirUnit) {
    const auto texts = kit::TextTable::load(domain::Language::zh);
    EXPECT_EQ(quantity_text({24'000}, texts), "24 件");
    EXPECT_EQ(quantity_text({-2'000}, texts), "-2 件");
    EXPECT_EQ(quantity_text({12'345, Unit::kg}, texts), "12.345 kg");
}

}  // namespace
}  // namespace fangxin::handheld
