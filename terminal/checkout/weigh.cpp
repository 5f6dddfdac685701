// Goods weighed at the till (WEIGH-1, WEIGH-5): whether what lies on the scale may be sold, and how
// it becomes a line.
#include "drivers/device_loop.hpp"
#include "terminal/checkout/basket_text.hpp"
#include "terminal/checkout/checkout.hpp"

namespace fangxin::terminal {

namespace {

/// Empty: it may be sold. The library that decides comes first, then the register, then the scale:
/// a weight that is not trusted is not looked at.
std::string refusal_of(const ScalePort& scale, const ScaleNow& now) {
    if (!now.seal.genuine) return "scale_library";
    if (now.instrument.serial.empty()) return "scale_unregistered";
    if (!domain::has_certificate_in_force(now.instrument, now.today)) return "scale_certificate";
    auto answer = scale.gate->may_sell(
        now.latest, {.now_ms = drivers::monotonic_now_ms(), .preset_tare_mg = now.preset_tare_mg});
    if (answer == weighing::WeighAnswer::ok) return {};
    if (answer == weighing::WeighAnswer::no_scale) return "no_scale";
    return "scale_" + std::string(domain::to_text(answer));
}

}  // namespace

ScaleNow Checkout::scale_now() const {
    ScaleNow now{.refusal = "no_scale", .today = station_.now().date()};
    if (!scale_) return now;
    now.instrument = scale_->instrument();
    now.latest = scale_->latest();
    const weighing::Parameters& parameters = scale_->gate->parameters();
    now.seal = drivers::seal_of(parameters);
    if (auto* asked = std::get_if<AskWeight>(&prompt_)) {
        now.preset_tare_mg =
            weighing::item_tare_mg(asked->candidate.found.item.tare_mg, parameters);
    }
    now.refusal = refusal_of(*scale_, now);
    return now;
}

Outcome Checkout::weigh() {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (!scale_) return refused("no_scale");
    auto* asked = std::get_if<AskWeight>(&prompt_);
    if (!asked) return refused("nothing_to_weigh");
    ScaleNow now = scale_now();
    if (!now.refusal.empty()) return refused(now.refusal, now.instrument.serial);
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
    }
    return then_ask(std::move(outcome));
}

}  // namespace fangxin::terminal
