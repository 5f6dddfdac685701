// A basket's lines with what promotions take off them (SALE-4, rules 5). Any thread.
#pragma once

#include "domain/basket.hpp"
#include "domain/pricing/pricing.hpp"

namespace fangxin::domain {

/// Prices it anew: `amount_fen`, `saved_fen` and `promotions` of each line. A line that must not be
/// sold has no part in promotions, nor has one whose amount a label or whose price a person says in
/// those of goods.
void price_lines(Basket& basket, const PriceBook& book, const StoreTime& now);

}  // namespace fangxin::domain
