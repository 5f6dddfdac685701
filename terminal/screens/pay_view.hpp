// Draws the cash panel, and the panel of a sale that is done, in the place of the right side.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/pay_model.hpp"

namespace fangxin::terminal::till {

std::optional<PayAction> draw(kit::Ui& ui, const kit::TextTable& texts, const PayView& view,
                              kit::Rect rect);
std::optional<PaidAction> draw(kit::Ui& ui, const kit::TextTable& texts, const PaidView& view,
                               kit::Rect rect);

}  // namespace fangxin::terminal::till
