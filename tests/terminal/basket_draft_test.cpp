#include "terminal/checkout/basket_draft.hpp"

#include "tests/support/temp_dir.hpp"

#include <future>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

domain::Basket basket_of(const std::string& item) {
    domain::Basket basket;
    domain::Line line;
    line.item = item;
    line.unit_price_fen = 100;
    EXPECT_TRUE(domain::add(basket, line));
    return basket;
}

/// A store whose thread is kept busy until it is released.
class BasketDraftTest : public ::testing::Test {
  protected:
    BasketDraftTest() {
        store.run(sync::Priority::sale, [](sync::Database& database) {
            database.execute("CREATE TABLE drafts (name TEXT PRIMARY KEY, body TEXT NOT NULL)");
        });
        store.submit(sync::Priority::sale, [done = std::shared_future<void>(released.get_future())](
                                               sync::Database&) { done.wait(); });
    }

    void in_transaction(const std::function<void(sync::Database&)>& work) {
        store.submit(sync::Priority::sale, [work](sync::Database& database) {
            (void)database.transaction([&]() -> Result<void> {
                work(database);
                return {};
            });
        });
    }

    /// The draft's item when all is done.
    std::string left() {
        return store.run(sync::Priority::checkpoint, [](sync::Database& database) -> std::string {
            auto basket = BasketDraft::load(database);
            return basket ? basket->lines.at(0).item : "none";
        });
    }

    tests::TempDir folder;
    std::promise<void> released;
    sync::StoreThread store{*sync::Database::open(folder / "a.db", sync::Database::Access::writer)};
    BasketDraft draft;
};

TEST_F(BasketDraftTest, TheLastOfSeveralSavesIsWritten) {
    draft.save(store, basket_of("milk"));
    draft.save(store, basket_of("noodles"));
    released.set_value();
    EXPECT_EQ(left(), "noodles");
}

// SYNC-1: a draft that was saved late brought a paid basket back, and it was paid twice.
TEST_F(BasketDraftTest, APaidBasketDoesNotComeBackWithASaveThatWasStillWaiting) {
    draft.save(store, basket_of("milk"));
    in_transaction([&](sync::Database& database) { draft.drop(database); });
    released.set_value();
    EXPECT_EQ(left(), "none");
}

// SYNC-1: the empty basket of a moment ago wiped out the one that had just been taken up.
TEST_F(BasketDraftTest, ABasketTakenUpIsNotWipedOutByASaveThatWasStillWaiting) {
    draft.save(store, domain::Basket{});
    std::string body = R"({"lines":[],"next_number":1,"age_confirmed":false})";
    in_transaction([&](sync::Database& database) { draft.replace(database, body); });
    released.set_value();
    EXPECT_TRUE(store.run(sync::Priority::checkpoint, [](sync::Database& database) {
        return BasketDraft::load(database).has_value();
    }));
}

TEST_F(BasketDraftTest, ASaveAfterAPaymentThatFailedCounts) {
    released.set_value();
    store.run(sync::Priority::sale, [&](sync::Database& database) {
        (void)database.transaction([&]() -> Result<void> {
            draft.drop(database);
            return failure("disk_full");
        });
    });
    draft.save(store, basket_of("milk"));
    EXPECT_EQ(left(), "milk");
}

}  // namespace
}  // namespace fangxin::terminal
