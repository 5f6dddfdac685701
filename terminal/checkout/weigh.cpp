// Goods weighed at the till (WEIGH-1, WEIGH-5): whether what lies on the scale may be sold, with
// which tare, and how it becomes a line.
#include "domain/weighing/amount_text.hpp"
#include "drivers/device_loop.hpp"
#include "terminal/checkout/basket_text.hpp"
#include "terminal/checkout/checkout.hpp"

namespace fangxin::terminal {

namespace {

using drivers::ScaleCommand;

constexpr std::int64_t obeyed_within_ms = 2'000;

/// What a tare that does not belong to the load would make of it.
bool is_of_the_load(weighing::WeighAnswer answer) {
    using enum weighing::WeighAnswer;
    return answer == ok || answer == under || answer == motion || answer == below_minimum ||
           answer == pan_not_cleared;
}

/// Its own, also one that it does not tell the mass of.
bool has_tare(const weighing::Reading& reading) {
    return !reading.tare_told || reading.tare_mg != 0;
}

/// Empty: it may be sold. The library that decides comes first, then the register, then the scale:
/// a weight that is not trusted is not looked at.
std::string refusal_of(const ScalePort& scale, const ScaleNow& now) {
    if (!now.seal.genuine) return "scale_library";
    if (std::string lock = code_of(now.standing.lock); !lock.empty()) return lock;
    if (scale.is_checked_now && scale.is_checked_now()) return "scale_checking";
    auto answer = scale.gate->may_sell(
        now.latest, {.now_ms = drivers::monotonic_now_ms(), .preset_tare_mg = now.preset_tare_mg});
    if (now.has_old_tare && is_of_the_load(answer)) return not_obeyed(ScaleCommand::clear_tare);
    if (answer == weighing::WeighAnswer::ok) return {};
    if (answer == weighing::WeighAnswer::no_scale) return "no_scale";
    return "scale_" + std::string(domain::to_text(answer));
}

/// What the words of a refusal name.
std::string detail_of(const ScaleNow& now) {
    if (now.standing.lock == domain::InstrumentLock::elsewhere) return now.standing.state.terminal;
    return now.instrument.serial;
}

std::string_view word(ScaleCommand command) {
    switch (command) {
        case ScaleCommand::zero:
            return "zero";
        case ScaleCommand::tare:
            return "tare";
        case ScaleCommand::clear_tare:
            break;
    }
    return "clear_tare";
}

}  // namespace

std::string not_obeyed(ScaleCommand command) {
    if (command == ScaleCommand::zero) return "scale_not_zeroed";
    return command == ScaleCommand::tare ? "scale_no_tare" : "scale_tare_stays";
}

ScaleNow Checkout::scale_now() const {
    ScaleNow now{.refusal = "no_scale", .today = station_.now().date()};
    if (!scale_) return now;
    now.latest = scale_->latest();  // before the register looks which device it came from
    now.standing = scale_->standing();
    now.instrument = now.standing.instrument;
    const weighing::Parameters& parameters = scale_->gate->parameters();
    now.seal = drivers::seal_of(parameters);
    if (auto* asked = std::get_if<AskWeight>(&prompt_)) {
        now.tare_is_keyed = asked->keyed_tare_mg.has_value();
        now.preset_tare_mg = asked->keyed_tare_mg.value_or(
            weighing::item_tare_mg(asked->candidate.found.item.tare_mg, parameters));
    }
    now.has_old_tare = taken_.state == TakenTare::over;
    now.refusal = refusal_of(*scale_, now);
    return now;
}

Outcome Checkout::weigh() {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (!scale_) return refused("no_scale");
    auto* asked = std::get_if<AskWeight>(&prompt_);
    if (!asked) return refused("nothing_to_weigh");
    if (scale_->begin_day) scale_->begin_day();
    ScaleNow now = scale_now();
    if (now.has_old_tare) clear_taken_tare();  // it was moving when it was told, or away
    if (!now.refusal.empty()) return refused(now.refusal, detail_of(now));
    Candidate candidate = asked->candidate;
    auto verdict = judge(candidate);
    if (!verdict) return failed(verdict.error());
    prompt_ = std::monostate{};
    // A question takes its time: what lies on the scale after it is weighed after it.
    if (!domain::is_sold(verdict->kind))
        return then_ask(decide(std::move(candidate), std::move(*verdict)));
    weighing::Reading reading = std::get<weighing::CurrentReading>(now.latest).reading;
    candidate.tare_mg = now.preset_tare_mg;
    candidate.reading = reading;
    Outcome outcome = decide(std::move(candidate), std::move(*verdict));
    if (outcome.line) {
        scale_->gate->sold(reading);
        last_weighed_ = domain::find_line(basket_, *outcome.line)->weighing;
        clear_taken_tare();
    }
    return then_ask(std::move(outcome));
}

/// A preset tare is kept with its line; that somebody keyed it is in the journal besides.
Outcome Checkout::key_tare(std::optional<std::int64_t> tare_mg) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (!scale_) return refused("no_scale");
    auto* asked = std::get_if<AskWeight>(&prompt_);
    if (!asked) return refused("nothing_to_weigh");
    (void)scale_->standing();  // the limits of now
    const weighing::Parameters& parameters = scale_->gate->parameters();
    if (tare_mg) {
        switch (weighing::may_preset(*tare_mg, parameters)) {
            case weighing::TareAnswer::negative:
            case weighing::TareAnswer::not_a_step:
                return refused("tare_step", weighing::kilograms(parameters.e_mg) + " kg");
            case weighing::TareAnswer::above_limit:
                return refused("tare_limit", weighing::kilograms(parameters.max_tare_mg) + " kg");
            case weighing::TareAnswer::ok:
                break;
        }
    }
    asked->keyed_tare_mg = tare_mg;
    note_told("preset", tare_mg.value_or(0));
    return {};
}

