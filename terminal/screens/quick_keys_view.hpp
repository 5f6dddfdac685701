// Draws the quick keys: a row of tabs, four by three keys. On a keyboard the letters lie as the
// keys do: Q W E R, A S D F, Z X C V; left and right turn the pages.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/quick_keys_model.hpp"

namespace fangxin::terminal::till {

std::optional<QuickAction> draw(kit::Ui& ui, const kit::TextTable& texts, const QuickView& view,
                                kit::Rect rect);

}  // namespace fangxin::terminal::till
