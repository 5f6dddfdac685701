#include "domain/pricing/basket_prices.hpp"

namespace fangxin::domain {

void price_lines(Basket& basket, const PriceBook& book, const StoreTime& now) {
    std::vector<PriceLine> lines;
    std::vector<Line*> priced_lines;
    for (Line& line : basket.lines) {
        line.amount_fen += std::exchange(line.saved_fen, 0);
        line.promotions.clear();
        if (line.blocked) continue;
        lines.push_back({.item = line.item,
                         .category = line.category,
                         .unit = line.net_mg > 0 ? Unit::kg : line.unit,
                         .quantity = line.quantity,
                         .net_mg = line.net_mg,
                         .unit_price_fen = line.unit_price_fen,
                         .amount_fen = line.amount_fen,
                         .is_open = !line.label_amount && !line.list_price_fen});
        priced_lines.push_back(&line);
    }
    const Priced priced =
        price_basket(book, lines, {.now = now, .is_member = basket.member.has_value()});
    for (std::size_t i = 0; i < priced_lines.size(); ++i) {
        Line& line = *priced_lines[i];
        for (const LineSaving& saving : priced.savings[i]) {
            const PriceRule& rule = book.rule(saving.rule);
            line.promotions.push_back({rule.id, rule.name_zh, rule.name_en, saving.saved_fen});
            line.saved_fen += saving.saved_fen;
        }
        line.amount_fen -= line.saved_fen;
    }
}

}  // namespace fangxin::domain
