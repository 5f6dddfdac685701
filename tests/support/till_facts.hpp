// Facts of a till in a Chinese supermarket, for the screens' rows and tests: baskets, questions of
// the till, quick keys. Values only.
#pragma once

#include "terminal/screens/checkout_model.hpp"
#include "terminal/screens/scale_model.hpp"

#include <utility>
#include <vector>

namespace fangxin::till_facts {

using namespace terminal::till;

/// Pieces of one item that may be sold.
domain::Line pieces(std::string name, std::int64_t price_fen, std::int64_t quantity = 1);
/// A basket of these lines, numbered from 1, amounts as they are.
domain::Basket basket_of(std::vector<domain::Line> lines);

QuickFacts quick();
CheckoutFacts at_work();  ///< seven lines, 132.67
CheckoutFacts long_basket();
CheckoutFacts dear_basket();
CheckoutFacts with_red_line();  ///< line 3
CheckoutFacts with_spirits();
CheckoutFacts after_unknown_code();
CheckoutFacts many_quick_keys();

domain::BasketMember member();
ResumeFacts holds();
PriceFacts::Answer price_of_milk();
SearchFacts hits(std::string text);

BlockFacts expired_tofu();
BlockFacts recalled_and_more();
BlockFacts stop_sale_without_printer();
VerifyFacts which_date(int batches);
VerifyFacts which_lot();
WeighFacts bananas(ScaleAnswer answer);
std::vector<std::pair<const char*, ScaleAnswer>> scale_answers();
/// Its page, before the day's check.
ScaleFacts scale(ScaleAnswer answer);
PaidFacts paid(Printing printing);

}  // namespace fangxin::till_facts
