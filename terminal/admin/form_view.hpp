// Draws a form. The keyboard on the screen lies over the lower part: while something is written the
// rows move so that the field is seen.
#pragma once

#include "terminal/admin/form_model.hpp"
#include "terminal/kit/ui.hpp"

namespace fangxin::admin {

/// The way back was touched.
struct FormLeft {};
using FormAnswer = std::variant<FormLeft, FormAction>;
std::optional<FormAnswer> draw(kit::Ui& ui, const FormView& view, kit::Rect rect);

}  // namespace fangxin::admin
