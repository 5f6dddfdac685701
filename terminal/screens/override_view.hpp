// Draws the dialog that gives a line another price.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/screens/lookup_view.hpp"
#include "terminal/screens/override_model.hpp"

namespace fangxin::terminal::till {

using OverrideAnswer = std::variant<Leave, OverrideAction>;
std::optional<OverrideAnswer> draw(kit::Ui& ui, const kit::TextTable& texts,
                                   const OverrideView& view);

}  // namespace fangxin::terminal::till
