// Draws the pages of receiving.
#pragma once

#include "handheld/screens/receive_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::handheld {

std::optional<receive::Action> draw(kit::Ui& ui, const kit::TextTable& texts,
                                    const ReceiveView& view, kit::Rect rect);

}  // namespace fangxin::handheld
