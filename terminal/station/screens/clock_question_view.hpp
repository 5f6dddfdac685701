// Draws the question about the clock: dates beside the pad, or one after the other.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/clock_question_model.hpp"

namespace fangxin::terminal {

std::optional<ClockQuestionAction> draw(kit::Ui& ui, const ClockQuestionView& view, kit::Rect rect);

}  // namespace fangxin::terminal
