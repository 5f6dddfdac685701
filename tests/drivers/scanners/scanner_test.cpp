#include "drivers/scanners/scanner.hpp"

#include "tests/support/capture.hpp"
#include "tests/support/pty.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/input.h>
#include <memory>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

namespace fangxin::drivers {
namespace {

using tests::from_hex;

struct Heard {
    std::mutex mutex;
    std::string text;
    bool has(std::string_view part) {
        std::lock_guard lock(mutex);
        return text.find(part) != std::string::npos;
    }
    void add(const std::string& part) {
        std::lock_guard lock(mutex);
        text += part;
    }
};

std::string words(const Scan& scan) {
    return scan.overlong ? "(overlong)|" : scan.torn ? "(torn)|" : scan.text + "|";
}

ScannerHandlers handlers(Heard& heard) {
    return {.on_scan = [&](const Scan& scan) { heard.add(words(scan)); },
            .on_change = [&](const DeviceChange& c) { heard.add(c.connected ? "+" : "-"); },
            .today = [] { return *domain::make_date(2026, 11, 27); }};
}

/// A pipe as the device's end: what a cable with borders gives is written whole.
class Pipe {
  public:
    Pipe() {
        ::mkfifo(path_.c_str(), 0600);
        end_ = ::open(path_.c_str(), O_RDWR);
    }
    ~Pipe() {
        ::close(end_);
        ::unlink(path_.c_str());
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    DeviceAddress address() const { return FileAddress{path_}; }
    void send(std::string_view bytes) const {
        EXPECT_EQ(::write(end_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    }

  private:
    std::string path_ = ::testing::TempDir() + "fangxin-scanner-" + std::to_string(::getpid());
    int end_ = -1;
};

std::string event_of(std::uint16_t type, std::uint16_t code, int value) {
    input_event event{};
    event.type = type;
    event.code = code;
    event.value = value;
    return {reinterpret_cast<const char*>(&event), sizeof event};
}

std::string key(std::uint16_t code, int value) { return event_of(EV_KEY, code, value); }

std::string struck(std::uint16_t code) { return key(code, 1) + key(code, 0); }

TEST(Scanner, GivesScansWithAndWithoutSuffixAndTellsThePlug) {
    Heard heard;
    tests::Pty pty;
    Scanner scanner(
        {.address = PathAddress{pty.path()}, .driver = find_scanner_driver("serial"), .line = {}},
        handlers(heard));
    scanner.start();
    ASSERT_TRUE(tests::soon([&] { return heard.has("+"); }));
    pty.send("690123");
    EXPECT_TRUE(tests::soon([&] { return heard.has("+690123|"); }));
    pty.send("6901234567892\r");
    EXPECT_TRUE(tests::soon([&] { return heard.has("|6901234567892|"); }));
    pty.unplug();
    EXPECT_TRUE(tests::soon([&] { return heard.has("6901234567892|-"); }));
}

TEST(Scanner, ReadsReportsOfAUsbScanner) {  // SALE-1
    Heard heard;
    Pipe pipe;
    Scanner scanner(
        {.address = pipe.address(), .driver = find_scanner_driver("hid-pos"), .line = {}},
        handlers(heard));
    scanner.start();
    std::string report = from_hex("02 0D 5D 45 30 36 39 30 31 32 33 34 35 36 37 38 39 32");
    report.resize(64);
    pipe.send(report);
    EXPECT_TRUE(tests::soon([&] { return heard.has("]E06901234567892|"); }));
}

TEST(Scanner, ReadsTheKeysOfAKeyboardScannerUntilEnter) {  // SALE-1
    Heard heard;
    Pipe pipe;
    Scanner scanner(
        {.address = pipe.address(), .driver = find_scanner_driver("keyboard"), .line = {}},
        handlers(heard));
    scanner.start();
    pipe.send(struck(KEY_6) + struck(KEY_9) + struck(KEY_0) + struck(KEY_1) + struck(KEY_ENTER));
    EXPECT_TRUE(tests::soon([&] { return heard.has("6901|"); }));
}

TEST(Scanner, FollowsTheCapsLockLightIfItIsSaidTo) {  // SALE-1
    for (const bool follows : {false, true}) {
        Heard heard;
        Pipe pipe;
        Scanner scanner({.address = pipe.address(),
                         .driver = find_scanner_driver("keyboard"),
                         .line = {},
                         .parser = {.follows_caps_light = follows}},
                        handlers(heard));
        scanner.start();
        pipe.send(event_of(EV_LED, LED_CAPSL, 1) + struck(KEY_A) + struck(KEY_ENTER));
        EXPECT_TRUE(tests::soon([&] { return heard.has(follows ? "A|" : "a|"); }));
    }
}

TEST(Scanner, TakesTheFormOffThatWasLearnt) {  // SALE-1
    Heard heard;
    tests::Pty pty;
    const ScanForm form{.prefix = "", .suffix = "", .aim = true, .separator = "|"};
    Scanner scanner({.address = PathAddress{pty.path()},
                     .driver = find_scanner_driver("serial"),
                     .line = {},
                     .form = form},
                    handlers(heard));
    scanner.start();
    ASSERT_TRUE(tests::soon([&] { return heard.has("+"); }));
    pty.send("]d2010690123456789210AB|17271231\r");
    EXPECT_TRUE(tests::soon([&] {
        return heard.has(
            "]d2010690123456789210AB\x1d"
            "17271231|");
    }));
}

TEST(Scanner, WhatWasSentTwiceIsOneItemAndWhatWasScannedAgainIsTwo) {
    // Users of other tills: the same item twice in a row was swallowed.
    Heard heard;
    tests::Pty pty;
    Scanner scanner({.address = PathAddress{pty.path()},
                     .driver = find_scanner_driver("serial"),
                     .line = {},
                     .form = {},
                     .twice_ms = 150},
                    handlers(heard));
    scanner.start();
    ASSERT_TRUE(tests::soon([&] { return heard.has("+"); }));
    pty.send("690\r690\r");
    pty.send("123\r");
    EXPECT_TRUE(tests::soon([&] { return heard.has("+690|123|"); }));
    Interrupt never;
    never.wait_for(200);
    pty.send("123\r");
    EXPECT_TRUE(tests::soon([&] { return heard.has("123|123|"); }));
}

// Half a code of before the cable was pulled made another one with what came after it.
TEST(Scanner, BeginsAnewWhenItIsConnectedAgain) {
    const std::string link =
        ::testing::TempDir() + "fangxin-scanner-link-" + std::to_string(::getpid());
    Heard heard;
    auto first = std::make_unique<tests::Pty>();
    ASSERT_EQ(::symlink(first->path().c_str(), link.c_str()), 0);
    Scanner scanner(
        {.address = PathAddress{link}, .driver = find_scanner_driver("serial"), .line = {}},
        handlers(heard));
    scanner.start();
    ASSERT_TRUE(tests::soon([&] { return heard.has("+"); }));
    first->send("123\r6901");
    ASSERT_TRUE(tests::soon([&] { return heard.has("+123|"); }));
    ::unlink(link.c_str());
    first->unplug();
    ASSERT_TRUE(tests::soon([&] { return heard.has("+123|-"); }));
    tests::Pty second;
    ASSERT_EQ(::symlink(second.path().c_str(), link.c_str()), 0);
    ASSERT_TRUE(tests::soon([&] { return heard.has("-+"); }));
    second.send("456\r");
    EXPECT_TRUE(tests::soon([&] { return heard.has("+456|"); }));
    ::unlink(link.c_str());
}

}  // namespace
}  // namespace fangxin::drivers
