#include "drivers/scales/hid_report.hpp"

#include "tests/support/capture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

/// The readings of one USB read.
std::string read(const char* hex) {
    HidReportScale scale;
    scale.feed(tests::as_bytes(tests::from_hex(hex)));
    std::string text;
    while (auto reading = scale.next())
        text += fmt::format("{} {};", domain::to_text(reading->state), reading->gross_mg);
    return text;
}

// Vectors: HID Point of Sale Usage Tables 1.02, section 4 (weight report).
TEST(HidReportScale, ReadsWeightReports) {
    EXPECT_EQ(read("03 04 03 FD D2 04"), "stable 1234000;");
    EXPECT_EQ(read("03 03 03 FD E8 03"), "motion 1000000;");
    EXPECT_EQ(read("03 04 03 FD D2 04 00 00"), "stable 1234000;") << "padded";
    EXPECT_EQ(read("03 02 03 FD 00 00 03 04 03 FD D2 04"), "stable 0;stable 1234000;");
}

TEST(HidReportScale, RefusesWhatIsNoStatusAndWhatIsTooShort) {
    EXPECT_EQ(read("03 00 03 FD D2 04"), "");
    EXPECT_EQ(read("03 09 03 FD D2 04"), "");
    EXPECT_EQ(read("03 04 03 FD D2"), "");
    EXPECT_EQ(read(""), "");
}

// What lay inside a report of another kind was taken for a weight.
TEST(HidReportScale, LooksForNoWeightInAnotherReport) {
    EXPECT_EQ(read("04 01 03 04 03 FD D2 04"), "");
    EXPECT_EQ(read("05 03 04 03 FD D2 04 00"), "");
    EXPECT_EQ(read("03 00 03 04 03 FD D2 04"), "");
}

}  // namespace
}  // namespace fangxin::drivers
