#include "sync/search_rows.hpp"

#include "sync/terminal_repair.hpp"
#include "tests/support/sync_shop.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

struct Searched {
    Store store;
    Till till;
    SearchRows rows;
    domain::SearchIndex index;

    void put_item(const std::string& code, const std::string& zh) {
        store.put(domain::Item{.code = code, .name_zh = zh, .category = "dairy", .price_fen = 500});
    }
    void put_code(const std::string& barcode, const std::string& item) {
        store.put(domain::Barcode{.barcode = barcode, .item = item});
    }
    std::string as_typed(std::string_view typed) {
        return fmt::format("{}", fmt::join(domain::SearchAsTyped(index).find(typed, 10), " "));
    }
    void start_again() {
        rows = {};
        index = {};
    }
    std::string found(std::string_view typed) {
        feed(store, till);
        while (!rows.catch_up(till.db, index).value()) {
        }
        return as_typed(typed);
    }
    /// The server says that the till has all its rows.
    void complete() {
        const std::int64_t whole = meta_number(till.db, "rows");
        ASSERT_TRUE(
            store_rows(till.db, {.from = whole, .to = whole, .blocks = whole, .complete = true}));
    }
};

// SALE-2
TEST(SearchRows, ATillFindsWhatTheServerSentIt) {
    Searched shop;
    EXPECT_EQ(shop.found("nn"), "milk");
    shop.put_item("rice", "长粒香米");
    EXPECT_EQ(shop.found("cl"), "rice");
    EXPECT_EQ(shop.found("zl"), "rice");
}

// SALE-2
TEST(SearchRows, ANewNameOrBarCodeIsFoundWithoutARestart) {
    Searched shop;
    EXPECT_EQ(shop.found("6901234567892"), "");
    shop.put_code("06901234567892", "milk");
    EXPECT_EQ(shop.found("6901234567892"), "milk");
    shop.put_item("milk", "鲜奶");
    EXPECT_EQ(shop.found("niunai"), "");
    EXPECT_EQ(shop.found("xn"), "milk");
    EXPECT_EQ(shop.found("567892"), "milk") << "its code is still known";
}

TEST(SearchRows, ACodeThatCameBeforeItsItemIsFoundOnceTheItemIsThere) {
    Searched shop;
    shop.put_code("06954767430522", "cola");
    EXPECT_EQ(shop.found("6954767430522"), "");
    shop.put_item("cola", "果泡可乐");
    EXPECT_EQ(shop.found("6954767430522"), "cola");
}

TEST(SearchRows, TakesALargeShopInByPieces) {
    Searched shop;
    for (int i = 0; i < 25; ++i)
        shop.put_item(fmt::format("i{:02}", i), "饼干");
    feed(shop.store, shop.till);
    int pieces = 1;
    while (!shop.rows.catch_up(shop.till.db, shop.index, 10).value())
        ++pieces;
    EXPECT_EQ(pieces, 3);
    EXPECT_EQ(shop.index.size(), 26U);
    EXPECT_EQ(shop.till.db.busy_statements(), 0);
}

/// A till that has the goods of one server, and has been told that there is another.
struct Replaced : Searched {
    Replaced() {
        put_item("wine", "长城干红");
        EXPECT_EQ(found("cc"), "wine");
        EXPECT_TRUE(reset_rows(till.db, {77, 0}));
    }
    std::string found_so_far(std::string_view typed) {
        while (!rows.catch_up(till.db, index, 1).value()) {
        }
        return as_typed(typed);
    }
};

// SALE-2: while a new server sent its rows, the till sold on and its search found nothing.
TEST(SearchRows, GoodsOfAServerThatWasReplacedAreFoundUntilTheNewRowsAreWhole) {
    Replaced shop;
    EXPECT_EQ(shop.found_so_far("cc"), "wine");
    shop.store.db.execute("DELETE FROM items WHERE code = 'wine'");
    feed(shop.store, shop.till);
    EXPECT_EQ(shop.found_so_far("cc"), "wine");
    shop.complete();
    EXPECT_EQ(shop.found_so_far("cc"), "") << "the new server has no wine";
    EXPECT_EQ(shop.found_so_far("nn"), "milk") << "sent anew";
}

