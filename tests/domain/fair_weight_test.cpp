#include "domain/fair_weight.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

Instrument fair_scale() {
    return {.kind = "fair_scale",
            .serial = "GP30-0001",
            .accuracy_class = "III",
            .max_mg = 30'000'000,
            .min_mg = 200'000,
            .e_mg = 10'000};
}

std::string printed(std::int64_t labelled_mg, std::int64_t measured_mg,
                    std::int64_t unsure_mg = 0) {
    auto result = compare_fairly(
        fair_scale(),
        {.labelled_mg = labelled_mg, .measured_mg = measured_mg, .unsure_mg = unsure_mg});
    if (!result) return "none";
    return fmt::format("{} {} ±{}", to_text(result->answer), result->difference_mg,
                       result->allowed_mg);
}

// WEIGH-3: up to twice the error of verification, by the load: ±10 g to 5 kg, ±20 g to 20 kg.
TEST(FairWeight, AllowsTheErrorOfAScaleInService) {
    EXPECT_EQ(printed(1'000'000, 1'000'000), "within 0 ±10000");
    EXPECT_EQ(printed(1'000'000, 990'000), "within -10000 ±10000");
    EXPECT_EQ(printed(1'001'000, 990'000), "under -11000 ±10000");
    EXPECT_EQ(printed(1'000'000, 1'020'000), "over 20000 ±10000");
    EXPECT_EQ(printed(6'020'000, 6'000'000), "within -20000 ±20000");
    EXPECT_EQ(printed(6'021'000, 6'000'000), "under -21000 ±20000");
}

// WEIGH-1: nothing is said of a load that the scale is not made for.
TEST(FairWeight, SaysNothingOfALoadOutOfRange) {
    EXPECT_EQ(printed(100'000, 190'000), "none");
    EXPECT_EQ(printed(31'000'000, 30'010'000), "none");
    EXPECT_EQ(printed(0, 1'000'000), "none");
    Instrument unknown = fair_scale();
    unknown.accuracy_class.clear();
    EXPECT_FALSE(compare_fairly(unknown, {.labelled_mg = 1'000'000, .measured_mg = 1'000'000}));
}

TEST(FairWeight, ReckonsFromAPriceWithWhatRoundingMakesOfIt) {
    auto weight = weight_of_price(698, 698);
    ASSERT_TRUE(weight);
    EXPECT_EQ(weight->weight_mg, 1'000'000);
    EXPECT_EQ(weight->unsure_mg, 717 + 500);
    EXPECT_EQ(weight_of_price(1, 1'000'000)->weight_mg, 0);
    EXPECT_FALSE(weight_of_price(0, 698));
    EXPECT_FALSE(weight_of_price(698, 0));
    EXPECT_EQ(printed(1'011'000, 1'000'000, 1'000), "within -11000 ±11000");
}

}  // namespace
}  // namespace fangxin::domain
