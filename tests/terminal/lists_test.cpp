// What `list` gives: the rows that a script, or a screen without a code in hand, finds goods by.
#include "terminal/station/lists.hpp"

#include "tests/support/checkout_shop.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

struct Lists : ::testing::Test {
    tests::CheckoutShop shop;
    GoodsSearch goods{shop.station()};

    std::string items(const std::string& filter) {
        auto rows = list_rows(shop.station(), goods, "items", filter);
        if (!rows) return rows.error().code;
        std::string codes;
        for (const auto& row : *rows) {
            codes += codes.empty() ? "" : " ";
            codes += std::string(row.at("item").as_string());
        }
        return codes;
    }
};

// SALE-2: a script found goods by name only, the screen by pinyin as well.
TEST_F(Lists, ItemsAreFoundAsOnTheScreen) {
    EXPECT_EQ(items("牛奶") + ", " + items("niunai") + ", " + items("nn"), "milk, milk, milk");
    EXPECT_EQ(items("noodl") + ", " + items("fbm"), "noodles, noodles");
    EXPECT_EQ(items(tests::milk_code), "milk");
    EXPECT_EQ(items("no such goods"), "");
}

TEST_F(Lists, WithoutAFilterAllItemsAreListedByCode) {
    EXPECT_EQ(items(""), "baijiu banana milk noodles");
}

TEST_F(Lists, GoodsThatCameMeanwhileAreFound) {
    EXPECT_EQ(items("cc"), "");
    shop.put(domain::Item{.code = "wine", .name_zh = "长城干红", .category = "spirits"});
    EXPECT_EQ(items("cc"), "wine");
}

TEST_F(Lists, AListThatThereIsNotIsRefused) {
    EXPECT_EQ(list_rows(shop.station(), goods, "everything", "").error().code, "no_such_list");
}

}  // namespace
}  // namespace fangxin::terminal
