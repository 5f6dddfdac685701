#include "drivers/scanners/keyboard_scan.hpp"

#include "tests/support/capture.hpp"

#include <gtest/gtest.h>
#include <linux/input-event-codes.h>
#include <random>
#include <sstream>
#include <vector>

namespace fangxin::drivers {
namespace {

struct TimedKey {
    std::int64_t ms = 0;
    KeyEvent key;
};

std::vector<TimedKey> captured() {
    std::ifstream file(std::string(FANGXIN_SOURCE_DIR) + "/tests/captures/keyboard_scanner.events");
    std::vector<TimedKey> keys;
    for (std::string line; std::getline(file, line);) {
        TimedKey key;
        std::istringstream text(line);
        if (text >> key.ms >> key.key.code >> key.key.value) keys.push_back(key);
    }
    EXPECT_GT(keys.size(), 300U);
    return keys;
}

std::string drain(KeyboardScan& scanner) {
    std::string text;
    while (auto scan = scanner.next()) {
        text += scan->overlong ? "(overlong)" : scan->torn ? "(torn)" : scan->text;
        text += "\n";
    }
    return text;
}

const std::string captured_scans =
    "]E06901234567892\n"
    "]d201069012345678921726123110Ab12\x1D"
    "21x-7\n"
    "]C1010690123456789210Ab12\x1D"
    "21X7\n"
    "]d2010690123456789210AB12\uE708"
    "21X7\n"
    "96385074\n"
    "6901234567892\n"
    "https://a.example/01/06901234567892?17=261231&x=~#|<>{}^@!$%*()_+\"'`\\;,\n"
    "abCD12ef\n";

/// Presses and lets go of keys, one a millisecond.
class Fingers {
  public:
    explicit Fingers(const KeyboardScanOptions& options = {}) : scanner(options) {}

    Fingers& down(int code, int value = 1) {
        scanner.feed({code, value}, ++now);
        return *this;
    }
    Fingers& up(int code) { return down(code, 0); }
    Fingers& tap(std::initializer_list<int> codes) {
        for (int code : codes)
            down(code).up(code);
        return *this;
    }
    Fingers& wait(std::int64_t ms) {
        now += ms;
        scanner.tick(now);
        return *this;
    }
    std::string out() { return drain(scanner); }

