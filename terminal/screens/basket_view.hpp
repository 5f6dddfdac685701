// Draws the basket's table in its card.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/basket_model.hpp"

namespace fangxin::terminal::till {

std::optional<BasketAction> draw(kit::Ui& ui, const kit::TextTable& texts, const BasketView& view,
                                 kit::Rect rect);

}  // namespace fangxin::terminal::till
