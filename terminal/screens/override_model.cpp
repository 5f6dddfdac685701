#include "terminal/screens/override_model.hpp"

#include "domain/amount_text.hpp"
#include "domain/money.hpp"
#include "terminal/screens/money_typed.hpp"
#include "terminal/screens/till_words.hpp"

namespace fangxin::terminal::till {

namespace {

std::int64_t list_price_of(const domain::Line& line) {
    return line.list_price_fen.value_or(line.unit_price_fen);
}

/// The basket with that price; none: it does not take it.
std::optional<domain::Basket> tried(const OverrideState& state, const domain::Basket& basket) {
    const domain::Line* line = domain::find_line(basket, state.line);
    const std::int64_t fen = fen_of(state.typed);
    if (line == nullptr || !may_override(*line) || fen <= 0 || fen == line->unit_price_fen)
        return std::nullopt;
    domain::Basket changed = basket;
    const bool fits =
        domain::override_price(
            changed, {.line = state.line, .unit_price_fen = fen, .reason = {}, .approved_by = {}})
            .has_value();
    return fits ? std::optional(std::move(changed)) : std::nullopt;
}

}  // namespace

std::vector<kit::Msgid> override_reasons() {
    return {kit::Msgid("The price label says another"), kit::Msgid("The packing is damaged"),
            kit::Msgid("Agreed with the manager")};
}

bool may_override(const domain::Line& line) { return !line.blocked && !line.label_amount; }

OverrideView present(const OverrideState& state, const domain::Basket& basket,
                     const kit::TextTable& texts) {
    OverrideView view;
    for (const kit::Msgid& each : override_reasons())
        view.reasons.push_back(texts.tr(each));
    view.reason = state.reason;
    const domain::Line* line = domain::find_line(basket, state.line);
    if (line == nullptr) return view;
    const std::int64_t fen = fen_of(state.typed);
    view.name = name_of(*line, texts);
    view.list_price = price_text({list_price_of(*line), line->unit}, "¥");
    view.typed = price_text({fen, line->unit}, "¥");
    const auto changed = tried(state, basket);
    view.can_confirm = changed.has_value();
    if (changed)
        view.amount = domain::yuan(domain::find_line(*changed, state.line)->amount_fen, "¥");
    return view;
}

std::optional<Effect> update(OverrideState& state, const domain::Basket& basket,
                             const OverrideAction& action) {
    if (const auto* key = std::get_if<price_override::PadKey>(&action)) {
        press_money(state.typed, key->value);
    } else if (const auto* reason = std::get_if<price_override::Reason>(&action)) {
        if (reason->place < override_reasons().size()) state.reason = reason->place;
    } else if (tried(state, basket)) {
        return effect::OverridePrice{state.line, fen_of(state.typed), state.reason};
    }
    return std::nullopt;
}

}  // namespace fangxin::terminal::till
