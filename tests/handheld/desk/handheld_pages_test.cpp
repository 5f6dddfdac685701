// What lies beside the goods on the handheld: complaints and settings, and what is said over a
// page.
#include "tests/handheld/desk/at_the_handheld.hpp"

namespace fangxin::handheld {
namespace {

using kit::Key;
using tests::milk_code;

class HandheldPagesTest : public AtTheHandheld {};

// COMP-1: the item's code was refused as a scan, and the complaint was about nothing.
TEST_F(HandheldPagesTest, AComplaintIsTakenAboutWhatWasScanned) {
    log_in("1201");
    stage.scan(pack("L1", 3));
    EXPECT_TRUE(tap("Complaint"));
    complain("sour");
    auto taken = shop.station().shop().complaints();
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken.front().item + " " + taken.front().what, "milk sour");
    EXPECT_TRUE(tap("Close"));
    EXPECT_TRUE(stage.says("May be sold"));
}

// COMP-1: the list said for a minute that there was nothing to do.
TEST_F(HandheldPagesTest, AComplaintThatWasTakenIsATaskAtOnce) {
    log_in("1201");
    EXPECT_TRUE(stage.says("Nothing to do"));
    EXPECT_TRUE(tap("Complaint"));
    complain("sour");
    EXPECT_TRUE(tap("Close"));
    EXPECT_FALSE(stage.says("Nothing to do"));
    EXPECT_TRUE(stage.says("Complaint: "));
}

// COMP-6: whoever opened the page next saw a customer's telephone number.
TEST_F(HandheldPagesTest, AHalfWrittenComplaintIsItsWritersAlone) {
    const auto write = [this](const std::string& what) {
        EXPECT_TRUE(tap("Complaint"));
        EXPECT_TRUE(tap("In the customer's own words"));
        tap("中");  // Latin from here on
        type(what);
        key(Key::escape);
    };
    log_in("1201");
    write("138571");
    log_out();
    log_in("1301");
    EXPECT_TRUE(tap("Complaint"));
    EXPECT_FALSE(stage.says("138571"));
    restart();
    log_in("1301");
    EXPECT_TRUE(tap("Complaint"));
    EXPECT_FALSE(stage.says("138571"));
    log_out();
    log_in("1201");
    EXPECT_TRUE(tap("Complaint"));
    EXPECT_TRUE(stage.says("138571"));
}

// A scan that nothing came of was refused by a tone alone.
// FAULT-1: by touch alone; the next person does not find what this one wrote.
TEST_F(HandheldPagesTest, AFaultIsReportedFromTheHandheld) {
    log_in("1201");
    EXPECT_TRUE(tap("More"));
    ASSERT_TRUE(tap("Report a fault"));
    EXPECT_TRUE(tap("Printer"));
    EXPECT_TRUE(tap("B · serious"));
    EXPECT_TRUE(tap("Since when, and what was tried"));
    EXPECT_TRUE(tap("中"));  // Latin from here on
    type("jam");
    key(kit::Key::escape);
    EXPECT_TRUE(tap("Report it"));
    EXPECT_TRUE(stage.says("The fault is reported"));
    EXPECT_TRUE(tap("Done"));
    const auto faults = shop.station().shop().faults(0);
    ASSERT_EQ(faults.size(), 1);
    EXPECT_EQ(faults[0].device + " " + faults[0].what + " " + faults[0].raised_by,
              "printer jam 1201");
    EXPECT_EQ(faults[0].severity, domain::FaultSeverity::B);
    EXPECT_TRUE(tap("More"));
    EXPECT_TRUE(tap("Report a fault"));
    EXPECT_TRUE(tap("Scale"));
    log_in("1301");
    EXPECT_TRUE(tap("More"));
    EXPECT_TRUE(tap("Report a fault"));
    EXPECT_TRUE(tap("Report it"));
    EXPECT_FALSE(stage.says("The fault is reported")) << "nothing of the other person's is there";
    stage.scan(tests::noodles_code);
    EXPECT_TRUE(stage.says("Leave the report of the fault first, then scan"));
}

TEST_F(HandheldPagesTest, ARefusedScanIsSaidInWords) {
    log_in("1201");
    EXPECT_TRUE(tap("Complaint"));
    stage.scan("hello");
    EXPECT_TRUE(stage.says("Neither goods nor a receipt"));
    log_out();
    EXPECT_FALSE(stage.says("Neither goods nor a receipt"));
    log_in("1201");
    stage.scan(pack("L1", 3));
    EXPECT_TRUE(tap("Quarantine"));
    stage.scan(pack("L1", 3));
    EXPECT_TRUE(stage.says("This step takes no such code"));
    EXPECT_EQ(sound(), kit::Sound::warn);
    log_out();
    log_in("1201");
    EXPECT_TRUE(tap("More"));
    EXPECT_TRUE(tap("Settings"));
    stage.scan(milk_code);
    EXPECT_TRUE(stage.says("Close the settings first, then scan"));
}

// What was refused lay under the keyboard.
TEST_F(HandheldPagesTest, ARefusalUnderTheKeyboardIsSaidOverIt) {
    log_in("1201");
    EXPECT_TRUE(tap("Receive"));
    EXPECT_TRUE(tap("Name, pinyin or number"));
    stage.scan("6901234567893");
    EXPECT_TRUE(stage.says("its check digit is wrong"));
}

}  // namespace
}  // namespace fangxin::handheld
