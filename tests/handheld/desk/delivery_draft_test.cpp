#include "handheld/desk/delivery_draft.hpp"

#include "handheld/screens/receive_draft.hpp"
#include "sync/store/meta.hpp"
#include "tests/support/checkout_shop.hpp"

#include <future>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::handheld {
namespace {

class DeliveryDraftTest : public ::testing::Test {
  protected:
    /// What was submitted before is written.
    void drain() {
        shop.station().store().run(sync::Priority::checkpoint, [](sync::Database&) {});
    }
    std::optional<ReceiveState> left() {
        drain();
        return DeliveryDraft::left(shop.station().reader());
    }
    void booked(std::int64_t number, const ReceiveState& state) {
        shop.station().store().run(sync::Priority::sale, [&](sync::Database& writer) {
            return writer.transaction([&]() -> Result<void> {
                DeliveryDraft::booked(writer, number, write_draft(state), "milk/L7");
                return {};
            });
        });
    }

    tests::CheckoutShop shop{"handheld"};
    DeliveryDraft draft{shop.station().reader()};
    ReceiveState milk{.page = ReceivePage::quantity, .item = "milk", .lot = "L7"};
};

// RECV-1
TEST_F(DeliveryDraftTest, KeepsWhatWasAnsweredSoFar) {
    EXPECT_EQ(left(), std::nullopt);
    draft.keep(shop.station().store(), milk);
    milk.quantity = "24";
    draft.keep(shop.station().store(), milk);
    EXPECT_EQ(left(), milk);
    draft.keep(shop.station().store(), ReceiveState{});
    EXPECT_EQ(left(), std::nullopt);
}

// RECV-1
TEST_F(DeliveryDraftTest, AfterACrashItIsCertainWhetherItWasBooked) {
    milk.page = ReceivePage::summary;
    milk.busy = true;
    draft.keep(shop.station().store(), milk);
    auto kept = left();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->page, ReceivePage::summary);
    EXPECT_FALSE(kept->busy) << "the booking's transaction would have said so";
    booked(draft.next(), milk);
    kept = left();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->page, ReceivePage::booked);
    EXPECT_EQ(kept->batch, "milk/L7");
}

// RECV-1: a sale's priority lets the booking overtake a save that waits behind others.
TEST_F(DeliveryDraftTest, ASaveThatIsOvertakenBringsNoBookedDeliveryBack) {
    std::promise<void> go;
    sync::StoreThread& store = shop.station().store();
    store.submit(sync::Priority::sale,
                 [wait = go.get_future().share()](sync::Database&) { wait.wait(); });
    draft.keep(store, milk);
    const std::int64_t number = draft.next();
    store.submit(sync::Priority::sale, [&](sync::Database& writer) {
        auto done = writer.transaction([&]() -> Result<void> {
            DeliveryDraft::booked(writer, number, write_draft(milk), "milk/L7");
            return {};
        });
        EXPECT_TRUE(done);
    });
    go.set_value();
    auto kept = left();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->page, ReceivePage::booked);
    EXPECT_TRUE(sync::meta(shop.station().reader(), "receive_draft")
                    .starts_with(std::to_string(number) + "\n"))
        << "the save that came too late is not written";
}

// RECV-1
TEST_F(DeliveryDraftTest, NumbersGoOnWhereTheyWereAfterARestart) {
    draft.keep(shop.station().store(), milk);
    drain();
    const std::int64_t number = draft.next();
    booked(number, milk);
    draft.keep(shop.station().store(), ReceiveState{});
    EXPECT_EQ(left(), std::nullopt);
    DeliveryDraft again{shop.station().reader()};
    EXPECT_GT(again.next(), number);
}

}  // namespace
}  // namespace fangxin::handheld
