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

}  // namespace
}  // namespace fangxin::domain
