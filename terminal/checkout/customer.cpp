// Who the customer is (SALE-16): members' prices and points are his from then on.
#include "sync/ops.hpp"
#include "terminal/checkout/checkout.hpp"

namespace fangxin::terminal {

namespace {
constexpr std::int64_t fen_per_point = 100;
}

Outcome Checkout::set_member(const std::string& text) {
    if (auto outcome = ready_to_scan(); !outcome.error.empty()) return outcome;
    // As scanned, it may say what kind of code it was.
    const std::string plain = domain::parse_code(text, station_.code_context()).text;
    auto found = station_.find_member(plain.empty() ? text : plain);
    if (!found) return failed(found.error());
    if (!*found) {
        const bool may_be_new = station_.has_server() && !station_.online();
        return refused(may_be_new ? "no_such_member_here" : "no_such_member");
    }
    return welcome(std::move(**found));
}

Outcome Checkout::welcome(domain::BasketMember member) {
    basket_.member = std::move(member);
    last_receipt_.reset();
    save_draft();
    return {.member = basket_.member};
}

Outcome Checkout::drop_member() {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    basket_.member.reset();
    save_draft();
    return {};
}

/// A card that was scanned where goods are: goods come first, they are why people scan.
std::optional<domain::BasketMember> Checkout::card_of(const std::string& text) {
    constexpr std::size_t longest_number = 32;
    if (text.empty() || text.size() > longest_number) return std::nullopt;
    auto found = station_.find_card(text);
    return found ? std::move(*found) : std::nullopt;
}

void Checkout::add_points(sync::Sale& sale) const {
    if (!basket_.member) return;
    sale.member = basket_.member->number;
    const std::int64_t costs = station_.shop().number_setting("fen_per_point", fen_per_point);
    sale.points_earned = domain::points_for(sale.total_fen - sale.rounding_fen, costs);
    sale.points = basket_.member->points + sale.points_earned;
}

}  // namespace fangxin::terminal
