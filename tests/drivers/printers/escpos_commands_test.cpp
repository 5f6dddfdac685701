#include "drivers/printers/escpos_commands.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

/// The sizes of the commands one after the other; `?` after an unknown one, `…` after a cut one.
std::string sizes(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        EscposCommand next = next_command(bytes);
        text += fmt::format("{}", next.size);
        if (next.state == EscposCommand::State::unknown) text += '?';
        if (next.state == EscposCommand::State::cut) return text + "…";
        text += ' ';
        bytes.remove_prefix(next.size);
    }
    return text;
}

TEST(EscposCommands, EachIsAsLongAsThePrinterTakesIt) {
    EXPECT_EQ(sizes("\x1B@\x1C&\xB2\xE2\n"s), "2 2 1 1 1 ");
    EXPECT_EQ(sizes("\x1Bp\x00\x19\xFA\x1DV\x00\x1DVB\x00"s), "5 3 4 ");
    EXPECT_EQ(sizes("\x1Dk\x02"
                    "6901234567892\x00\x1Dk\x49\x03{BA"s),
              "17 7 ");
    EXPECT_EQ(sizes("\x1Dv0\x00\x02\x00\x01\x00\x10\x04\x10\x04\x02"s), "10 3 ");
    EXPECT_EQ(sizes("\x1B*\x21\x01\x00\x10\x04\x01\x1B*\x00\x01\x00\x10"s), "8 6 ");
    EXPECT_EQ(sizes("\x1D(k\x03\x00\x31\x51\x30\x1D"
                    "8L\x02\x00\x00\x00\x30\x32"s),
              "8 9 ");
    EXPECT_EQ(sizes("\x1CqX"s), "3…");
    EXPECT_EQ(sizes("\x1Cq\x01\x01\x00\x01\x00"
                    "12345678\x1D*\x01\x01"
                    "12345678"s),
              "15 12 ");
    EXPECT_EQ(sizes("\x1B&\x03\x41\x42\x01"
                    "abc\x00z"s),
              "10 1 ");
    EXPECT_EQ(sizes("\x10\x04\x02\x10\x14\x01\x00\x05\x10\x10"s), "3 5 1 1 ");
    EXPECT_EQ(sizes("\x1B\x99z"s), "2? 1 ");
}

TEST(EscposCommands, OneThatIsCutOffIsNotWhole) {
    std::string raster = "\x1Dv0\x00\x02\x00\x02\x00\x10\x04\x10\x04"s;
    for (std::size_t size = 1; size < raster.size(); ++size)
        EXPECT_EQ(sizes(raster.substr(0, size)), fmt::format("{}…", size));
    EXPECT_EQ(sizes(raster), "12 ");
}

TEST(EscposCommands, TextWithoutItsEndIsNotWaitedForForEver) {
    EXPECT_EQ(sizes("\x1B\x44" + std::string(300, 'a')).substr(0, 4), "258 ");
}

}  // namespace
}  // namespace fangxin::drivers
