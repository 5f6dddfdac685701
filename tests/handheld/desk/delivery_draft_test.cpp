#include "handheld/desk/delivery_draft.hpp"

#include "handheld/screens/receive_draft.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

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

// RECV-1
TEST_F(DeliveryDraftTest, WhatIsWrittenLateBringsNoBookedDeliveryBack) {
    draft.keep(shop.station().store(), milk);
    std::int64_t number = draft.next();
    booked(number, milk);
    draft.keep(shop.station().store(), ReceiveState{});
    EXPECT_EQ(left(), std::nullopt);
    DeliveryDraft again{shop.station().reader()};
    EXPECT_GT(again.next(), number);
}

}  // namespace
}  // namespace fangxin::handheld
