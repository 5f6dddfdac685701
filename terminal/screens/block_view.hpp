// Draws the block panel in the place of the right side.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/block_model.hpp"

namespace fangxin::terminal::till {

std::optional<BlockAction> draw(kit::Ui& ui, const kit::TextTable& texts, const BlockView& view,
                                kit::Rect rect);

}  // namespace fangxin::terminal::till
