// The shop's equipment in the admin area, over a real database: faults taken and closed, a
// certificate renewed, label formats tried with a label before they are saved.
#include "terminal/station/faults.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/written_file.hpp"
#include "tests/terminal/desk/at_the_desk.hpp"

namespace fangxin::terminal {
namespace {

using kit::Key;

class AdminEquipment : public AtTheOffice {
  protected:
    /// Latin where the keyboard begins with pinyin: the first Enter takes the letters as they are.
    void write(std::string_view words, bool pinyin) {
        stage.letters(words);
        if (pinyin) key(Key::enter);
        key(Key::enter);
    }
};

// FAULT-1
TEST_F(AdminEquipment, AFaultIsReportedTakenAndClosedAtTheScreen) {
    open();
    enter("1601");
    ASSERT_TRUE(tap("Faults"));
    key(Key::f11);
    ASSERT_TRUE(tap("Printer"));
    ASSERT_TRUE(tap("B · serious"));
    key(Key::f8);
    write("smokes", true);
    key(Key::f12);
    auto faults = station().shop().faults(0);
    ASSERT_EQ(faults.size(), 1);
    EXPECT_EQ(faults[0].device + " " + faults[0].what + " " + faults[0].raised_by,
              "printer smokes 1601");
    EXPECT_EQ(faults[0].severity, domain::FaultSeverity::B);
    ASSERT_TRUE(stage.says("smokes"));
    ASSERT_TRUE(tap("I am on it"));
    rest();
    EXPECT_EQ(station().shop().faults(0)[0].taken_by, "1601");
    ASSERT_TRUE(tap("In hand 1"));
    rest();
    key(Key::f12);
    write("dust", true);
    write("cleaned", true);
    key(Key::f12);
    EXPECT_EQ(station().shop().faults(0)[0].fix, "cleaned");
    EXPECT_EQ(station().shop().faults(0)[0].cause, "dust");
}

// FAULT-1: what nobody answered in time stands on the first page.
TEST_F(AdminEquipment, AnOverdueFaultIsTheFirstThingToDo) {
    std::int64_t now_ms = shop.station().now().utc_ms;
    shop.put(sync::FaultTicket{.id = "F-1",
                               .terminal = "till-2",
                               .device = "scale",
                               .what = "device_gone",
                               .raised_at_ms = now_ms - 10'000'000,
                               .due_ms = now_ms - 1'000'000});
    open();
    enter("1601");
    EXPECT_TRUE(stage.says("The device is gone"));
    EXPECT_TRUE(stage.says("overdue"));
}

// FAULT-2: what each terminal has, and what of it changed, is read by who leads the shop.
TEST_F(AdminEquipment, EachTerminalsDevicesAndTheirChangesAreSeen) {
    open();
    sync::TerminalTold told{.role = "till",
                            .program = "0.0.9",
                            .system = "Debian 12",
                            .weighing = {},
                            .configuration = {},
                            .devices = {{"scale", "st-gs", "/dev/ttyS0", ""}}};
    const auto tell = [&] {
        FANGXIN_CHECK(station().append(sync::draft(told, station().now(), "")).has_value());
    };
    tell();
    const sync::DeviceEvent lost{"scale", "lost", "not_found"};
    FANGXIN_CHECK(station().append(sync::draft(lost, station().now(), "")).has_value());
    told.program = "0.1.0";
    told.devices[0].address = "/dev/ttyS1";
    tell();
    enter("1601");
    ASSERT_TRUE(tap("Devices"));
    key(Key::down);
    EXPECT_TRUE(stage.says("Debian 12"));
    EXPECT_TRUE(stage.says("The device is not there: check power and cable"));
    EXPECT_TRUE(stage.says("Version: 0.0.9"));
    EXPECT_TRUE(stage.says("Version: 0.1.0"));
}

// WEIGH-2, ACCT-2
TEST_F(AdminEquipment, ACertificateIsRenewedByWhoKeepsTheInstruments) {
    const domain::Date today = shop.today();
    const domain::Instrument scale = tests::shop_scale(today - std::chrono::days(1));
    shop.put(scale);
    open();
    enter("1101");
    ASSERT_TRUE(tap("Instruments"));
    key(Key::down);
    EXPECT_TRUE(stage.says("Its certificate has run out"));
    EXPECT_FALSE(stage.says("Renew certificate")) << "a shift lead only reads";
    enter("1401");
    ASSERT_TRUE(tap("Instruments"));
    key(Key::down);
    key(Key::f12);
    write("JD-2", false);
    write("", false);
    write(domain::format_date(today), false);
    write(domain::format_date(today + std::chrono::days(300)), false);
    write("verified", true);
    key(Key::f12);
    auto after = *station().shop().instrument(domain::instrument_id(scale));
    EXPECT_EQ(after.certificate, "JD-2");
    EXPECT_EQ(after.until, today + std::chrono::days(300));
    EXPECT_EQ(station().shop().changes("instrument:", 1)[0].person, "1401");
    EXPECT_TRUE(stage.says("Certificate in force"));
}

// SALE-14
TEST_F(AdminEquipment, ALabelIsReadBeforeItsFormatIsSaved) {
    open();
    enter("1601");
    ASSERT_TRUE(tap("Label formats"));
    scan("2101011012346");
    rest();
    EXPECT_TRUE(stage.says("The till would sell: Bananas · ¥12.34")) << "the usual: an amount";
    ASSERT_TRUE(tap("Change"));
    ASSERT_TRUE(tap("FFWWWWWNNNNNC"));
    key(Key::f12);
    EXPECT_TRUE(stage.says("Bananas · 1.234 kg · ¥8.61"));
    EXPECT_EQ(station().labels().source, LabelSource::usual) << "nothing counts yet";
    key(Key::f12);
    EXPECT_TRUE(stage.says("Labels printed before are read by them too"));
    key(Key::f8);
    write("new scales", true);
    key(Key::f12);
    EXPECT_EQ(station().labels().source, LabelSource::setting);
    auto code = domain::parse_code("2101011012346", station().code_context());
    EXPECT_EQ(code.weight_mg, 1'234'000);
}

// SALE-14: a till that reads by a file of its own showed that file as the shop's, and saved it for
// all.
TEST_F(AdminEquipment, TheFileOfOneTillIsNotSavedForTheShop) {
    tests::TempDir folder;
    tests::write_file(folder.path() / "labels.toml",
                      "[[format]]\npattern = \"FFWWWWWNNNNNC\"\nflags = [\"21\"]\n");
    tests::write_file(folder.path() / "devices.toml",
                      "[labels]\nformats = \"" + (folder.path() / "labels.toml").string() + "\"\n");
    AtTheDesk::open({.devices_file = folder.path() / "devices.toml"});
    enter("1601");
    ASSERT_TRUE(tap("Label formats"));
    EXPECT_TRUE(stage.says("set the shop's at another"));
    EXPECT_FALSE(stage.says("Change"));
}

}  // namespace
}  // namespace fangxin::terminal
