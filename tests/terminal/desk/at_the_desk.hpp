// A till in its window over a small shop, with no server, worked with at a person's pace: what the
// tests of the till's desk and of its admin area begin with. Tests only.
#pragma once

#include "terminal/desk/till_desk.hpp"
#include "terminal/station/desk_window.hpp"
#include "tests/support/checkout_shop.hpp"
#include "tests/terminal/station/screens/patient_stage.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace fangxin::terminal {

class AtTheDesk : public ::testing::Test {
  protected:
    /// Once the shop has what the test needs.
    void open(ProgramOptions options = {}) {
        options.station = shop.leave();
        auto opened = Till::open(options, [this](Till&) { return told_to(desk); });
        FANGXIN_CHECK(opened.has_value());
        till = std::move(*opened);
        Preferences quiet{.language = domain::Language::en, .volume = 0};
        station().speak(quiet.language);
        desk = std::make_unique<TillDesk>(*till, quiet);
        station().start(desk->station_events());
        stage.show([this](kit::Ui& ui, kit::Rect) { desk->play(ui); });
        while (desk->idle_work()) {
        }
    }
    Station& station() { return till->station(); }
    /// Whoever was there leaves.
    void log_in(const std::string& number) {
        if (station().person()) station().logout("asked");
        rest();
        FANGXIN_CHECK(station().login(number, tests::pin).has_value());
        rest();
    }
    void rest() { stage.rest(); }
    bool tap(std::string_view what) { return stage.tap(what); }
    void key(kit::Key wanted) { stage.key(wanted); }
    void digits(std::string_view keys) { stage.digits(keys); }
    void scan(const std::string& code) { stage.scan(code); }
    static domain::Person person(const std::string& number, domain::Role role) {
        return {
            .number = number, .name = number, .role = role, .pin_verifier = tests::one_verifier()};
    }

    tests::CheckoutShop shop;
    std::unique_ptr<Till> till;
    std::unique_ptr<TillDesk> desk;
    PatientStage stage{{1280, 800}};
};

/// In the admin area, with everybody who has a page of his own there.
class AtTheOffice : public AtTheDesk {
  protected:
    void open() {
        shop.put(person("1401", domain::Role::instruments));
        shop.put(person("1701", domain::Role::account_admin));
        AtTheDesk::open();
    }
    void enter(const std::string& number) {
        log_in(number);
        key(kit::Key::f10);
        rest();
        FANGXIN_CHECK(stage.tap("Admin area"));
        rest();
    }
    /// And sees what comes of it.
    void key(kit::Key wanted) {
        AtTheDesk::key(wanted);
        rest();
    }
    void scan(const std::string& code) {
        AtTheDesk::scan(code);
        rest();
    }
};

}  // namespace fangxin::terminal
