// The sample shop shows each thing that a shop can have: a demo, and whoever tries the programs, is
// to meet every kind of goods, person and batch.
#include "sync/store/row_table.hpp"
#include "tests/support/book_shop.hpp"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>

namespace fangxin::sync {
namespace {

struct SampleShop : ::testing::Test {
    void SetUp() override {
        auto folder = std::filesystem::path(FANGXIN_SOURCE_DIR) / "assets/sample-shop";
        auto report = import_folder(book.database, folder, {.now = tests::monday_morning()});
        ASSERT_TRUE(report);
        ASSERT_EQ(report->problems, std::vector<std::string>{});
    }

    /// How many rows of this table have which value in this column.
    std::map<std::string, int> having(std::string_view table, std::string_view column) {
        std::map<std::string, int> counts;
        Query query = book.database.query(fmt::format("SELECT \"{}\" FROM {}", column, table));
        while (query.step())
            ++counts[query.text(0)];
        return counts;
    }
    template <class E>
    void expect_each(std::string_view table, std::string_view column) {
        auto counts = having(table, column);
        for (const auto& row : domain::EnumTable<E>::rows) {
            EXPECT_GT(counts[std::string(row.text)], 0)
                << table << "." << column << " '" << row.text << "'";
        }
    }

    tests::BookShop book;
};

TEST_F(SampleShop, HasGoodsOfEachKind) {
    expect_each<domain::BatchControl>("categories", "batch_control");
    expect_each<domain::Unit>("items", "unit");
    expect_each<domain::DatePrinted>("items", "date_printed");
    expect_each<domain::ItemStatus>("items", "status");
    for (const char* temperature : {"", "frozen", "chilled", "hot"})
        EXPECT_GT(having("categories", "temperature")[temperature], 0) << temperature;
    EXPECT_GT(having("categories", "minimum_age")["18"], 0);
    EXPECT_GT(having("categories", "open_food")["1"], 0);
    EXPECT_EQ(book.shop.by_code("06991959000132")->item.code, "130101");
}

TEST_F(SampleShop, HasPeopleOfEachRole) { expect_each<domain::Role>("people", "role"); }

// SAFE-3: each reason to block is there to be met.
TEST_F(SampleShop, HasBatchesInEachState) {
    expect_each<domain::Decision>("batches", "decision");
    expect_each<domain::PrivateBrandInspection>("batches", "private_brand");
    EXPECT_GT(having("batches", "test")["failed"], 0);
    int expired = 0;
    int near_expiry = 0;
    for (const domain::Batch& batch : book.shop.all_batches()) {
        auto found = book.shop.by_item(batch.item);
        ASSERT_TRUE(found) << batch.item;
        auto age = domain::age_of(batch, found->item, found->category.near_expiry_days,
                                  tests::monday_morning());
        expired += age == domain::Age::expired ? 1 : 0;
        near_expiry += age == domain::Age::near_expiry ? 1 : 0;
    }
    EXPECT_GT(expired, 0);
    EXPECT_GT(near_expiry, 0);
}

TEST_F(SampleShop, HasARecallForEachRecalledBatch) {
    auto blocks = book.shop.all_blocks();
    for (const domain::Batch& batch : book.shop.all_batches()) {
        if (batch.decision != domain::Decision::recalled) continue;
        bool covered = std::ranges::any_of(blocks, [&](const domain::Block& block) {
            return domain::covers(block, batch, *book.shop.item(batch.item));
        });
        EXPECT_TRUE(covered) << batch.id;
    }
}

TEST_F(SampleShop, HasAPromotionOfEachKind) {
    auto kinds = having("promotions", "kind");
    for (const char* kind : {"time_price", "member_price", "nth_discount", "buy_n_get_m",
                             "mix_and_match", "bundle", "spend_and_save"})
        EXPECT_GT(kinds[kind], 0) << kind;
}

}  // namespace
}  // namespace fangxin::sync
