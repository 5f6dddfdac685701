#include "terminal/checkout/basket_draft.hpp"

#include "sync/terminal_journal.hpp"
#include "terminal/checkout/basket_text.hpp"
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

    sync::Database opened_reader() {
        store.run(sync::Priority::sale, [](sync::Database& database) {
            ASSERT_TRUE(sync::prepare_journal(database, {"till-1", "till"}));
        });
        return *sync::Database::open(folder / "a.db", sync::Database::Access::reader);
    }

    /// The draft's item when all is done.
    std::string left() {
        store.run(sync::Priority::checkpoint, [](sync::Database&) {});
        auto basket = BasketDraft::load(reader);
        if (!basket) return "none";
        return basket->lines.empty() ? "empty" : basket->lines.front().item;
    }

    tests::TempDir folder;
    std::promise<void> released;
    sync::StoreThread store{*sync::Database::open(folder / "a.db", sync::Database::Access::writer)};
    sync::Database reader = opened_reader();
    BasketDraft draft{reader};
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
    std::string body = write_basket(basket_of("held"));
    in_transaction([&](sync::Database& database) { draft.replace(database, body); });
    released.set_value();
    EXPECT_EQ(left(), "held");
}

TEST_F(BasketDraftTest, NumbersGoOnAfterARestart) {
    released.set_value();
    draft.save(store, basket_of("milk"));
    EXPECT_EQ(left(), "milk");
    BasketDraft after(reader);
    in_transaction([&](sync::Database& database) { after.drop(database); });
    EXPECT_EQ(left(), "none");
    BasketDraft later(reader);
    later.save(store, basket_of("noodles"));
    EXPECT_EQ(left(), "noodles");
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
