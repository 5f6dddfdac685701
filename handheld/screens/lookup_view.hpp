// Draws what a code is and what can be done with it.
#pragma once

#include "handheld/screens/lookup_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::handheld {

std::optional<lookup::Action> draw(kit::Ui& ui, const kit::TextTable& texts, const LookupView& view,
                                   kit::Rect rect);

}  // namespace fangxin::handheld
