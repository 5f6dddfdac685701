// Draws the report of a fault: all of it on one page, at a till in two columns; while the text is
// written, that alone and the keyboard.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/fault_report_model.hpp"
#include "terminal/station/screens/writing.hpp"

#include <optional>

namespace fangxin::terminal {

std::optional<FaultReportAction> draw(kit::Ui& ui, const kit::TextTable& texts,
                                      const FaultReportView& view, Writing& writing,
                                      kit::Rect rect);

}  // namespace fangxin::terminal
