// Receipts between the sale and the printer: read by the store's thread, laid out by the printer's.
#include "terminal/checkout/receipts.hpp"
#include "terminal/station/devices.hpp"
#include "tests/support/checkout_shop.hpp"
#include "tests/support/pty.hpp"

#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>

namespace fangxin::terminal {
namespace {

namespace fs = std::filesystem;

/// Something that one thread waits for and another tells.
class Told {
  public:
    void tell() {
        std::lock_guard lock(mutex_);
        told_ = true;
        changed_.notify_all();
    }
    bool wait() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(5), [this] { return told_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool told_ = false;
};

class PrintQueueTest : public ::testing::Test {
  protected:
    PrintQueueTest() { EXPECT_TRUE(shop.station().login("1001", tests::pin)); }

    /// A printer that puts each job into a file; `receipt` as in DeviceEvents.
    void print_by(decltype(DeviceEvents::receipt) receipt) {
        DeviceEvents events;
        events.receipt = std::move(receipt);
        events.changed = [](const std::string&, const std::string&, const std::string&) {};
        events.print = [](const std::string&, const std::string&, const std::string&) {};
        drivers::DevicesConfig config;
        config.printer.emplace();
        config.printer->target = "file:" + folder.path().string();
        config.printer->columns = 48;
        auto made = Devices::make(config, shop.station(), std::move(events));
        FANGXIN_CHECK(made.has_value());
        devices = std::move(*made);
    }
    Outcome sell() {
        checkout.scan(tests::milk_code);
        return checkout.pay_cash(500);
    }
    std::int64_t on_paper() {
        const fs::directory_iterator files(folder.path());
        return std::count_if(begin(files), end(files), [](const fs::directory_entry& file) {
            return file.path().extension() == ".bin";
        });
    }

    tests::TempDir folder;
    tests::CheckoutShop shop;
    Checkout checkout{shop.station(), Paper{.columns = 48}};
    std::unique_ptr<Devices> devices;
};

// SALE-5: a receipt drawn for a printer without Chinese held up the next customer's payment.
TEST_F(PrintQueueTest, ASaleIsPaidWhileAReceiptIsLaidOut) {
    Told laying_out;
    Told sold;
    std::atomic<bool> sold_meanwhile = false;
    print_by([&](sync::Database& database, const std::string& number, bool copy,
                 const Paper& paper) -> LayOut {
        return [&, lay_out = receipt_layout(database, number, copy, paper)] {
            laying_out.tell();
            if (sold.wait()) sold_meanwhile = true;
            return lay_out();
        };
    });
    EXPECT_EQ(sell().error, "");
    devices->wake_printer();
    ASSERT_TRUE(laying_out.wait());
    EXPECT_EQ(sell().error, "");
    sold.tell();
    EXPECT_TRUE(tests::soon([&] { return on_paper() == 2; }));
    EXPECT_TRUE(sold_meanwhile);
}

// SALE-5
TEST_F(PrintQueueTest, AReceiptThatCannotBeReadHoldsUpNoOther) {
    print_by(receipt_layout);
    shop.station().store().run(sync::Priority::bulk, [](sync::Database& database) {
        queue_receipt(database, "FX0010100009999", false);
    });
    EXPECT_EQ(sell().error, "");
    devices->wake_printer();
    EXPECT_TRUE(tests::soon([&] { return on_paper() == 2; }));
}

}  // namespace
}  // namespace fangxin::terminal
