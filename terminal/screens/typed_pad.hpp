// A number that is being keyed, over the pad that keys it: of the dialogs that ask for one.
#pragma once

#include "terminal/kit/ui.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::terminal::till {

struct TypedPad {
    std::string_view typed;
    std::string_view placeholder;  ///< while nothing is
    std::string_view clear;        ///< the word on that key
};

/// The key that was pressed: a digit, `back`, `clear`.
std::optional<std::string> draw(kit::Ui& ui, const TypedPad& pad, kit::Rect rect);

}  // namespace fangxin::terminal::till
