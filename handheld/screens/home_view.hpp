// Draws the handheld's first page.
#pragma once

#include "handheld/screens/home_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::handheld {

std::optional<home::Action> draw(kit::Ui& ui, const kit::TextTable& texts, const HomeView& view,
                                 kit::Rect rect);

}  // namespace fangxin::handheld
