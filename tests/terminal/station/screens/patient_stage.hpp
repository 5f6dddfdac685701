// A desk worked with at a person's pace: before each press it rests, since a double tap would spare
// what has only just appeared. Tests only.
#pragma once

#include "tests/terminal/station/screens/screen_stage.hpp"

namespace fangxin::terminal {

class PatientStage : public ScreenStage {
  public:
    using ScreenStage::ScreenStage;

    void rest() {
        for (int i = 0; i < 10; ++i)
            play();
    }
    bool tap(std::string_view what) {
        rest();
        return ScreenStage::tap(what);
    }
    void key(kit::Key wanted) {
        rest();
        ScreenStage::key(wanted);
    }
    void scan(std::string_view code) {
        rest();
        ScreenStage::scan(code);
    }
    /// One key after the other, as fast as one types.
    void digits(std::string_view keys) {
        for (const char each : keys)
            ScreenStage::key(kit::digit_key(each - '0'));
    }
    void letters(std::string_view keys) {
        for (const char each : keys)
            type(std::string(1, each));
    }
};

}  // namespace fangxin::terminal
