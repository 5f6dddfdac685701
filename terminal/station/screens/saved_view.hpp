// What was written down is saved: its number, and the way on. Of complaints and reports of faults.
#pragma once

#include "terminal/kit/ui.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

struct SavedView {
    std::string title;
    std::string number;
    std::string hint;
    std::string another;
    std::string close;
};

enum class SavedAnswer { another, close };
/// By F2 and Esc too.
std::optional<SavedAnswer> draw(kit::Ui& ui, const SavedView& view, kit::Rect rect);

}  // namespace fangxin::terminal
