#include "drivers/scales/mass_text.hpp"

#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

TEST(MassText, TakesMassesAsTheyAreWrittenOnWeights) {
    EXPECT_EQ(parse_mass_mg("2000g"), 2'000'000);
    EXPECT_EQ(parse_mass_mg("2 kg"), 2'000'000);
    EXPECT_EQ(parse_mass_mg("0.5kg"), 500'000);
    EXPECT_EQ(parse_mass_mg("5000mg"), 5000);
    for (const char* text : {"", "kg", "2000", "-2kg", "0g", "2lb", "2.0001g", "1.2.3kg", "2kgg"})
        EXPECT_EQ(parse_mass_mg(text), std::nullopt) << text;
}

}  // namespace
}  // namespace fangxin::drivers
