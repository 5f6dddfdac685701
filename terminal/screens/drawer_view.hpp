// Draws the page of the drawer.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/drawer_model.hpp"

#include <optional>

namespace fangxin::terminal::till {

std::optional<DrawerAction> draw(kit::Ui& ui, const kit::TextTable& texts, const DrawerView& view,
                                 kit::Rect rest);

}  // namespace fangxin::terminal::till
