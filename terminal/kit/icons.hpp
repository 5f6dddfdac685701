// The few signs that are drawn by lines, so that they are sharp at every scale and need no files.
// A sign never stands alone where it means something: a word is with it.
#pragma once

#include "terminal/kit/ui.hpp"

namespace fangxin::kit {

enum class Icon : std::uint8_t {
    none,
    check,
    cross,
    question,
    exclamation,
    warning,
    back,
    forward,
    search,
    lock,
    plus,
    minus,
    backspace,
    down,
    clock,
    list,
    shelf,
    speech,
    camera,
    printer,
    person,
};

/// Drawn in the largest square that fits in the middle of `rect`, by lines of `pen` 24ths of it.
void draw_icon(Ui& ui, Rect rect, Icon icon, Role role, float pen = 2);

}  // namespace fangxin::kit
