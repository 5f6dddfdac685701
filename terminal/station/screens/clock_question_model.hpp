// Which date is right? After a jump of more than a day between this terminal's clock and its
// journal both are shown, and a manager decides with number and PIN (rules 3). Pure; any thread.
#pragma once

#include "terminal/station/screens/known_person.hpp"
#include "terminal/station/screens/pin_entry_model.hpp"

#include <variant>

namespace fangxin::terminal {

enum class RightDate { none, clock, journal };

struct ClockQuestionFacts {
    domain::StoreTime clock;
    domain::StoreTime journal;  ///< of its last entry
    domain::StoreTime now;
    bool busy = false;
};

struct ClockQuestionState {
    RightDate right = RightDate::none;
    PinEntry entry;
};

namespace clock_question {
struct Choose {
    RightDate right = RightDate::none;
};
/// From the pad to the dates, from the dates out of the screen.
struct Back {};
}  // namespace clock_question
using ClockQuestionAction = std::variant<PinAction, clock_question::Choose, clock_question::Back>;

/// Check the manager and answer the clock, or answer with pin::Refused.
struct AnswerClock {
    RightDate right = RightDate::clock;
    std::string number;
    std::string pin;
};
struct CloseClockQuestion {};
using ClockQuestionEffect = std::variant<AnswerClock, CloseClockQuestion>;

struct ClockQuestionView {
    struct Choice {
        std::string title;
        std::string date;
        std::string time;
        bool chosen = false;
    };
    std::string title;
    std::string why;
    Choice clock;
    Choice journal;
    std::string who;  ///< over the pad
    std::string back;
    bool at_pad = false;
    PinEntryView entry;
    std::string confirm;
};

ClockQuestionView present(const ClockQuestionState& state, const ClockQuestionFacts& facts,
                          const kit::TextTable& texts);
std::optional<ClockQuestionEffect> update(ClockQuestionState& state,
                                          const ClockQuestionFacts& facts,
                                          const ClockQuestionAction& action);

}  // namespace fangxin::terminal
