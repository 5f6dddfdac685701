// Draws the batches on record.
#pragma once

#include "handheld/screens/batches_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::handheld {

std::optional<batches::Action> draw(kit::Ui& ui, const kit::TextTable& texts,
                                    const BatchesView& view, kit::Rect rect);

}  // namespace fangxin::handheld