// SALE-2: the search was emptied first, and found a piece more with every piece taken in.
TEST(SearchRows, GoodsAreFoundAllTheWhileTheRowsAreTakenAnew) {
    Replaced shop;
    const auto found_meanwhile = [&] {
        std::string found;
        for (bool whole = false; !whole;) {
            whole = shop.rows.catch_up(shop.till.db, shop.index, 1).value();
            found += shop.as_typed("cc") + "," + shop.as_typed("nn") + " ";
        }
        return found;
    };
    EXPECT_EQ(found_meanwhile(), "wine,milk wine,milk wine,milk ");
    feed(shop.store, shop.till);
    EXPECT_EQ(found_meanwhile(), "wine,milk wine,milk wine,milk ");
    shop.complete();
    EXPECT_EQ(found_meanwhile(), "wine,milk wine,milk wine,milk ") << "the old rows are gone";
}

// A new till took its whole shop in a second time at the end of its first download.
TEST(SearchRows, ATillsFirstDownloadIsTakenInOnce) {
    Searched shop;
    ASSERT_TRUE(reset_rows(shop.till.db, {77, 0}));
    EXPECT_EQ(shop.found("nn"), "milk");
    shop.complete();
    EXPECT_TRUE(shop.rows.catch_up(shop.till.db, shop.index, 1).value()) << "nothing was replaced";
    EXPECT_EQ(shop.found("nn"), "milk");
}

// Another server was asked in between; what the first sends again bears numbers already seen.
TEST(SearchRows, RowsOfAServerThatCameBackAreTakenAnew) {
    Searched shop;
    ASSERT_TRUE(reset_rows(shop.till.db, {77, 0}));
    EXPECT_EQ(shop.found("nn"), "milk");
    shop.complete();
    EXPECT_EQ(shop.found("nn"), "milk");
    ASSERT_TRUE(reset_rows(shop.till.db, {78, 0}));
    ASSERT_TRUE(reset_rows(shop.till.db, {77, 0}));
    shop.store.db.execute("UPDATE items SET name_zh = '鲜奶'");
    EXPECT_EQ(shop.found("xn"), "milk");
}

// An item taken in while its bar codes could not be read was not found by them until a restart.
TEST(SearchRows, WhatCouldNotBeReadIsReadTheNextTime) {
    Searched shop;
    shop.put_code("06901234567892", "milk");
    EXPECT_EQ(shop.found("6901234567892"), "milk");
    shop.put_item("milk", "鲜奶");
    feed(shop.store, shop.till);
    shop.till.db.execute("ALTER TABLE barcodes RENAME TO barcodes_away");
    EXPECT_FALSE(shop.rows.catch_up(shop.till.db, shop.index));
    shop.till.db.execute("ALTER TABLE barcodes_away RENAME TO barcodes");
    EXPECT_EQ(shop.found("6901234567892"), "milk");
}

// A name that was damaged on the disk and put right bears the version that was seen already.
TEST(SearchRows, GoodsThatWerePutRightAreFound) {
    Searched shop;
    shop.put_item("rice", "长粒香米");
    EXPECT_EQ(shop.found("nn"), "milk");
    shop.till.db.execute("UPDATE items SET name_zh = '鲜奶' WHERE code = 'milk'");
    shop.start_again();
    EXPECT_EQ(shop.found("xn"), "milk");
    auto part = load_table_rows(shop.store.db, "till", {"items", "", newest_ver(shop.store.db)});
    ASSERT_TRUE(store_table(shop.till.db, {*part, 0}, noon()));
    EXPECT_EQ(shop.found("xn") + shop.found("nn"), "milk");
}

TEST(SearchRows, GoodsThatWereDeletedAreFoundNoMore) {
    Searched shop;
    EXPECT_EQ(shop.found("nn"), "milk");
    ASSERT_EQ(code_of(shop.store.db.transaction([&]() -> Result<void> {
                  ServerRows rows(shop.store.db);
                  rows.remove<domain::Item>("milk", 1);
                  rows.finish();
                  return {};
              })),
              "ok");
    EXPECT_EQ(shop.found("nn"), "");
}

// Two servers in a row leave old rows of the same number.
TEST(SearchRows, NoOldRowIsPassedOverWhereTwoHaveTheSameNumber) {
    Replaced shop;
    shop.till.db.execute("UPDATE items SET ver = -7");
    EXPECT_EQ(shop.found_so_far("cc") + " " + shop.found_so_far("nn"), "wine milk");
}

}  // namespace
}  // namespace fangxin::sync::testing
