#include "domain/instrument.hpp"

#include <fmt/format.h>
#include <utility>

namespace fangxin::domain {

std::string instrument_id(const Instrument& instrument) {
    return fmt::format("{}/{}/{}", instrument.kind, instrument.model, instrument.serial);
}

weighing::Parameters parameters_of(const Instrument& instrument) {
    return {.min_mg = instrument.min_mg,
            .max_mg = instrument.max_mg,
            .e_mg = instrument.e_mg,
            .max_tare_mg = instrument.tare_mg.value_or(instrument.max_mg),
            .stable_frames = instrument.stable_frames};
}

std::optional<weighing::AccuracyClass> accuracy_of(const Instrument& instrument) {
    using enum weighing::AccuracyClass;
    std::string text = instrument.accuracy_class;
    for (std::string_view around : {"（", "）", "(", ")", "级", " "}) {
        for (std::size_t at = 0; (at = text.find(around)) != std::string::npos;)
            text.erase(at, around.size());
    }
    static constexpr std::array<std::pair<std::string_view, weighing::AccuracyClass>, 14> words{
        {{"II", II},
         {"Ⅱ", II},
         {"2", II},
         {"二", II},
         {"III", III},
         {"Ⅲ", III},
         {"3", III},
         {"三", III},
         {"中准确度", III},
         {"", III},
         {"IIII", IIII},
         {"Ⅳ", IIII},
         {"4", IIII},
         {"四", IIII}}};
    for (const auto& [word, accuracy] : words) {
        if (text == word) return accuracy;
    }
    return std::nullopt;
}

CertificateState certificate_state(const Instrument& instrument, Date today) {
    if (instrument.certificate.empty() || !instrument.until) return CertificateState::none;
    if (today > *instrument.until) return CertificateState::run_out;
    if (instrument.verified && *instrument.verified > today) return CertificateState::not_yet;
    const bool soon = *instrument.until - today <= std::chrono::days{certificate_warning_days};
    return soon ? CertificateState::ends_soon : CertificateState::in_force;
}

bool has_certificate_in_force(const Instrument& instrument, Date today) {
    const CertificateState state = certificate_state(instrument, today);
    return state == CertificateState::in_force || state == CertificateState::ends_soon;
}

std::optional<int> certificate_ends_in(const Instrument& instrument, Date today) {
    if (certificate_state(instrument, today) != CertificateState::ends_soon) return std::nullopt;
    return static_cast<int>((*instrument.until - today).count());
}

std::optional<std::int64_t> check_due_ms(const InstrumentQuestion& question) {
    const InstrumentState* state = question.state;
    const bool done =
        state != nullptr && state->check_passed && state->checked_on == question.now.date();
    if (done) return std::nullopt;
    return question.day_began_ms.value_or(question.now.utc_ms) + check_grace_ms;
}

InstrumentLock lock_of(const InstrumentQuestion& question) {
    const Instrument* instrument = question.instrument;
    if (instrument == nullptr || instrument->serial.empty()) return InstrumentLock::unregistered;
    const InstrumentState none;
    const InstrumentState& state = question.state ? *question.state : none;
    if (!state.terminal.empty() && state.terminal != question.terminal) {
        return InstrumentLock::elsewhere;
    }
    if (!question.bound_here.empty() && question.bound_here != instrument_id(*instrument)) {
        return InstrumentLock::not_bound;
    }
    if (!state.terminal.empty() && question.identity && *question.identity != state.identity) {
        return InstrumentLock::other_device;
    }
    if (!has_certificate_in_force(*instrument, question.now.date())) {
        return InstrumentLock::certificate;
    }
    if (state.checked_on && !state.check_passed) return InstrumentLock::check_failed;
    auto due_ms = check_due_ms(question);
    if (due_ms && question.now.utc_ms >= *due_ms) return InstrumentLock::check_missed;
    return InstrumentLock::none;
}

}  // namespace fangxin::domain
