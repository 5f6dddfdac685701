// Draws the pages of a decision about a batch.
#pragma once

#include "handheld/screens/decision_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::handheld {

std::optional<decision::Action> draw(kit::Ui& ui, const kit::TextTable& texts,
                                     const DecisionView& view, kit::Rect rect);

}  // namespace fangxin::handheld
