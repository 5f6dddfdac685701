#include "domain/lot.hpp"

#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

// SAFE-2: a lot that was keyed small, wide or with a blank sold the recalled pack.
TEST(Lot, IsComparedAsPeopleReadIt) {
    for (const char* keyed : {"MY61R", "my61r", " MY61R", "MY61R ", "ＭＹ６１Ｒ", "　my６1R　"}) {
        EXPECT_TRUE(same_lot("MY61R", keyed)) << keyed;
    }
    EXPECT_FALSE(same_lot("MY61R", "MY6IR"));
    EXPECT_FALSE(same_lot("MY61R", "MY 61R"));
    EXPECT_FALSE(same_lot("MY61R", ""));
    EXPECT_TRUE(same_lot("", " "));
}

TEST(Lot, KeepsHanCharactersAndSigns) { EXPECT_EQ(folded_lot("甲-3／b"), "甲-3/B"); }

TEST(Lot, IsShortAndCanBePrinted) {
    EXPECT_TRUE(is_lot("L1120"));
    EXPECT_TRUE(is_lot("甲-3"));
    for (const char* bad : {"", "   ", "A\nB", "A\x7f", "\xff\xfe"})
        EXPECT_FALSE(is_lot(bad)) << bad;
    EXPECT_TRUE(is_lot(std::string(40, 'x')));
    EXPECT_FALSE(is_lot(std::string(41, 'x')));
    EXPECT_FALSE(is_lot(std::string("\0", 1)));
}

}  // namespace
}  // namespace fangxin::domain
