// Draws the complaint: three pages side by side where there is room, else one by one; while a field
// is written, that field alone and the keyboard.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/complaint_model.hpp"
#include "terminal/station/screens/writing.hpp"

namespace fangxin::terminal {

std::optional<ComplaintAction> draw(kit::Ui& ui, const kit::TextTable& texts,
                                    const ComplaintView& view, Writing& writing, kit::Rect rect);

}  // namespace fangxin::terminal
