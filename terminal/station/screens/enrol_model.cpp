#include "terminal/station/screens/enrol_model.hpp"

namespace fangxin::terminal {

namespace {

using Step = EnrolFacts::Step;

void say_step(EnrolView& view, const EnrolFacts& facts, const kit::TextTable& texts) {
    switch (facts.step) {
        case Step::wanted:
            view.title = texts.tr("This terminal is not enrolled yet");
            view.hint = texts.tr(
                "Ask a manager for a code: on the page of terminals, or by fangxin-server enrol. "
                "Scan it here within ten minutes");
            break;
        case Step::asking:
            view.title = texts.tr("Speaking to the store's server…");
            view.hint = texts.tr("Nothing is sent before it has shown that it is this store's");
            break;
        case Step::waiting:
            view.title = texts.tr("A manager has to approve this terminal");
            view.hint = texts.tr(
                "The manager compares these signs with those on the page of terminals, and "
                "approves only if they are the same");
            break;
        case Step::failed:
            view.title = texts.tr("It was not enrolled");
            break;
    }
}

}  // namespace

EnrolView present(const EnrolState& state, const EnrolFacts& facts, const kit::TextTable& texts) {
    EnrolView view;
    view.where =
        facts.handheld ? texts.tr("Handheld {}", facts.number) : texts.tr("Till {}", facts.number);
    say_step(view, facts, texts);
    view.at_code = facts.step == Step::wanted || facts.step == Step::failed;
    view.turns = !view.at_code;
    view.typed = state.typed;
    view.placeholder = texts.tr("FXE1:… scanned or typed");
    view.send = texts.tr("Enrol");
    view.can_send = !state.typed.empty();
    view.read_stick = texts.tr("Read from a stick");
    if (facts.has_camera) view.camera = texts.tr("Use the camera");
    view.again = texts.tr("New code");
    if (facts.step == Step::waiting) view.fingerprint = facts.fingerprint;
    view.trouble = state.trouble.empty() ? facts.trouble : state.trouble;
    view.language = facts.language == domain::Language::zh ? "English" : "中文";
    return view;
}

std::optional<EnrolEffect> update(EnrolState& state, const EnrolFacts& facts,
                                  const EnrolAction& action) {
    if (const auto* typed = std::get_if<enrol::Type>(&action)) {
        state = {.typed = typed->text, .trouble = {}};
        return {};
    }
    if (const auto* refused = std::get_if<enrol::Refused>(&action)) {
        state.trouble = refused->words;
        return {};
    }
    if (std::holds_alternative<enrol::ToggleLanguage>(action)) return SpeakOther{};
    const bool at_code = facts.step == Step::wanted || facts.step == Step::failed;
    if (std::holds_alternative<enrol::Again>(action)) {
        state = {};
        if (at_code) return {};
        return GiveUpEnrolment{};
    }
    if (const auto* scanned = std::get_if<enrol::Scanned>(&action)) {
        state = {};
        return EnrolBy{scanned->code};
    }
    if (!at_code) return {};
    if (std::holds_alternative<enrol::CameraAsked>(action) && facts.has_camera) {
        state.trouble.clear();
        return ReadCodeByCamera{};
    }
    if (std::holds_alternative<enrol::ReadStick>(action)) {
        state = {};
        return ReadCodeFromStick{};
    }
    if (std::holds_alternative<enrol::Send>(action) && !state.typed.empty()) {
        state.trouble.clear();
        return EnrolBy{state.typed};
    }
    return {};
}

}  // namespace fangxin::terminal
