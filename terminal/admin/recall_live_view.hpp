// Draws one recall as it goes.
#pragma once

#include "terminal/admin/recalls_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::admin {

/// True if the way back to the list was touched.
bool draw(kit::Ui& ui, const RecallLiveView& view, kit::Rect rect);

}  // namespace fangxin::admin