    KeyboardScan scanner;
    std::int64_t now = 1'000;
};

}  // namespace

// SALE-1
TEST(KeyboardScan, ReadsAScannersKeysAsTheyWereMeant) {
    KeyboardScan scanner;
    std::int64_t last = 0;
    for (const TimedKey& key : captured()) {
        scanner.tick(key.ms);
        scanner.feed(key.key, key.ms);
        last = key.ms;
    }
    scanner.tick(last + 1'000);
    EXPECT_EQ(drain(scanner), captured_scans);
}

TEST(KeyboardScan, RepeatedKeysAndKeysOfNoTextChangeNothing) {
    KeyboardScan scanner;
    std::int64_t last = 0;
    for (const TimedKey& key : captured()) {
        scanner.feed(key.key, key.ms);
        if (key.key.value == 1) scanner.feed({key.key.code, 2}, key.ms);
        for (int other : {KEY_NUMLOCK, KEY_HOME, KEY_LEFTMETA, KEY_VOLUMEUP, KEY_UNKNOWN, 0x2FF}) {
            scanner.feed({other, 1}, key.ms);
            scanner.feed({other, 0}, key.ms);
        }
        last = key.ms;
    }
    scanner.tick(last + 1'000);
    EXPECT_EQ(drain(scanner), captured_scans);
}

TEST(KeyboardScan, BluetoothPausesDoNotCutACodeInTwo) {
    Fingers fingers;
    fingers.tap({KEY_6, KEY_9, KEY_0, KEY_1}).wait(200).tap({KEY_2, KEY_3, KEY_4});
    fingers.wait(200).tap({KEY_5, KEY_ENTER});
    EXPECT_EQ(fingers.out(), "69012345\n");
}

TEST(KeyboardScan, WithoutASuffixSilenceEnds) {
    Fingers fingers({.quiet_ms = 100});
    fingers.tap({KEY_6, KEY_9}).wait(90);
    EXPECT_EQ(fingers.out(), "");
    fingers.wait(10);
    EXPECT_EQ(fingers.out(), "69\n");
}

TEST(KeyboardScan, ItsEnterIsPartOfTheScanAndCrLfNoSecondOne) {  // rules 9
    Fingers fingers;
    fingers.tap({KEY_6, KEY_ENTER, KEY_ENTER, KEY_9, KEY_TAB, KEY_ENTER});
    EXPECT_EQ(fingers.out(), "6\n9\n");
    fingers.tap({KEY_6}).down(KEY_LEFTCTRL).tap({KEY_M, KEY_J}).up(KEY_LEFTCTRL);
    EXPECT_EQ(fingers.out(), "6\n") << "CR and LF as Ctrl+M and Ctrl+J";
}

TEST(KeyboardScan, TheSameItemTwiceInARowIsTwoScans) {
    Fingers fingers;
    fingers.tap({KEY_6, KEY_9, KEY_ENTER}).wait(600).tap({KEY_6, KEY_9, KEY_ENTER});
    EXPECT_EQ(fingers.out(), "69\n69\n");
}

TEST(KeyboardScan, TwoScannersAtOnceAreNeverMixed) {
    Fingers left;
    Fingers right;
    for (int code : {KEY_6, KEY_9, KEY_0, KEY_1, KEY_ENTER}) {
        left.down(KEY_LEFTSHIFT).tap({KEY_A}).up(KEY_LEFTSHIFT);
        right.tap({code});
        left.tap({code});
    }
    EXPECT_EQ(left.out(), "A6A9A0A1A\n");
    EXPECT_EQ(right.out(), "6901\n");
}

TEST(KeyboardScan, AReleaseThatGotLostDoesNotReachTheNextScan) {
    for (int modifier : {KEY_LEFTSHIFT, KEY_RIGHTSHIFT, KEY_LEFTCTRL, KEY_RIGHTCTRL, KEY_LEFTALT}) {
        Fingers fingers;
        fingers.tap({KEY_A}).down(modifier).tap({KEY_ENTER, KEY_A, KEY_1, KEY_ENTER});
        EXPECT_EQ(fingers.out(), "a\na1\n") << modifier;
        fingers.down(modifier).wait(1'000).tap({KEY_A, KEY_1, KEY_ENTER});
        EXPECT_EQ(fingers.out(), "a1\n") << modifier;
    }
    Fingers fingers;
    fingers.down(KEY_A).down(KEY_A).down(KEY_B).up(KEY_A).tap({KEY_ENTER});
    EXPECT_EQ(fingers.out(), "aab\n") << "a digit pressed again without a release is two digits";
}

TEST(KeyboardScan, ACtrlThatGotStuckAfterASeparatorLosesNoDigit) {
    Fingers fingers;
    fingers.tap({KEY_A}).down(KEY_LEFTCTRL).tap({KEY_RIGHTBRACE, KEY_2, KEY_1, KEY_X, KEY_ENTER});
    EXPECT_EQ(fingers.out(),
              "a\x1D"
              "21x\n");
}

TEST(KeyboardScan, AltDigitsEndWithTheirKeyWhateverComesNext) {
    const std::string expected =
        "a\x1D"
        "21\n";
    Fingers released;
    released.tap({KEY_A}).down(KEY_LEFTALT).tap({KEY_KP0, KEY_KP2, KEY_KP9}).up(KEY_LEFTALT);
    EXPECT_EQ(released.tap({KEY_2, KEY_1, KEY_ENTER}).out(), expected);
    Fingers lost;
    lost.tap({KEY_A}).down(KEY_LEFTALT).tap({KEY_KP0, KEY_KP2, KEY_KP9, KEY_2, KEY_1, KEY_ENTER});
    EXPECT_EQ(lost.out(), expected);
    Fingers four;
    four.tap({KEY_A}).down(KEY_RIGHTALT).tap({KEY_KP0, KEY_KP0, KEY_KP2, KEY_KP9});
    EXPECT_EQ(four.up(KEY_RIGHTALT).tap({KEY_2, KEY_1, KEY_ENTER}).out(), expected);
    Fingers carriage_return;
    carriage_return.tap({KEY_A}).down(KEY_LEFTALT).tap({KEY_KP1, KEY_KP3}).up(KEY_LEFTALT);
    EXPECT_EQ(carriage_return.out(), "a\n");
    Fingers wide;
    wide.down(KEY_LEFTALT).tap({KEY_KP0, KEY_KP2, KEY_KP3, KEY_KP3}).up(KEY_LEFTALT);
    EXPECT_EQ(wide.tap({KEY_ENTER}).out(), "\u00E9\n");
}

TEST(KeyboardScan, CapsLockOfTheDesktopChangesNoLetter) {
    Fingers plain;
    plain.scanner.caps_light(true);
    plain.tap({KEY_A, KEY_1}).down(KEY_LEFTSHIFT).tap({KEY_B}).up(KEY_LEFTSHIFT);
    EXPECT_EQ(plain.tap({KEY_ENTER}).out(), "a1B\n");
    Fingers follower({.follows_caps_light = true});
    follower.scanner.caps_light(true);  // it sends its letters turned over
    follower.down(KEY_LEFTSHIFT).tap({KEY_A}).up(KEY_LEFTSHIFT).tap({KEY_1, KEY_B, KEY_ENTER});
    EXPECT_EQ(follower.out(), "a1B\n");
    follower.scanner.caps_light(false);
    EXPECT_EQ(follower.tap({KEY_A, KEY_ENTER}).out(), "a\n");
}

TEST(KeyboardScan, AScanOfWhichKeysWereLostIsTorn) {
    Fingers fingers;
    fingers.tap({KEY_6, KEY_9});
    fingers.scanner.lost(++fingers.now);
    fingers.tap({KEY_1, KEY_2, KEY_ENTER, KEY_7, KEY_ENTER});
    EXPECT_EQ(fingers.out(), "(torn)\n7\n") << "the rest of it is no scan either";
}

TEST(KeyboardScan, ForLearningTheSuffixIsKept) {
    Fingers fingers({.keeps_suffix = true});
    fingers.tap({KEY_F2, KEY_A, KEY_TAB, KEY_ENTER}).wait(250);
    EXPECT_EQ(fingers.out(), "\uE702a\t\r\n");
    EXPECT_EQ(function_key_text(24), "\uE718");
}

TEST(KeyboardScan, StaysSmallUnderEndlessKeys) {
    KeyboardScan scanner;
    std::mt19937 random(7);
    int told = 0;
    for (int i = 0; i < 1'000'000; ++i) {
        int code = static_cast<int>(random() % 256);
        if (code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB) continue;
        scanner.feed({code, static_cast<int>(random() % 3)}, 0);
        ASSERT_LE(scanner.held(), ScanBuffer::longest + 4);
        while (scanner.next())
            ++told;
    }
    EXPECT_GT(told, 0);
    scanner.tick(1'000);
    drain(scanner);
    scanner.feed({KEY_6, 1}, 2'000);
    scanner.feed({KEY_ENTER, 1}, 2'000);
    EXPECT_EQ(drain(scanner), "6\n");
}

}  // namespace fangxin::drivers
