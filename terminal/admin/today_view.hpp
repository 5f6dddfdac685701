// Draws the first page of the admin area.
#pragma once

#include "terminal/admin/today_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::admin {

std::optional<TodayAction> draw(kit::Ui& ui, const TodayView& view, kit::Rect rect);

}  // namespace fangxin::admin
