// Draws the dialog that asks who the customer is.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/lookup_view.hpp"
#include "terminal/screens/member_model.hpp"

namespace fangxin::terminal::till {

using MemberAnswer = std::variant<Leave, MemberAction>;
std::optional<MemberAnswer> draw(kit::Ui& ui, const kit::TextTable& texts, const MemberView& view);

}  // namespace fangxin::terminal::till
