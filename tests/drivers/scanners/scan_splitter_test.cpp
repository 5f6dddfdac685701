#include "drivers/scanners/scan_splitter.hpp"

#include "tests/support/capture.hpp"

#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

using tests::as_bytes;

std::string drain(ScanSplitter& splitter) {
    std::string text;
    while (auto scan = splitter.next())
        text += scan->overlong ? "(overlong)|" : scan->text + "|";
    return text;
}

std::string scans(std::string_view bytes) {
    ScanSplitter splitter(100);
    splitter.feed(as_bytes(bytes), 0);
    splitter.tick(1000);
    return drain(splitter);
}

TEST(ScanSplitter, EndsAScanAtCrOrLfOrBoth) {
    EXPECT_EQ(scans("6901234567892\r6901234567892\r"), "6901234567892|6901234567892|");
    EXPECT_EQ(scans("6901234567892\n6901234567892\n"), "6901234567892|6901234567892|");
    EXPECT_EQ(scans("6901234567892\r\n6901234567892\r\n"), "6901234567892|6901234567892|");
}

TEST(ScanSplitter, GivesNoEmptySecondScanAfterCrLfInTwoPieces) {
    ScanSplitter splitter(100);
    splitter.feed(as_bytes("123\r"), 0);
    EXPECT_EQ(drain(splitter), "123|");
    splitter.feed(as_bytes("\n"), 500);
    splitter.tick(5000);
    EXPECT_EQ(drain(splitter), "");
}

TEST(ScanSplitter, ReadsTheSameInEverySlicing) {
    std::string bytes =
        "]d2010690123456789217261231\x1D"
        "10A\r\n\r\n690\r123\n";
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        ScanSplitter splitter(100);
        for (std::size_t at = 0; at < bytes.size(); at += size) {
            splitter.feed(as_bytes(bytes).subspan(at, std::min(size, bytes.size() - at)), 0);
        }
        EXPECT_EQ(drain(splitter),
                  "]d2010690123456789217261231\x1D"
                  "10A|690|123|")
            << size;
    }
}

TEST(ScanSplitter, EndsAScanWithoutSuffixBySilence) {
    ScanSplitter splitter(100);
    splitter.feed(as_bytes("69012345"), 0);
    splitter.tick(99);
    EXPECT_EQ(drain(splitter), "");
    splitter.feed(as_bytes("67892"), 99);
    splitter.tick(198);
    EXPECT_EQ(drain(splitter), "");
    splitter.tick(199);
    EXPECT_EQ(drain(splitter), "6901234567892|");
}

// A wireless scanner paused within a code, and its two halves were two codes.
TEST(ScanSplitter, WaitsLongerForTheEndOfAScannerThatHasSentOne) {
    ScanSplitter splitter(100);
    splitter.feed(as_bytes("6901234567892\r"), 0);
    EXPECT_EQ(drain(splitter), "6901234567892|");
    splitter.feed(as_bytes("690123456"), 1'000);
    EXPECT_EQ(splitter.quiet_ms(), 1'000);
    splitter.tick(1'999);
    EXPECT_EQ(drain(splitter), "");
    splitter.feed(as_bytes("7892\r"), 1'999);
    EXPECT_EQ(drain(splitter), "6901234567892|");
    splitter.feed(as_bytes("6901234567892"), 4'000);  // its suffix was switched off
    splitter.tick(5'000);
    EXPECT_EQ(drain(splitter), "6901234567892|");
    EXPECT_EQ(splitter.quiet_ms(), 100);
}

TEST(ScanSplitter, WithoutItsEndAScanIsTornWhereTheInstallerKnowsThatThereIsOne) {
    ScanSplitter splitter(100, true);
    splitter.feed(as_bytes("690123456"), 0);
    splitter.tick(999);
    EXPECT_EQ(splitter.next(), std::nullopt);
    splitter.tick(1'000);
    auto torn = splitter.next();
    ASSERT_TRUE(torn);
    EXPECT_TRUE(torn->torn);
    EXPECT_EQ(torn->text, "");
}

TEST(ScanSplitter, SplitsAtASilenceNobodyTold) {
    ScanSplitter splitter(100);
    splitter.feed(as_bytes("123"), 0);
    splitter.feed(as_bytes("456\r"), 100);
    EXPECT_EQ(drain(splitter), "123|456|");
}

TEST(ScanSplitter, KeepsTheSameCodeScannedTwice) {
    // A cashier scanned two of the same soap and was charged for one.
    EXPECT_EQ(scans("6901234567892\r\n6901234567892\r\n"), "6901234567892|6901234567892|");
}

TEST(ScanSplitter, KeepsGsAndDropsNul) {
    using namespace std::string_view_literals;
    EXPECT_EQ(scans("\0]C1\0"
                    "10AB\x1D"
                    "21X\0\r"sv),
              "]C110AB\x1D"
              "21X|");
}

TEST(ScanSplitter, TellsAnOverlongScanOnceAndDropsItToItsEnd) {
    std::string longest(ScanSplitter::longest, '7');
    EXPECT_EQ(scans(longest + "\r123\r"), longest + "|123|");
    EXPECT_EQ(scans(longest + "7\r123\r"), "(overlong)|123|");
    EXPECT_EQ(scans(longest + longest + longest + "\r\n123\r"), "(overlong)|123|");
}

TEST(ScanSplitter, StaysSmallUnderEndlessBytesWithoutAnEnd) {
    ScanSplitter splitter(100);
    std::string bytes(1000, 'A');
    int told = 0;
    for (int i = 0; i < 10'000; ++i) {
        splitter.feed(as_bytes(bytes), 0);
        while (splitter.next())
            ++told;
    }
    EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace fangxin::drivers
