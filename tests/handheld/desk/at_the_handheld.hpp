// A handheld in its window over a small shop, with no server, worked with at a person's pace: what
// the tests of its desk begin with. Tests only.
#pragma once

#include "handheld/desk/handheld_desk.hpp"
#include "terminal/station/desk_window.hpp"
#include "terminal/station/equipment_watch.hpp"
#include "tests/support/checkout_shop.hpp"
#include "tests/terminal/station/screens/patient_stage.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::handheld {

class AtTheHandheld : public ::testing::Test {
  protected:
    AtTheHandheld() { open(); }
    ~AtTheHandheld() override { close(); }

    void open() {
        auto made = terminal::Devices::make(config, shop.station(), terminal::told_to(desk));
        EXPECT_TRUE(made);
        devices = std::move(*made);
        terminal::Preferences quiet{.language = domain::Language::en, .volume = 0};
        shop.station().speak(quiet.language);
        desk = std::make_unique<HandheldDesk>(shop.station(), *devices, quiet);
        shop.station().start(desk->station_events());
        watch = std::make_unique<terminal::EquipmentWatch>(shop.station(), *devices, "");
        stage.show([this](kit::Ui& ui, kit::Rect) { desk->play(ui); });
        while (desk->idle_work()) {
        }
    }
    void close() {
        if (devices) devices->close_camera();
        while (auto event = shop.station().events().take(std::chrono::milliseconds(0)))
            event();
        watch.reset();
        desk.reset();
        devices.reset();
    }
    /// As a power cut: what was handed to the store is written, the rest is gone.
    void restart() {
        shop.station().store().run(sync::Priority::checkpoint, [](sync::Database&) {});
        close();
        shop.restart();
        open();
    }
    void log_in(const std::string& number) {
        EXPECT_TRUE(shop.station().login(number, tests::pin));
        stage.play();
    }
    void type(std::string_view keys) { stage.letters(keys); }
    bool tap(std::string_view what) { return stage.tap(what); }
    void key(kit::Key wanted) { stage.key(wanted); }
    void digits(std::string_view keys) { stage.digits(keys); }
    void log_out() {
        shop.station().logout("test");
        stage.play();
    }
    void on() { key(kit::Key::f12); }
    /// As a scanner reads the square code of a pack.
    std::string pack(const std::string& lot, int made_days_ago) {
        std::string date = domain::format_date(shop.today() - std::chrono::days(made_days_ago));
        std::string six = date.substr(2, 2) + date.substr(5, 2) + date.substr(8, 2);
        return "]d201" + tests::gtin14(tests::milk_code) + "11" + six + "10" + lot;
    }
    std::string verdict(const std::string& lot) { return shop.verdict(lot); }
    std::optional<kit::Sound> sound() { return desk->sounds().last(); }
    /// What happened, and saved.
    void complain(const std::string& what) {
        EXPECT_TRUE(tap("In the customer's own words"));
        tap("中");  // Latin from here on
        type(what);
        key(kit::Key::escape);
        EXPECT_TRUE(tap("Next"));
        EXPECT_TRUE(tap("Next"));
        EXPECT_TRUE(tap("Save the complaint"));
    }
    /// Up to the question how much there is.
    void receive_up_to_quantity() {
        log_in("1201");
        EXPECT_TRUE(tap("Receive"));
        stage.scan(pack("L7", 1));
    }

    tests::CheckoutShop shop{"handheld"};
    drivers::DevicesConfig config;
    std::unique_ptr<terminal::Devices> devices;
    std::unique_ptr<terminal::EquipmentWatch> watch;
    std::unique_ptr<HandheldDesk> desk;
    terminal::PatientStage stage{{480, 800}};
};

}  // namespace fangxin::handheld
