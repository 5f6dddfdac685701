// What the records of goods and instruments mean.
#include "domain/goods.hpp"

#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

TEST(Marks, AreFoundWhole) {
    Item item{.marks = "green;private_brand"};
    EXPECT_TRUE(has_mark(item, "green"));
    EXPECT_TRUE(has_mark(item, "private_brand"));
    EXPECT_FALSE(has_mark(item, "private"));
    EXPECT_FALSE(has_mark(Item{}, "green"));
}

Instrument scale() {
    return {.certificate = "JL-2026-0117",
            .verified = parse_date("2026-01-17"),
            .until = parse_date("2027-01-16")};
}
bool in_force(const Instrument& instrument, const char* day) {
    return has_certificate_in_force(instrument, *parse_date(day));
}

// WEIGH-2
TEST(Certificate, IsInForceFromItsFirstToItsLastDay) {
    EXPECT_FALSE(in_force(scale(), "2026-01-16"));
    EXPECT_TRUE(in_force(scale(), "2026-01-17"));
    EXPECT_TRUE(in_force(scale(), "2027-01-16"));
    EXPECT_FALSE(in_force(scale(), "2027-01-17"));
}

// WEIGH-2
TEST(Certificate, WithoutANumberOrAnEndIsNone) {
    Instrument nameless = scale();
    nameless.certificate.clear();
    EXPECT_FALSE(in_force(nameless, "2026-06-01"));
    Instrument endless = scale();
    endless.until.reset();
    EXPECT_FALSE(in_force(endless, "2026-06-01"));
    Instrument undated = scale();
    undated.verified.reset();
    EXPECT_TRUE(in_force(undated, "2026-06-01")) << "a register need not say when it began";
}

}  // namespace
}  // namespace fangxin::domain
