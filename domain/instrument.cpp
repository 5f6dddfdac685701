#include "domain/instrument.hpp"

#include <fmt/format.h>

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

bool has_certificate_in_force(const Instrument& instrument, Date today) {
    if (instrument.certificate.empty() || !instrument.until) return false;
    if (instrument.verified && *instrument.verified > today) return false;
    return today <= *instrument.until;
}

std::optional<int> certificate_ends_in(const Instrument& instrument, Date today) {
    if (!has_certificate_in_force(instrument, today)) return std::nullopt;
    const auto days = (*instrument.until - today).count();
    if (days > certificate_warning_days) return std::nullopt;
    return static_cast<int>(days);
}

CertificateState certificate_state(const Instrument& instrument, Date today) {
    if (instrument.certificate.empty() || !instrument.until) return CertificateState::none;
    if (today > *instrument.until) return CertificateState::run_out;
    if (instrument.verified && *instrument.verified > today) return CertificateState::not_yet;
    return certificate_ends_in(instrument, today) ? CertificateState::ends_soon
                                                  : CertificateState::in_force;
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
    if (!has_certificate_in_force(*instrument, question.now.date())) {
        return InstrumentLock::certificate;
    }
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
    if (state.checked_on && !state.check_passed) return InstrumentLock::check_failed;
    auto due_ms = check_due_ms(question);
    if (due_ms && question.now.utc_ms >= *due_ms) return InstrumentLock::check_missed;
    return InstrumentLock::none;
}

}  // namespace fangxin::domain
