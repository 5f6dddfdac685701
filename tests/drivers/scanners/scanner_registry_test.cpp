#include "drivers/printers/pole_display.hpp"
#include "drivers/scanners/scanner.hpp"
#include "tests/support/capture.hpp"

#include <gtest/gtest.h>
#include <set>

namespace fangxin::drivers {
namespace {

// SALE-1: a row without a capture is a scanner that nobody tried.
TEST(ScannerRegistry, EachKindHasANameWordsAndACapture) {
    std::set<std::string_view> ids;
    for (const ScannerDriver& row : scanner_drivers()) {
        EXPECT_TRUE(ids.insert(row.id).second) << row.id;
        EXPECT_EQ(find_scanner_driver(row.id), &row);
        EXPECT_FALSE(row.words.empty());
        EXPECT_FALSE(tests::capture(std::string(row.capture)).empty()) << row.id;
        EXPECT_TRUE(row.make({})) << row.id;
    }
    EXPECT_EQ(find_scanner_driver("telepathy"), nullptr);
}

TEST(ScannerRegistry, ASerialScannersCaptureIsReadScanByScan) {
    const ScannerDriver& row = *find_scanner_driver("serial");
    auto parser = row.make({});
    const std::string bytes = tests::capture(std::string(row.capture));
    parser->feed(tests::as_bytes(bytes), 0);
    std::string read;
    while (auto scan = parser->next())
        read += scan->text + "|";
    EXPECT_EQ(read,
              "6901234567892|]E06901234567892|]d2010690123456789217261231\x1D"
              "10L7|]C101169012345678991126112010A1|69012341|");
}

// SALE-10
TEST(PoleRegistry, EachKindIsFoundByItsName) {
    for (const PoleDriver& row : pole_drivers()) {
        EXPECT_EQ(find_pole_driver(row.id), &row);
        EXPECT_FALSE(row.words.empty());
        EXPECT_NE(
            pole_bytes({.kind = PoleKind::total, .amount_fen = 1240}, {.protocol = row.protocol})
                .find("12.40"),
            std::string::npos)
            << row.id;
    }
    EXPECT_EQ(find_pole_driver("neon"), nullptr);
}

}  // namespace
}  // namespace fangxin::drivers
