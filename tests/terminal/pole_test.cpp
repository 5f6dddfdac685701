#include "terminal/station/pole.hpp"

#include "terminal/checkout/pole_text.hpp"
#include "tests/support/checkout_shop.hpp"
#include "tests/support/pty.hpp"

#include <atomic>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using tests::milk_code;
using tests::noodles_code;

std::string shown(const Checkout& checkout) {
    const drivers::PoleText text = pole_text(checkout, "放心超市");
    std::string said = text.words;
    if (text.amount_fen) said += fmt::format(" {}", *text.amount_fen);
    return said;
}

// SALE-10
TEST(PoleText, GreetsThenNamesGoodsAndTotalThenTheChange) {
    tests::CheckoutShop shop;
    ASSERT_TRUE(shop.station().login("1001", tests::pin));
    Checkout checkout{shop.station(), Paper{}};
    EXPECT_EQ(shown(checkout), "放心超市");
    checkout.scan(milk_code);
    EXPECT_EQ(shown(checkout), "牛奶 500");
    checkout.scan(noodles_code);
    const std::int64_t total = domain::total_fen(checkout.basket());
    EXPECT_EQ(shown(checkout), fmt::format("方便面 {}", total));
    checkout.pay_cash(10'000);
    EXPECT_EQ(shown(checkout), fmt::format(" {}", checkout.last_receipt()->change_fen));
    checkout.scan(milk_code);
    EXPECT_EQ(shown(checkout), "牛奶 500");
}

// SALE-10
TEST(Pole, ShowsTheNewestAndShowsItAgainAfterItWasUnplugged) {
    std::string link = ::testing::TempDir() + "fangxin-pole-" + std::to_string(::getpid());
    tests::Pty first;
    ASSERT_EQ(::symlink(first.path().c_str(), link.c_str()), 0);
    std::atomic<int> lost = 0;
    Pole pole(drivers::opener_of(drivers::PathAddress{link}, {}),
              {.protocol = drivers::PoleProtocol::led8},
              [&](const drivers::DeviceChange& change) { lost += change.connected ? 0 : 1; });
    const drivers::PoleText total{.kind = drivers::PoleKind::total, .amount_fen = 1994};
    const std::string bytes = drivers::pole_bytes(total, {.protocol = drivers::PoleProtocol::led8});
    pole.show(total);
    pole.show(total);
    pole.start();
    std::string came;
    EXPECT_TRUE(tests::soon([&] { return (came += first.received()) == bytes; })) << came;
    tests::Pty second;
    ::unlink(link.c_str());
    first.unplug();
    ASSERT_TRUE(tests::soon([&] { return lost >= 1; }));
    ASSERT_EQ(::symlink(second.path().c_str(), link.c_str()), 0);
    came.clear();
    EXPECT_TRUE(tests::soon([&] { return (came += second.received()) == bytes; })) << came;
    pole.stop();
    ::unlink(link.c_str());
}

}  // namespace
}  // namespace fangxin::terminal
