#include "drivers/scanners/keyboard_scan.hpp"

#include "domain/check.hpp"

#include <array>
#include <cstddef>
#include <linux/input-event-codes.h>
#include <string_view>
#include <utility>

namespace fangxin::drivers {

namespace {

constexpr int pressed = 1;
constexpr int let_go = 0;
constexpr std::size_t most_alt_digits = 4;

struct KeyText {
    char plain = 0;
    char shifted = 0;
};

/// What each key writes, by its code.
constexpr auto key_texts = [] {
    std::array<KeyText, KEY_KPCOMMA + 1> texts{};
    // Codes run along a row of keys.
    auto row = [&](int first, std::string_view plain, std::string_view shifted) {
        for (std::size_t i = 0; i < plain.size(); ++i)
            texts[static_cast<std::size_t>(first) + i] = {plain[i], shifted[i]};
    };
    row(KEY_1, "1234567890-=", "!@#$%^&*()_+");
    row(KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}");
    row(KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~");
    row(KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?");
    row(KEY_SPACE, " ", " ");
    row(KEY_KPASTERISK, "*", "*");
    row(KEY_KP7, "789-456+1230.", "789-456+1230.");
    row(KEY_KPEQUAL, "=", "=");
    row(KEY_KPSLASH, "/", "/");
    row(KEY_KPCOMMA, ",", ",");
    return texts;
}();

KeyText text_of(int code) {
    bool known = code >= 0 && static_cast<std::size_t>(code) < key_texts.size();
    return known ? key_texts[static_cast<std::size_t>(code)] : KeyText{};
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_keypad(int code) { return code >= KEY_KP7 && code <= KEY_KP0; }

/// 1 to 24, or 0.
int function_key(int code) {
    if (code >= KEY_F1 && code <= KEY_F10) return code - KEY_F1 + 1;
    if (code == KEY_F11 || code == KEY_F12) return code - KEY_F11 + 11;
    if (code >= KEY_F13 && code <= KEY_F24) return code - KEY_F13 + 13;
    return 0;
}

/// What Ctrl makes of a key, as terminals have it; 0 if nothing.
char control_of(KeyText key, bool shifted) {
    if (is_letter(key.plain)) return static_cast<char>(key.plain & 0x1f);
    if (key.plain == '[' || key.plain == '\\' || key.plain == ']') {
        return static_cast<char>(key.plain & 0x1f);
    }
    if (shifted && (key.shifted == '^' || key.shifted == '_')) {
        return static_cast<char>(key.shifted & 0x1f);
    }
    return 0;
}

void set_bit(int& bits, int bit, int value) { bits = value == let_go ? bits & ~bit : bits | bit; }

/// U+0001 to U+00FF.
std::string utf8_of(int code_point) {
    if (code_point < 0x80) return std::string(1, static_cast<char>(code_point));
    return {static_cast<char>(0xC0 | code_point >> 6), static_cast<char>(0x80 | (code_point & 63))};
}

}  // namespace

std::string function_key_text(int number) {
    FANGXIN_CHECK(number >= 1 && number <= 24);
    return {'\xEE', '\x9C', static_cast<char>(0x80 + number)};  // U+E701 …, private use
}

void KeyboardScan::feed(KeyEvent event, std::int64_t now_ms) {
    tick(now_ms);
    last_ms_ = now_ms;
    if (take_modifier(event) || event.value != pressed) return;
    press(event.code);
}

void KeyboardScan::lost(std::int64_t now_ms) {
    last_ms_ = now_ms;
    let_go_of_all();
    caps_keyed_ = false;
    buffer_.tear_to_end();
}

void KeyboardScan::tick(std::int64_t now_ms) {
    if (now_ms - last_ms_ < options_.quiet_ms) return;
    finish_alt();
    let_go_of_all();  // a release that got lost does not change the next scan
    buffer_.end();
}

bool KeyboardScan::take_modifier(KeyEvent event) {
    switch (event.code) {
        case KEY_LEFTSHIFT:
        case KEY_RIGHTSHIFT:
            set_bit(shifts_, event.code == KEY_LEFTSHIFT ? 1 : 2, event.value);
            return true;
        case KEY_LEFTCTRL:
        case KEY_RIGHTCTRL:
            set_bit(ctrls_, event.code == KEY_LEFTCTRL ? 1 : 2, event.value);
            return true;
        case KEY_LEFTALT:
        case KEY_RIGHTALT:
            finish_alt();
            set_bit(alts_, event.code == KEY_LEFTALT ? 1 : 2, event.value);
            return true;
        case KEY_CAPSLOCK:
            if (event.value == pressed) caps_keyed_ = !caps_keyed_;
            return true;
        default:
            return false;
    }
}

void KeyboardScan::press(int code) {
    if (alts_ != 0 && is_keypad(code) && is_digit(text_of(code).plain)) {
        if (alt_digits_.size() == most_alt_digits) finish_alt();
        alt_digits_ += text_of(code).plain;
        return;
    }
    bool enter = code == KEY_ENTER || code == KEY_KPENTER;
    int number = function_key(code);
    KeyText key = text_of(code);
    if (!enter && code != KEY_TAB && number == 0 && key.plain == 0) return;
    finish_alt();
    if (enter) {
        end('\r');
    } else if (code == KEY_TAB) {
        end('\t');
    } else if (number != 0) {
        buffer_.add(function_key_text(number));
    } else {
        if (ctrls_ != 0) {
            if (char control = control_of(key, shifts_ != 0); control != 0) {
                type(control);
                return;
            }
            ctrls_ = 0;  // nothing is written with Ctrl and this key: its release got lost
        }
        bool caps = caps_keyed_ != (options_.follows_caps_light && caps_light_);
        bool upper = (shifts_ != 0) != (is_letter(key.plain) && caps);
        type(upper ? key.shifted : key.plain);
    }
}

void KeyboardScan::type(char character) {
    if (character == '\r' || character == '\n' || character == '\t') {
        end(character);
    } else if (character != '\0') {
        buffer_.add(character);
    }
}

void KeyboardScan::end(char suffix) {
    if (options_.keeps_suffix) {
        buffer_.add(suffix);
        return;
    }
    let_go_of_all();
    buffer_.end();
}

void KeyboardScan::finish_alt() {
    if (alt_digits_.empty()) return;
    int number = 0;
    for (char digit : std::exchange(alt_digits_, {}))
        number = number * 10 + (digit - '0');
    number &= 0xFF;  // as Windows has it
    if (number < 0x80) {
        type(static_cast<char>(number));
    } else {
        buffer_.add(utf8_of(number));
    }
}

void KeyboardScan::let_go_of_all() {
    shifts_ = 0;
    ctrls_ = 0;
    alts_ = 0;
    alt_digits_.clear();
}

}  // namespace fangxin::drivers
