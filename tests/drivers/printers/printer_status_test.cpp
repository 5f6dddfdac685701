#include "drivers/printers/printer_status.hpp"

#include "drivers/transports/virtual_printer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::drivers {
namespace {

std::string words(const PrinterStatus& status) {
    if (!status.known) return "unknown";
    std::string text;
    auto add = [&](bool set, std::string_view word) {
        if (set) text += fmt::format("{} ", word);
    };
    add(status.gone, "gone");
    add(status.offline, "offline");
    add(status.cover_open, "cover");
    add(status.paper_out, "out");
    add(status.paper_low, "low");
    add(status.error, "error");
    add(status.drawer_pin_high, "pin");
    return text.empty() ? "fine" : text;
}

// Vectors: devices.md section 4.
TEST(PrinterStatus, UnderstandsEachAnswer) {
    EXPECT_EQ(words(parse_status(1, 0x12)), "fine");
    EXPECT_EQ(words(parse_status(1, 0x1A)), "offline ");
    EXPECT_EQ(words(parse_status(1, 0x16)), "pin ");
    EXPECT_EQ(words(parse_status(2, 0x12)), "fine");
    EXPECT_EQ(words(parse_status(2, 0x16)), "cover ");
    EXPECT_EQ(words(parse_status(2, 0x32)), "out ");
    EXPECT_EQ(words(parse_status(2, 0x52)), "error ");
    EXPECT_EQ(words(parse_status(2, 0x1A)), "fine");  // feeding by its button
    EXPECT_EQ(words(parse_status(3, 0x1A)), "error ");
    EXPECT_EQ(words(parse_status(3, 0x32)), "error ");
    EXPECT_EQ(words(parse_status(4, 0x1E)), "low ");
    EXPECT_EQ(words(parse_status(4, 0x72)), "out ");
    EXPECT_EQ(words(parse_status(4, 0x7E)), "out low ");
}

TEST(PrinterStatus, TakesNothingElseForAnAnswer) {
    for (int byte : {0x00, 0x10, 0x11, 0x13, 0x92, 0xFF, 0x41})
        EXPECT_EQ(words(parse_status(1, static_cast<std::uint8_t>(byte))), "unknown") << byte;
    EXPECT_EQ(words(parse_status(5, 0x12)), "unknown");
}

TEST(PrinterStatus, TheVirtualPrinterSpeaksTheSameLanguage) {
    EXPECT_EQ(words(parse_status(2, *virtual_answer(VirtualStatus::paper_out, 2))), "out ");
    EXPECT_EQ(words(parse_status(2, *virtual_answer(VirtualStatus::cover_open, 2))), "cover ");
    EXPECT_EQ(words(parse_status(3, *virtual_answer(VirtualStatus::error, 3))), "error ");
    EXPECT_EQ(words(parse_status(4, *virtual_answer(VirtualStatus::paper_low, 4))), "low ");
    EXPECT_FALSE(virtual_answer(VirtualStatus::silent, 1));
}

/// Each status that a stream holds, the answer to question n marked by `!`.
std::string heard(int n, const std::string& bytes) {
    StatusReader reader(n);
    std::string text;
    for (char byte : bytes) {
        auto status = reader.feed(static_cast<std::uint8_t>(byte));
        if (status) text += words(*status) + (reader.answered() ? "!" : ";");
    }
    return text;
}

TEST(PrinterStatus, UnderstandsAutomaticStatus) {
    using std::string;
    EXPECT_EQ(words(parse_automatic_status({0x10, 0, 0, 0x0F})), "fine");
    EXPECT_EQ(words(parse_automatic_status({0x14, 0, 0, 0x0F})), "pin ");
    EXPECT_EQ(words(parse_automatic_status({0x38, 0, 0, 0x0F})), "offline cover ");
    EXPECT_EQ(words(parse_automatic_status({0x18, 0x08, 0, 0x0F})), "offline error ");
    EXPECT_EQ(words(parse_automatic_status({0x10, 0, 0x03, 0x0F})), "low ");
    EXPECT_EQ(words(parse_automatic_status({0x18, 0, 0x0F, 0x0F})), "offline out low ");
    EXPECT_EQ(words(parse_automatic_status({0x12, 0, 0, 0x0F})), "unknown");
    EXPECT_EQ(words(parse_automatic_status({0x10, 0x80, 0, 0x0F})), "unknown");
}

TEST(PrinterStatus, UnderstandsLabelPrinters) {
    EXPECT_EQ(words(parse_tspl_status(0x00)), "fine");
    EXPECT_EQ(words(parse_tspl_status(0x20)), "fine");  // printing
    EXPECT_EQ(words(parse_tspl_status(0x05)), "cover out ");
    EXPECT_EQ(words(parse_tspl_status(0x02)), "error ");
    EXPECT_EQ(words(parse_tspl_status(0x08)), "error ");
    EXPECT_EQ(words(parse_tspl_status(0x10)), "offline ");
    EXPECT_EQ(words(parse_tspl_status(0x80)), "error ");
    EXPECT_EQ(words(parse_tspl_status(0x41)), "unknown");
}

TEST(PrinterStatus, FindsStatusAmongOtherBytes) {
    EXPECT_EQ(heard(4, "\x13\x1E"), "low !");
    EXPECT_EQ(heard(2, std::string("\x38\x00\x00\x0F\x16", 5)), "offline cover ;cover !");
    EXPECT_EQ(heard(2, std::string("\x10\x00\x10\x00\x00\x0F", 6)), "fine;");
    EXPECT_EQ(heard(2, std::string("\x00\x05\x41\xFF", 4)), "");
}

TEST(PrinterStatus, TheWorstHasTheWord) {
    PrinterStatus status = parse_status(4, 0x1E);
    EXPECT_EQ(status_code(status), "paper_low");
    status.error = true;
    EXPECT_EQ(status_code(status), "printer_error");
    status.paper_out = true;
    EXPECT_EQ(status_code(status), "paper_out");
    status.cover_open = true;
    EXPECT_EQ(status_code(status), "cover_open");
    EXPECT_EQ(status_code({}), "");
}

}  // namespace
}  // namespace fangxin::drivers
