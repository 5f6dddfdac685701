// Scanners that are keyboards: the key events of one device, grabbed (evdev), to scans. Keys are
// taken by their place on a US keyboard, so no layout, input method or Caps Lock of the desktop
// stands between scanner and till. One object a device: keys of two are never mixed. The clock is
// passed in; one thread.
//     KEY_LEFTCTRL 1, KEY_RIGHTBRACE 1 …            GS
//     KEY_LEFTALT 1, keypad 0 2 9, KEY_LEFTALT 0    GS, as Windows has it
//     KEY_F8 1                                      U+E708, a sign of our own: see ScanForm
// Source: linux/input-event-codes.h; USB HID Usage Tables 10 (the keys' places).
#pragma once

#include "drivers/scanners/scan.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::drivers {

/// An EV_KEY event: `value` 1 is pressed, 0 let go, 2 repeated while held.
struct KeyEvent {
    int code = 0;
    int value = 0;
};

struct KeyboardScanOptions {
    /// A scanner without a suffix has ended after so long. Bluetooth makes pauses of 100 ms within
    /// a code; cut there, half of it would be another code.
    int quiet_ms = 250;
    /// Enter and Tab are part of the text, CR and HT, and silence alone ends: for learning.
    bool keeps_suffix = false;
    /// The scanner looks at the Caps Lock light and turns its letters over when it is lit.
    bool follows_caps_light = false;
};

/// How a function key, 1 to 24, stands in a scan's text (UTF-8).
std::string function_key_text(int number);

class KeyboardScan {
  public:
    explicit KeyboardScan(const KeyboardScanOptions& options = {}) : options_(options) {}

    void feed(KeyEvent event, std::int64_t now_ms);
    /// The device's Caps Lock light (EV_LED, LED_CAPSL).
    void caps_light(bool lit) { caps_light_ = lit; }
    /// Events were dropped (SYN_DROPPED): the scan they were of is torn.
    void lost(std::int64_t now_ms);
    void tick(std::int64_t now_ms);
    std::optional<Scan> next() { return buffer_.next(); }
    std::size_t held() const { return buffer_.held() + alt_digits_.size(); }

  private:
    /// Shift, Ctrl, Alt, Caps Lock: true if `event` was one of them.
    bool take_modifier(KeyEvent event);
    void press(int code);
    void type(char character);
    void end(char suffix);
    void finish_alt();
    void let_go_of_all();

    KeyboardScanOptions options_;
    std::int64_t last_ms_ = 0;
    int shifts_ = 0;  ///< bits: left, right; likewise below
    int ctrls_ = 0;
    int alts_ = 0;
    bool caps_keyed_ = false;  ///< the scanner itself has pressed Caps Lock
    bool caps_light_ = false;
    std::string alt_digits_;
    ScanBuffer buffer_;
};

}  // namespace fangxin::drivers
