#include "drivers/transports/serial.hpp"

#include "drivers/device_loop.hpp"
#include "tests/support/capture.hpp"
#include "tests/support/pty.hpp"

#include <array>
#include <atomic>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace fangxin::drivers {
namespace {

using tests::as_bytes;

std::string read_text(Transport& port, int timeout_ms = 2000) {
    std::array<std::byte, 64> buffer;
    auto count = port.read(buffer, timeout_ms);
    if (!count) return count.error().code;
    return std::string(reinterpret_cast<const char*>(buffer.data()), *count);
}

std::string open_error(const std::string& path) {
    auto port = open_serial(path, {});
    return port ? "opened" : port.error().code;
}

TEST(LineSettings, ReadAsTheyAreWritten) {
    for (const char* text : {"9600 8n1", "4800 7e1", "115200 7o2", "300 5m1", "921600 6s1"}) {
        EXPECT_EQ(format_line_settings(*parse_line_settings(text)), text);
    }
    for (const char* text : {"", "9600", "9600 8n", "9601 8n1", "9600 4n1", "9600 9n1", "9600 8x1",
                             "9600 8n3", "-9600 8n1", "9600  8n1", " 8n1"}) {
        EXPECT_EQ(parse_line_settings(text).error().code, "bad_line_settings") << text;
    }
}

TEST(SerialPort, ReadsAndWritesEveryByte) {
    tests::Pty pty;
    auto port = open_serial(pty.path(), {});
    ASSERT_TRUE(port.has_value());
    std::string bytes;
    for (int i = 0; i < 256; ++i)
        bytes.push_back(static_cast<char>(i));
    pty.send(bytes);
    std::string got;
    while (got.size() < 256)
        got += read_text(**port);
    EXPECT_EQ(got, bytes);
    ASSERT_TRUE((*port)->write(as_bytes(bytes), 1000).has_value());
    EXPECT_EQ(pty.received(), bytes);
}

TEST(SerialPort, GivesWhatCameInPieces) {
    tests::Pty pty;
    auto port = open_serial(pty.path(), {});
    pty.send("12");
    EXPECT_EQ(read_text(**port), "12");
    pty.send("3\r");
    EXPECT_EQ(read_text(**port), "3\r");
}

TEST(SerialPort, TimesOutWithoutBytes) {
    tests::Pty pty;
    auto port = open_serial(pty.path(), {});
    EXPECT_EQ(read_text(**port, 10), "");
}

TEST(SerialPort, OpensAPseudoTerminalThatRefusesParity) {
    tests::Pty pty;
    LineSettings line{.baud = 9600, .data_bits = 7, .parity = Parity::even, .stop_bits = 1};
    auto port = open_serial(pty.path(), line);
    ASSERT_TRUE(port.has_value());
    pty.send("\x02-0");
    EXPECT_EQ(read_text(**port), "\x02-0");
}

TEST(SerialPort, ThrowsAwayWhatCameBeforeItWasOpened) {  // WEIGH-5
    tests::Pty pty;
    int held = ::open(pty.path().c_str(), O_RDWR | O_NOCTTY);
    pty.send("an old weight");
    auto port = open_serial(pty.path(), {});
    pty.send("new");
    EXPECT_EQ(read_text(**port), "new");
    ::close(held);
}

TEST(SerialPort, SaysWhenTheDeviceIsGone) {
    tests::Pty pty;
    auto port = open_serial(pty.path(), {});
    pty.send("last words");
    pty.unplug();
    std::string said = read_text(**port);  // Linux may or may not keep the last bytes
    if (said == "last words") said = read_text(**port);
    EXPECT_EQ(said, "device_gone");
    EXPECT_EQ((*port)->write(as_bytes("x"), 100).error().code, "device_gone");
}

TEST(SerialPort, SaysWhyItCannotBeOpened) {
    EXPECT_EQ(open_error("/dev/no-such-port"), "not_found");
    EXPECT_EQ(open_error("/dev/null"), "not_a_port");
    tests::Pty pty;
    auto first = open_serial(pty.path(), {});
    EXPECT_EQ(open_error(pty.path()), "busy");
    first->reset();
    EXPECT_EQ(open_error(pty.path()), "opened");
}

TEST(SerialPort, StopsReadingWhenInterrupted) {
    tests::Pty pty;
    auto port = open_serial(pty.path(), {});
    Interrupt interrupt;
    std::array<std::byte, 8> buffer;
    std::thread other([&] { interrupt.raise(); });
    EXPECT_EQ(*(*port)->read(buffer, -1, &interrupt), 0U);
    other.join();
    EXPECT_TRUE(interrupt.wait_for(0));
}

}  // namespace
}  // namespace fangxin::drivers
