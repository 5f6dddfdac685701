#include "terminal/screens/weigh_model.hpp"

#include "domain/amount_text.hpp"
#include "domain/weighing/price.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/screens/till_words.hpp"

#include <utility>

namespace fangxin::terminal::till {

namespace {

using kit::Role;

constexpr std::size_t most_digits = 5;
constexpr std::int64_t mg_of_gram = 1'000;

}  // namespace

std::string why_not(const WeighFacts& facts, const kit::TextTable& texts) {
    switch (facts.answer) {
        case ScaleAnswer::no_scale:
            return texts.tr("No scale is connected: plug it in, or weigh at another till");
        case ScaleAnswer::library:
            return texts.tr("The weighing program was changed: nothing may be weighed");
        case ScaleAnswer::parameters:
            return texts.tr("The scale's limits are not in order: call the instrument keeper");
        case ScaleAnswer::unregistered:
            return texts.tr("This scale is in no register: call the instrument keeper");
        case ScaleAnswer::certificate_out:
            return texts.tr("The scale's certificate has run out: it may not sell");
        case ScaleAnswer::elsewhere:
            return texts.tr("This scale belongs to {}: it has to be bound here", facts.bound_at);
        case ScaleAnswer::other_device:
            return texts.tr("This is not the scale that was bound: it has to be bound");
        case ScaleAnswer::not_bound:
            return texts.tr("Another scale is bound here: this one has to be bound");
        case ScaleAnswer::check_failed:
            return texts.tr("The scale failed its check: check it again, else report it");
        case ScaleAnswer::check_missed:
            return texts.tr("The scale was not checked in time today: check it first");
        case ScaleAnswer::checking:
            return texts.tr("The scale is being checked");
        case ScaleAnswer::tare_stays:
            return texts.tr("The tare of the goods before is still on the scale: clear it");
        case ScaleAnswer::silent:
            return texts.tr("The scale does not answer: check its cable");
        case ScaleAnswer::stale:
            return texts.tr("The weight is too old: wait for a new one");
        case ScaleAnswer::fault:
            return texts.tr("The scale has a fault: use another");
        case ScaleAnswer::zero_error:
            return texts.tr("Empty the pan and set the scale to zero");
        case ScaleAnswer::tare_untold:
            return texts.tr("Tare was taken on the scale itself: clear it there");
        case ScaleAnswer::over:
            return texts.tr("Too heavy for this scale: weigh in parts");
        case ScaleAnswer::under:
            return texts.tr("The scale is under zero: empty it and set it to zero");
        case ScaleAnswer::motion:
            return texts.tr("Wait until the scale is steady");
        case ScaleAnswer::below_minimum:
            return facts.reading && facts.reading->gross_mg > 0
                       ? texts.tr("Too light for this scale: at least {} kg",
                                  domain::kilograms(facts.scale.min_mg))
                       : texts.tr("Put it on the scale");
        case ScaleAnswer::pan_not_cleared:
            return texts.tr("This weight is sold already: empty the pan first");
        case ScaleAnswer::ok:
            break;
    }
    return {};
}

Role role_of(ScaleAnswer answer) {
    switch (answer) {
        case ScaleAnswer::motion:
        case ScaleAnswer::below_minimum:
            return Role::primary;
        case ScaleAnswer::no_scale:
        case ScaleAnswer::library:
        case ScaleAnswer::parameters:
        case ScaleAnswer::unregistered:
        case ScaleAnswer::certificate_out:
        case ScaleAnswer::elsewhere:
        case ScaleAnswer::other_device:
        case ScaleAnswer::not_bound:
        case ScaleAnswer::check_failed:
        case ScaleAnswer::check_missed:
        case ScaleAnswer::silent:
        case ScaleAnswer::fault:
            return Role::block;
        default:
            return Role::warn;
    }
}

namespace {

bool has_weight(const WeighFacts& facts) {
    return facts.reading && facts.answer != ScaleAnswer::no_scale &&
           facts.answer != ScaleAnswer::silent && facts.answer != ScaleAnswer::fault;
}

/// A preset tare is marked PT wherever it is shown (OIML R 76, 4.7.4).
std::string tare_of(const WeighFacts::Reading& reading, const kit::TextTable& texts) {
    const std::int64_t taken_mg = reading.tare_mg - reading.preset_mg;
    if (reading.preset_mg == 0) {
        return texts.tr("Tare {} kg", domain::kilograms(reading.tare_mg));
    }
    if (taken_mg == 0) return texts.tr("PT {} kg", domain::kilograms(reading.preset_mg));
    return texts.tr("Tare {} + PT {} kg", domain::kilograms(taken_mg),
                    domain::kilograms(reading.preset_mg));
}

void fill_weight(WeighView& view, const WeighFacts& facts, const kit::TextTable& texts) {
    view.weight = "–.–––";
    view.amount = "–";
    view.weight_role = Role::muted;
    if (!has_weight(facts)) return;
    const WeighFacts::Reading& reading = *facts.reading;
    view.weight = domain::kilograms(reading.net_mg);
    if (reading.stable) view.weight_role = Role::text;
    view.marks.push_back(reading.stable ? WeighView::Mark{texts.tr("Stable"), Role::ok}
                                        : WeighView::Mark{texts.tr("Moving"), Role::warn});
    if (reading.stable && reading.gross_mg == 0) {
        view.marks.push_back({texts.tr("Zero"), Role::primary});
    }
    if (reading.tare_mg != 0) view.marks.push_back({texts.tr("Net"), Role::primary});
    view.gross = texts.tr("Gross {} kg", domain::kilograms(reading.gross_mg));
    view.tare = tare_of(reading, texts);
    if (reading.net_mg <= 0) return;
    auto amount = weighing::weight_amount(
        {.net_mg = reading.net_mg, .price_fen_per_kg = facts.price_fen_per_kg});
    if (amount) view.amount = domain::yuan(*amount, "¥");
}

WeighView::Mark certificate_of(const WeighFacts& facts, const kit::TextTable& texts) {
    if (facts.answer == ScaleAnswer::no_scale) return {texts.tr("No scale"), Role::block};
    if (facts.answer == ScaleAnswer::unregistered || facts.scale.certificate.empty() ||
        !facts.scale.until) {
        return {texts.tr("The scale has no certificate"), Role::block};
    }
    const std::string until = domain::format_date(*facts.scale.until);
    if (facts.answer == ScaleAnswer::certificate_out) {
        return {texts.tr("Certificate {} ran out on {}", facts.scale.certificate, until),
                Role::block};
    }
    if (facts.ends_in == 0) {
        return {texts.tr("Certificate {} ends today", facts.scale.certificate), Role::warn};
    }
    if (facts.ends_in) {
        return {texts.tr_n("Certificate {1} ends in {0} day", "Certificate {1} ends in {0} days",
                           *facts.ends_in, facts.scale.certificate),
                Role::warn};
    }
    return {texts.tr("Verified · certificate {} · until {}", facts.scale.certificate, until),
            Role::ok};
}

std::string way_on(ScaleAnswer answer, const kit::TextTable& texts) {
    switch (answer) {
        case ScaleAnswer::elsewhere:
        case ScaleAnswer::other_device:
        case ScaleAnswer::not_bound:
            return texts.tr("Bind this scale…");
        case ScaleAnswer::check_failed:
        case ScaleAnswer::check_missed:
        case ScaleAnswer::checking:
            return texts.tr("Daily check…");
        case ScaleAnswer::unregistered:
        case ScaleAnswer::certificate_out:
        case ScaleAnswer::library:
        case ScaleAnswer::parameters:
            return texts.tr("More about this scale…");
        default:
            return {};
    }
}

std::int64_t typed_mg(const WeighState& state) {
    std::int64_t grams = 0;
    for (const char digit : state.typed)
        grams = grams * 10 + (digit - '0');
    return grams * mg_of_gram;
}

void fill_tools(WeighView& view, const WeighState& state, const WeighFacts& facts,
                const kit::TextTable& texts) {
    view.way_on = way_on(facts.answer, texts);
    if (!view.way_on.empty() || !has_weight(facts)) return;
    const WeighFacts::Reading& reading = *facts.reading;
    view.can_zero = facts.can_zero;
    view.can_tare = facts.can_tare && reading.stable && reading.gross_mg > 0;
    view.can_key_tare = facts.most_tare_mg > 0;
    const bool has_taken = reading.tare_mg != reading.preset_mg;
    view.can_clear = facts.tare_is_keyed || (has_taken && facts.can_clear_tare);
    if (!state.keying) return;
    view.pad = {.typed = state.typed,
                .hint = texts.tr("In steps of {}, at most {}", domain::mass_text(facts.scale.e_mg),
                                 domain::mass_text(facts.most_tare_mg)),
                .can_confirm = !state.typed.empty()};
}

}  // namespace

WeighView present(const WeighState& state, const WeighFacts& facts, const kit::TextTable& texts) {
    WeighView view;
    view.name = facts.name;
    view.price = price_text({facts.price_fen_per_kg, domain::Unit::kg}, "¥");
    fill_weight(view, facts, texts);
    if (facts.scale.max_mg > 0) {
        view.limits = fmt::format("Max {} · e = {}", domain::mass_text(facts.scale.max_mg),
                                  domain::mass_text(facts.scale.e_mg));
    }
    view.certificate = certificate_of(facts, texts);
    view.why_not = why_not(facts, texts);
    view.why_not_role = role_of(facts.answer);
    view.can_add = facts.answer == ScaleAnswer::ok;
    fill_tools(view, state, facts, texts);
    return view;
}

std::optional<Effect> update(WeighState& state, const WeighFacts& facts,
                             const WeighAction& action) {
    using effect::ScaleOrder;
    if (std::holds_alternative<weigh::GiveUp>(action)) return effect::GiveUpWeighing{};
    if (std::holds_alternative<weigh::Zero>(action)) return effect::TellScale{ScaleOrder::zero};
    if (std::holds_alternative<weigh::TakeTare>(action)) {
        return effect::TellScale{ScaleOrder::take_tare};
    }
    if (std::holds_alternative<weigh::ClearTare>(action)) {
        return effect::TellScale{ScaleOrder::clear_tare};
    }
    if (std::holds_alternative<weigh::GoOn>(action)) return effect::OpenScale{};
    if (const auto* key = std::get_if<weigh::PadKey>(&action)) {
        kit::key_in(state.typed, key->value, most_digits);
        return std::nullopt;
    }
    if (std::holds_alternative<weigh::Add>(action)) {
        if (facts.answer != ScaleAnswer::ok) return std::nullopt;
        return effect::Weigh{};
    }
    const WeighState before = std::exchange(state, {});
    state.keying = std::holds_alternative<weigh::OpenPad>(action);
    if (!std::holds_alternative<weigh::ConfirmTare>(action) || before.typed.empty()) {
        return std::nullopt;
    }
    return effect::KeyTare{typed_mg(before)};
}

}  // namespace fangxin::terminal::till
