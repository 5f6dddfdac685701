#include "terminal/screens/weigh_model.hpp"

#include "domain/amount_text.hpp"
#include "domain/weighing/price.hpp"
#include "terminal/screens/till_words.hpp"

namespace fangxin::terminal::till {

namespace {

using kit::Role;

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

/// What goes away by itself is no trouble; what needs another person is red.
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
        case ScaleAnswer::silent:
        case ScaleAnswer::fault:
            return Role::block;
        default:
            return Role::warn;
    }
}

bool has_weight(const WeighFacts& facts) {
    return facts.reading && facts.answer != ScaleAnswer::no_scale &&
           facts.answer != ScaleAnswer::silent && facts.answer != ScaleAnswer::fault;
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
    view.tare = texts.tr("Tare {} kg", domain::kilograms(reading.tare_mg));
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
    return {texts.tr("Verified · certificate {} · until {}", facts.scale.certificate, until),
            Role::ok};
}

}  // namespace

WeighView present(const WeighFacts& facts, const kit::TextTable& texts) {
    WeighView view;
    view.name = facts.name;
    view.price = price_text({facts.price_fen_per_kg, domain::Unit::kg}, "¥");
    fill_weight(view, facts, texts);
    if (facts.scale.max_mg > 0) {
        view.limits = texts.tr("Max {} kg · e = {} g", facts.scale.max_mg / 1'000'000,
                               facts.scale.e_mg / 1'000);
    }
    view.certificate = certificate_of(facts, texts);
    view.why_not = why_not(facts, texts);
    view.why_not_role = role_of(facts.answer);
    view.can_add = facts.answer == ScaleAnswer::ok;
    return view;
}

std::optional<Effect> update(const WeighFacts& facts, const WeighAction& action) {
    if (std::holds_alternative<weigh::GiveUp>(action)) return effect::GiveUpWeighing{};
    if (facts.answer != ScaleAnswer::ok) return std::nullopt;
    return effect::Weigh{};
}

}  // namespace fangxin::terminal::till
