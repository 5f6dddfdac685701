// Draws the customer's window; nothing in it can be touched.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/customer_model.hpp"

namespace fangxin::terminal::till {

void draw(kit::Ui& ui, const kit::TextTable& texts, const CustomerView& view, kit::Rect rect);

}  // namespace fangxin::terminal::till
