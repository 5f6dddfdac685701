// Draws the pages of a recall.
#pragma once

#include "handheld/screens/recall_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::handheld {

std::optional<recall::Action> draw(kit::Ui& ui, const kit::TextTable& texts, const RecallView& view,
                                   kit::Rect rect);

}  // namespace fangxin::handheld
