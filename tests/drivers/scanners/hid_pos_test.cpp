#include "drivers/scanners/hid_pos.hpp"

#include "tests/support/capture.hpp"

#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace fangxin::drivers {
namespace {

using tests::as_bytes;
using tests::capture;

std::string drain(HidPosScan& scanner) {
    std::string text;
    while (auto scan = scanner.next()) {
        text += scan->overlong ? "(overlong)" : scan->torn ? "(torn)" : scan->text;
        text += "|";
    }
    return text;
}

std::vector<std::string> reports_of(const std::string& name) {
    std::string bytes = capture(name);
    std::vector<std::string> reports;
    for (std::size_t at = 0; at < bytes.size(); at += 64)
        reports.push_back(bytes.substr(at, 64));
    return reports;
}

std::string scans(const std::vector<std::string>& reports) {
    HidPosScan scanner;
    for (const std::string& report : reports)
        scanner.feed(as_bytes(report), 0);
    scanner.tick(10'000);
    return drain(scanner);
}

/// One report of 64 bytes.
std::string report(const std::string& data, const std::string& identifier, bool more) {
    std::string bytes("\x02");
    bytes += static_cast<char>(data.size());
    bytes += identifier + data;
    bytes.resize(63);
    return bytes + (more ? '\x01' : '\0');
}

const std::string url =
    "https://id.example.cn/01/06901234567892/10/SX88A/21/0000000000001"
    "?17=261231&11=261101&ref=shelf";
const std::string standard_scans =
    "]E06901234567892|"
    "]d201069012345678921726123110AB12\x1D"
    "21X7|"
    "]Q1" +
    url + "|STAFF-017|]C0" + std::string(56, 'A') + "|]E496385074|";
const std::string makers_scans = "6901234567892|" + url + "|" + std::string(61, 'B') + "|96385074|";

// SALE-1
TEST(HidPosScan, PutsScansTogetherFromReports) {
    EXPECT_EQ(scans(reports_of("hid_pos_scanner.hex")), standard_scans);
    EXPECT_EQ(scans(reports_of("hid_makers_scanner.hex")), makers_scans);
}

TEST(HidPosScan, ReadsTheSameWhateverComesBetween) {
    for (const std::string& noise :
         {std::string(), std::string(64, '\0'), std::string("\x03\x04", 2), std::string(64, '\xFF'),
          std::string(63, '\x09')}) {
        std::vector<std::string> noisy{noise};
        for (const std::string& each : reports_of("hid_pos_scanner.hex")) {
            noisy.push_back(each);
            noisy.push_back(noise);
        }
        EXPECT_EQ(scans(noisy), standard_scans);
    }
}

TEST(HidPosScan, AReportCutAtAnyByteIsTornAndTheNextIsRead) {
    auto reports = reports_of("hid_pos_scanner.hex");
    for (std::size_t cut = 1; cut < 64; ++cut) {
        EXPECT_EQ(scans({reports[0].substr(0, cut), reports[0]}), "(torn)|]E06901234567892|")
            << cut;
    }
    std::string vendor = reports_of("hid_makers_scanner.hex")[0];
    for (std::size_t cut = 1; cut < 16; ++cut) {
        EXPECT_EQ(scans({vendor.substr(0, cut), vendor}), "(torn)|6901234567892|") << cut;
    }
    EXPECT_EQ(scans({vendor.substr(0, 16)}), "6901234567892|") << "the filling is of no use";
}

TEST(HidPosScan, HalfAScanIsNeverGivenForAWholeOne) {
    // The pack's lot was cut off, and the till sold what had been recalled.
    auto reports = reports_of("hid_pos_scanner.hex");
    const std::string first = reports[2];
    EXPECT_EQ(scans({first}), "(torn)|") << "its end never comes";
    EXPECT_EQ(scans({first, reports[0]}), "(torn)|]E06901234567892|") << "another scan instead";
    HidPosScan scanner(500);
    scanner.feed(as_bytes(first), 0);
    scanner.tick(499);
    EXPECT_EQ(drain(scanner), "");
    scanner.feed(as_bytes(reports[3]), 499);
    EXPECT_EQ(drain(scanner), "]Q1" + url + "|");
}

TEST(HidPosScan, AReportThatClaimsMoreThanItHoldsIsTorn) {
    std::string lying = report("6901234567892", "]E0", false);
    lying[1] = 57;
    EXPECT_EQ(scans({lying}), "(torn)|");
    lying[1] = '\xFF';
    EXPECT_EQ(scans({lying}), "(torn)|");
    EXPECT_EQ(scans({report("A", "]E0", false) + "x"}), "(torn)|");
    std::string makers("\x01\x3F" + std::string(62, 'A'));
    EXPECT_EQ(scans({makers}), "(torn)|");
}

TEST(HidPosScan, AFullReportOfAMakerWithoutAnEndEndsBySilence) {
    std::string full("\x01\x3E" + std::string(62, 'A'));
    HidPosScan scanner(100);
    scanner.feed(as_bytes(full), 0);
    scanner.tick(99);
    EXPECT_EQ(drain(scanner), "");
    scanner.tick(100);
    EXPECT_EQ(drain(scanner), std::string(62, 'A') + "|");
}

TEST(HidPosScan, TellsAnOverlongScanOnceAndDropsItToItsEnd) {
    std::vector<std::string> reports(100, report(std::string(56, '7'), "]Q0", true));
    reports.push_back(report("7", "]Q0", false));
    reports.push_back(report("123", "]C0", false));
    EXPECT_EQ(scans(reports), "(overlong)|]C0123|");
}

TEST(HidPosScan, StaysSmallUnderEndlessNoise) {
    HidPosScan scanner;
    std::mt19937 random(7);
    for (int round = 0; round < 100'000; ++round) {
        std::string bytes(random() % 80, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random());
        if (!bytes.empty()) bytes[0] = static_cast<char>(random() % 4);
        if (bytes.size() > 1 && random() % 2 == 0) bytes[1] = static_cast<char>(random() % 64);
        scanner.feed(as_bytes(bytes), round);
        ASSERT_LE(scanner.held(), ScanBuffer::longest);
        drain(scanner);
    }
    scanner.tick(1'000'000);
    drain(scanner);
    scanner.feed(as_bytes(report("6901234567892", "]E0", false)), 1'000'000);
    EXPECT_EQ(drain(scanner), "]E06901234567892|");
}

}  // namespace
}  // namespace fangxin::drivers
