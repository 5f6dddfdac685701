// Draws the page on which a recall is made, and its last question.
#pragma once

#include "terminal/admin/recall_make_model.hpp"
#include "terminal/kit/ui.hpp"

#include <optional>

namespace fangxin::admin {

/// The way back to the list.
struct MakeLeft {};
using RecallMakeAnswer = std::variant<MakeLeft, RecallMakeAction>;

std::optional<RecallMakeAnswer> draw(kit::Ui& ui, const RecallMakeView& view, kit::Rect rect);

}  // namespace fangxin::admin
