#include "tests/support/written_file.hpp"
#include "tests/terminal/desk/at_the_desk.hpp"

#include <thread>

namespace fangxin::terminal {
namespace {

/// A till with a scale that says 1.000 kg, steady, again and again, and knows no USB.
class ScaleAtTheDesk : public AtTheDesk {
  protected:
    void open_with_scale() {
        shop.put(tests::shop_scale(shop.today() + std::chrono::days(200)));
        tests::write_file(folder.path() / "scale.hex",
                          "02 2D 30 20 20 20 31 30 30 30 20 20 20 20 20 30 0D 23\n");
        tests::write_file(folder.path() / "devices.toml",
                          "[scale]\nport = \"replay:" + (folder.path() / "scale.hex").string() +
                              "\"\nprotocol = \"toledo-continuous\"\n");
        open({.devices_file = folder.path() / "devices.toml"});
        till->devices().start();
        while (!till->devices().scale_identity())
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    void bound_to(const std::string& identity) {
        shop.put(domain::InstrumentState{.instrument = "checkout_scale/HC-15/S1",
                                         .terminal = "till-1",
                                         .identity = identity,
                                         .bound_by = "1401"});
    }
    bool says(std::string_view words) { return stage.says(words); }
    void until_it_weighs() {
        for (int i = 0; i < 500 && !says("1.000"); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            rest();
        }
    }
    domain::InstrumentLock lock() { return till->devices().standing().lock; }

    tests::TempDir folder;
};

// WEIGH-4: whoever comes may see the seal, before anybody has logged in; he can do nothing there.
TEST_F(ScaleAtTheDesk, ShowsTheSealByOneTouchOfTheBar) {
    open_with_scale();
    while (auto event = station().events().take(std::chrono::milliseconds(20)))
        event();
    rest();
    ASSERT_TRUE(tap("Scale"));
    rest();
    EXPECT_TRUE(says("Legal metrology: the weighing program"));
    EXPECT_TRUE(says("Log in to check it or to bind it"));
    ASSERT_TRUE(tap("Back"));
    rest();
    EXPECT_FALSE(says("Legal metrology: the weighing program"));
}

// WEIGH-2: from the locked weighing panel to the page that binds; a cashier needs a manager's PIN.
TEST_F(ScaleAtTheDesk, AnotherScaleIsBoundByAManagersPin) {
    bound_to("usb:0eb8:f000:A17");
    open_with_scale();
    log_in("1001");
    EXPECT_EQ(lock(), domain::InstrumentLock::other_device);
    till->checkout().plu("01011");
    ASSERT_TRUE(tap("Bind this scale…"));
    ASSERT_TRUE(tap("Bind this scale…"));
    ASSERT_TRUE(tap("Another scale in its place"));
    rest();
    EXPECT_EQ(lock(), domain::InstrumentLock::other_device);
    digits("1601");
    key(kit::Key::enter);
    rest();
    digits(tests::pin);
    key(kit::Key::enter);
    rest();
    EXPECT_EQ(lock(), domain::InstrumentLock::none);
    EXPECT_EQ(till->devices().standing().state.bound_by, "1601");
    stage.stage().edges().push(kit::Wheel{{900, 400}, 50});
    rest();
    EXPECT_TRUE(says("Bound by: 1601")) << "what changed is said in words";
}

// WEIGH-3: the check is begun and left by touch; left before the mass it says nothing of the scale.
TEST_F(ScaleAtTheDesk, TheDailyCheckIsBegunFromTheMenu) {
    open_with_scale();
    log_in("1001");
    key(kit::Key::f10);
    ASSERT_TRUE(tap("Daily check, papers, seal"));
    ASSERT_TRUE(tap("Daily check…"));
    ASSERT_TRUE(tap("2 kg"));
    rest();
    EXPECT_TRUE(says("Empty the pan"));
    EXPECT_TRUE(till->daily_check().is_running());
    ASSERT_TRUE(tap("Stop the check"));
    rest();
    EXPECT_FALSE(till->daily_check().is_running());
    EXPECT_EQ(lock(), domain::InstrumentLock::none);
}

// WEIGH-3: what does not come to the mass has failed, and the next weighing is locked.
TEST_F(ScaleAtTheDesk, AScaleThatDoesNotShowTheMassIsLocked) {
    open_with_scale();
    log_in("1001");
    ASSERT_TRUE(till->check_scale(2'000'000));
    key(kit::Key::f10);
    ASSERT_TRUE(tap("Daily check, papers, seal"));
    ASSERT_TRUE(tap("The scale does not show it"));
    rest();
    EXPECT_TRUE(says("Failed: the scale is locked"));
    EXPECT_EQ(lock(), domain::InstrumentLock::check_failed);
}

// WEIGH-1: a tare is keyed on the panel, and one that is no step is refused in words.
TEST_F(ScaleAtTheDesk, ATareIsKeyedOnThePanel) {
    open_with_scale();
    log_in("1001");
    till->checkout().plu("01011");
    until_it_weighs();
    ASSERT_TRUE(tap("Key tare"));
    rest();
    digits("7");
    key(kit::Key::f12);
    rest();
    EXPECT_TRUE(says("The tare goes in steps of 0.005 kg"));
    ASSERT_TRUE(tap("Key tare"));
    rest();
    digits("15");
    key(kit::Key::f12);
    rest();
    EXPECT_TRUE(says("PT 0.015 kg"));
    EXPECT_EQ(till->checkout().scale_now().preset_tare_mg, 15'000);
}

}  // namespace
}  // namespace fangxin::terminal
