#include "terminal/checkout/pole_text.hpp"

#include "domain/weighing/price.hpp"
#include "domain/weighing/tare.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::string_view ascii_greeting = "Welcome";

/// The mass and the price that would be sold now; neither while the scale refuses.
drivers::PoleText weighed(const Checkout& checkout, const domain::Item& item) {
    drivers::PoleText text{.kind = drivers::PoleKind::weight,
                           .words = item.name_zh,
                           .ascii_words = item.name_en,
                           .amount_fen = std::nullopt,
                           .weight_mg = std::nullopt};
    const ScaleNow now = checkout.scale_now();
    const auto* current = std::get_if<weighing::CurrentReading>(&now.latest);
    if (current == nullptr || !now.refusal.empty()) return text;
    const std::int64_t net_mg = weighing::weights_of(current->reading, now.preset_tare_mg).net_mg;
    text.weight_mg = net_mg;
    text.amount_fen =
        weighing::weight_amount({.net_mg = net_mg, .price_fen_per_kg = item.price_fen});
    return text;
}

}  // namespace

drivers::PoleText pole_text(const Checkout& checkout, const std::string& greeting) {
    if (const auto* asked = std::get_if<AskWeight>(&checkout.prompt())) {
        return weighed(checkout, asked->candidate.found.item);
    }
    const domain::Basket& basket = checkout.basket();
    if (!basket.lines.empty()) {
        const domain::Line& newest = basket.lines.back();
        return {.kind = drivers::PoleKind::total,
                .words = newest.name_zh,
                .ascii_words = newest.name_en,
                .amount_fen = domain::total_fen(basket),
                .weight_mg = std::nullopt};
    }
    if (const auto& receipt = checkout.last_receipt()) {
        return {.kind = drivers::PoleKind::change,
                .words = {},
                .ascii_words = {},
                .amount_fen = receipt->change_fen,
                .weight_mg = std::nullopt};
    }
    return {.kind = drivers::PoleKind::greeting,
            .words = greeting,
            .ascii_words = std::string(ascii_greeting),
            .amount_fen = std::nullopt,
            .weight_mg = std::nullopt};
}

}  // namespace fangxin::terminal
