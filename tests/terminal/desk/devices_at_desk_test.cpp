// The till's window with a scale and a scanner on their cables.
#include "tests/support/pty.hpp"
#include "tests/terminal/desk/at_the_desk.hpp"

#include <fmt/format.h>
#include <fstream>

namespace fangxin::terminal {
namespace {

class TillWithCables : public AtTheDesk {
  protected:
    TillWithCables() {
        shop.put(tests::shop_scale(shop.today() + std::chrono::days(200)));
        shop.put(domain::InstrumentState{
            .instrument = "checkout_scale/HC-15/S1", .terminal = "till-1", .bound_by = "1601"});
        ProgramOptions options;
        options.devices_file = folder.path() / "devices.toml";
        std::ofstream(options.devices_file)
            << "[scale]\nport = \"" << scale.path() << "\"\nprotocol = \"st-gs\"\n"
            << "[scanner]\nport = \"" << scanner.path() << "\"\nprotocol = \"serial\"\n";
        open(options);
        till->devices().start();
        FANGXIN_CHECK(comes([&] {
            return till->devices().is_well("scale") == true &&
                   till->devices().is_well("scanner") == true;
        }));
        log_in("1001");
    }
    void hear() {
        while (auto event = station().events().take(std::chrono::milliseconds(0)))
            event();
    }
    bool comes(const std::function<bool()>& what) {
        return tests::soon([&] {
            hear();
            return what();
        });
    }
    /// A frame, read to its end.
    void weigh(int grams) {
        const auto before = weight_at_ms();
        FANGXIN_CHECK(comes([&] { return drivers::monotonic_now_ms() > before; }));
        scale.send(fmt::format("ST,GS,{:+08.3f}kg\r\n", grams / 1000.0));
        FANGXIN_CHECK(comes([&] { return weight_at_ms() > before; }));
        hear();
    }
    std::int64_t weight_at_ms() {
        const auto latest = till->devices().weight();
        const auto* current = std::get_if<weighing::CurrentReading>(&latest);
        return current != nullptr ? current->reading.at_ms : 0;
    }

    tests::TempDir folder;
    tests::Pty scale;
    tests::Pty scanner;
};

// WEIGH-1: it was shown at the next frame that was due anyway, up to a tenth of a second later.
TEST_F(TillWithCables, AWeightIsDrawnWhenItComesAndNotAgainForNothing) {
    (void)till->checkout().plu("01011");
    rest();
    weigh(1000);
    weigh(1000);
    (void)desk->take_changed();
    weigh(1234);
    EXPECT_TRUE(desk->take_changed());
    rest();
    EXPECT_TRUE(stage.says("1.234"));
    weigh(1234);
    EXPECT_TRUE(desk->take_changed()) << "it is stable now";
    weigh(1234);
    EXPECT_FALSE(desk->take_changed());
}

TEST_F(TillWithCables, AWeightThatNobodyLooksAtDrawsNothing) {
    weigh(1000);
    (void)desk->take_changed();
    weigh(2000);
    EXPECT_FALSE(desk->take_changed());
}

TEST_F(TillWithCables, AScaleThatWasSilentIsShownToSpeakAgain) {
    (void)till->checkout().plu("01011");
    for (int i = 0; i < 3; ++i)
        weigh(1000);
    (void)desk->take_changed();
    EXPECT_TRUE(comes([&] { return weight_at_ms() == 0; }));
    weigh(1000);
    EXPECT_TRUE(desk->take_changed());
}

// WEIGH-1: a keyed tare was given up with a refusal, since the scale was moving.
TEST_F(TillWithCables, AKeyedTareIsGivenUpWithoutTheScale) {
    (void)till->checkout().plu("01011");
    scale.send("US,GS,+0001.000kg\r\n");
    ASSERT_TRUE(comes([&] { return weight_at_ms() > 0; }));
    ASSERT_EQ(till->checkout().key_tare(20'000).error, "");
    rest();
    ASSERT_TRUE(stage.says("PT 0.020 kg"));
    ASSERT_TRUE(tap("No tare"));
    rest();
    EXPECT_EQ(till->checkout().scale_now().preset_tare_mg, 0);
    EXPECT_FALSE(stage.says("takes no commands"));
}

// SALE-1: the window ended when a scanner sent what is no scan.
TEST_F(TillWithCables, AScanThatDidNotComeWholeIsSaid) {
    scanner.send(std::string(4000, '7'));
    scanner.send(std::string(4000, '7'));
    scanner.send("\r");
    EXPECT_TRUE(comes([&] {
        rest();
        return stage.says("too long");
    }));
}

}  // namespace
}  // namespace fangxin::terminal
