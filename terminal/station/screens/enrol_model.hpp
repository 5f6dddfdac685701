// A terminal that is no store's yet (SYNC-3): scan the manager's code, read it from a stick or type
// it; then its fingerprint is shown until somebody has approved it. Pure; any thread.
#pragma once

#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"

#include <optional>
#include <string>
#include <variant>

namespace fangxin::terminal {

struct EnrolFacts {
    enum class Step { wanted, asking, waiting, failed };
    int number = 1;  ///< of till or handheld
    bool handheld = false;
    bool has_camera = false;  ///< its picture can be scanned
    Step step = Step::wanted;
    std::string fingerprint;  ///< while it waits
    std::string trouble;      ///< in words: why it failed, or does not get through yet
    domain::Language language = domain::Language::zh;
};

struct EnrolState {
    std::string typed;
    std::string trouble;  ///< with what was typed or read, in words
};

namespace enrol {
struct Type {
    std::string text;
};
struct Send {};
struct ReadStick {};
struct CameraAsked {};
/// Another code, while one is on its way or has failed.
struct Again {};
struct ToggleLanguage {};
/// A scanner read this.
struct Scanned {
    std::string code;
};
/// What was sent is no code.
struct Refused {
    std::string words;
};
}  // namespace enrol
using EnrolAction =
    std::variant<enrol::Type, enrol::Send, enrol::ReadStick, enrol::CameraAsked, enrol::Again,
                 enrol::ToggleLanguage, enrol::Scanned, enrol::Refused>;

struct EnrolBy {
    std::string code;
};
struct ReadCodeFromStick {};
struct ReadCodeByCamera {};
struct GiveUpEnrolment {};
struct SpeakOther {};
using EnrolEffect =
    std::variant<EnrolBy, ReadCodeFromStick, ReadCodeByCamera, GiveUpEnrolment, SpeakOther>;

struct EnrolView {
    std::string where;
    std::string title;
    std::string hint;
    bool at_code = false;  ///< a code is wanted
    std::string typed;
    std::string placeholder;
    std::string send;
    bool can_send = false;
    std::string read_stick;
    std::string camera;       ///< empty: there is none
    bool turns = false;       ///< something is awaited
    std::string fingerprint;  ///< large
    std::string trouble;
    std::string again;
    std::string language;
};

EnrolView present(const EnrolState& state, const EnrolFacts& facts, const kit::TextTable& texts);
std::optional<EnrolEffect> update(EnrolState& state, const EnrolFacts& facts,
                                  const EnrolAction& action);

}  // namespace fangxin::terminal
