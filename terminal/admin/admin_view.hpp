// Draws the admin area under the top bar.
#pragma once

#include "terminal/admin/admin_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::admin {

std::optional<AdminAction> draw(kit::Ui& ui, const kit::TextTable& texts, const AdminView& view,
                                kit::Rect rect);

}  // namespace fangxin::admin
