#include "domain/amount_text.hpp"

#include <gtest/gtest.h>
#include <limits>

namespace fangxin::domain {
namespace {

TEST(AmountText, YuanHasTwoDecimalsAndItsMinusInFront) {
    EXPECT_EQ(yuan(0), "0.00");
    EXPECT_EQ(yuan(5), "0.05");
    EXPECT_EQ(yuan(1240), "12.40");
    EXPECT_EQ(yuan(-5, "¥"), "-¥0.05");
    EXPECT_EQ(yuan(12'345'678, "¥"), "¥123456.78");
    EXPECT_EQ(yuan(std::numeric_limits<std::int64_t>::min()), "-92233720368547758.08");
}

TEST(AmountText, KilogramsShowThreeDecimalsAndMoreOnlyWhereThereAreAny) {
    EXPECT_EQ(kilograms(0), "0.000");
    EXPECT_EQ(kilograms(1'234'000), "1.234");
    EXPECT_EQ(kilograms(1'200'000), "1.200");
    EXPECT_EQ(kilograms(1'234'500), "1.2345");
    EXPECT_EQ(kilograms(-20'000), "-0.020");
    EXPECT_EQ(kilograms(1), "0.000001");
}

// Max 1.5 kg was shown as 1 kg, and e = 0.5 g as 0 g.
TEST(AmountText, AMassIsExactInTheUnitOfItsSize) {
    EXPECT_EQ(mass_text(15'000'000), "15 kg");
    EXPECT_EQ(mass_text(1'500'000), "1.5 kg");
    EXPECT_EQ(mass_text(100'000), "100 g");
    EXPECT_EQ(mass_text(500), "0.5 g");
    EXPECT_EQ(mass_text(1), "0.001 g");
    EXPECT_EQ(mass_text(0), "0 g");
    EXPECT_EQ(mass_text(-1'000'001), "-1.000001 kg");
    EXPECT_EQ(mass_text(std::numeric_limits<std::int64_t>::min()), "-9223372036854.775808 kg");
}

}  // namespace
}  // namespace fangxin::domain
