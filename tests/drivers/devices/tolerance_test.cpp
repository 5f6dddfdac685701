#include "drivers/devices/tolerance.hpp"

#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

using enum AccuracyClass;

constexpr std::int64_t g = 1000;

TEST(Tolerance, GrowsAtTheBordersOfTheClass) {
    const std::int64_t e = 5 * g;
    EXPECT_EQ(tolerance_in_service_mg(III, e, 500 * e), e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 500 * e + 1), 2 * e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 2000 * e), 2 * e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 2000 * e + 1), 3 * e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 10'000 * e), 3 * e);
    EXPECT_EQ(tolerance_in_service_mg(III, e, 10'000 * e + 1), std::nullopt);
}

TEST(Tolerance, IsAnotherForEachClass) {
    EXPECT_EQ(tolerance_in_service_mg(IIII, g, 51 * g), 2 * g);
    EXPECT_EQ(tolerance_in_service_mg(II, g, 5000 * g), g);
    EXPECT_EQ(tolerance_in_service_mg(II, g, 5001 * g), 2 * g);
}

TEST(Tolerance, NeedsAMassAndAnInterval) {
    EXPECT_EQ(tolerance_in_service_mg(III, 0, g), std::nullopt);
    EXPECT_EQ(tolerance_in_service_mg(III, g, 0), std::nullopt);
    EXPECT_EQ(tolerance_in_service_mg(III, -g, g), std::nullopt);
}

TEST(Tolerance, TakesMassesAsTheyAreWrittenOnWeights) {
    EXPECT_EQ(parse_mass_mg("2000g"), 2'000'000);
    EXPECT_EQ(parse_mass_mg("2 kg"), 2'000'000);
    EXPECT_EQ(parse_mass_mg("0.5kg"), 500'000);
    EXPECT_EQ(parse_mass_mg("5000mg"), 5000);
    for (const char* text : {"", "kg", "2000", "-2kg", "0g", "2lb", "2.0001g", "1.2.3kg", "2kgg"})
        EXPECT_EQ(parse_mass_mg(text), std::nullopt) << text;
}

}  // namespace
}  // namespace fangxin::drivers