Outcome Checkout::tell_scale(ScaleCommand command) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (!scale_) return refused("no_scale");
    if (scale_->is_checked_now && scale_->is_checked_now() && command != ScaleCommand::zero) {
        return refused("scale_checking");
    }
    const bool weighs = std::holds_alternative<AskWeight>(prompt_);
    if (command != ScaleCommand::zero && !weighs) return refused("nothing_to_weigh");
    if (command == ScaleCommand::tare && taken_.state == TakenTare::over) {
        clear_taken_tare();
        return refused(not_obeyed(ScaleCommand::clear_tare));
    }
    if (auto told = scale_->tell(command); !told) return refused(told.error().code);
    if (command == ScaleCommand::tare) {
        taken_ = {.state = TakenTare::in_use, .told_ms = drivers::monotonic_now_ms()};
    }
    if (command == ScaleCommand::clear_tare && taken_.state != TakenTare::none) {
        taken_.state = TakenTare::over;
        taken_.noted = true;
    }
    note_told(std::string(word(command)), 0);
    return {};
}

bool Checkout::scale_shows(ScaleCommand command) const {
    if (!scale_) return false;
    const weighing::LatestReading latest = scale_->latest();
    const auto* current = std::get_if<weighing::CurrentReading>(&latest);
    if (current == nullptr || current->reading.state != weighing::ScaleState::stable) return false;
    const bool tared = has_tare(current->reading);
    switch (command) {
        case ScaleCommand::zero:
            return !tared && current->reading.gross_mg == 0;
        case ScaleCommand::tare:
            return tared;
        case ScaleCommand::clear_tare:
            break;
    }
    return !tared;
}

bool Checkout::scale_has_tare() const {
    if (!scale_) return false;
    const weighing::LatestReading latest = scale_->latest();
    const auto* current = std::get_if<weighing::CurrentReading>(&latest);
    return taken_.state != TakenTare::none || (current != nullptr && has_tare(current->reading));
}

/// Without a place in the journal the scale has obeyed all the same.
void Checkout::note_told(const std::string& what, std::int64_t tare_mg) {
    (void)station_.journal(
        sync::ScaleTold{.instrument = domain::instrument_id(scale_->standing().instrument),
                        .what = what,
                        .tare_mg = tare_mg});
}

/// A tare that was taken for these goods is not the next ones'. A scale that moves does not obey:
/// nothing is weighed until it shows no tare.
void Checkout::clear_taken_tare() {
    if (taken_.state == TakenTare::none) return;
    taken_.state = TakenTare::over;
    if (!scale_->tell(ScaleCommand::clear_tare)) return;
    if (!std::exchange(taken_.noted, true)) note_told("clear_tare", 0);
}

/// What says nothing of a mass says nothing of a tare, and what was on its way before the scale
/// had done what it was told shows none either.
void Checkout::observe(const weighing::Reading& reading) {
    if (taken_.state == TakenTare::none) return;
    if (reading.state != weighing::ScaleState::stable || !reading.tare_told) return;
    taken_.seen |= reading.tare_mg != 0;
    if (reading.tare_mg != 0) return;
    const bool was_not_taken = reading.at_ms > taken_.told_ms + obeyed_within_ms;
    if (taken_.seen ? taken_.state == TakenTare::over : was_not_taken) taken_ = {};
}

}  // namespace fangxin::terminal
