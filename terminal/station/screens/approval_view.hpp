// Draws the dialog for a second person over whatever screen asked for it; call it last.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/approval_model.hpp"

namespace fangxin::terminal {

std::optional<ApprovalAction> draw(kit::Ui& ui, const ApprovalView& view);

}  // namespace fangxin::terminal
