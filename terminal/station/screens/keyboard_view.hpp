// Draws the keyboard on the screen (kit/keyboard_model.hpp) in whatever width there is, candidates
// above the keys.
#pragma once

#include "terminal/kit/keyboard_model.hpp"
#include "terminal/kit/ui.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal {

inline constexpr float keyboard_height = 328;

/// Which candidates of the engine's page are in sight, where they do not all fit. Whoever shows the
/// keyboard keeps it; it starts again by itself when there are others.
struct CandidateWindow {
    std::vector<std::size_t> starts{0};  ///< of each window so far; the last is shown
    std::string of;                      ///< what they are candidates for
};

/// `rect` is at least 456 wide and keyboard_height high. Keys touch each other and are as wide as
/// ten of them allow: 45 units on a handheld, which is what such keyboards have.
std::optional<kit::KeyboardAction> draw_keyboard(kit::Ui& ui, const kit::KeyboardView& view,
                                                 CandidateWindow& window, kit::Rect rect);

}  // namespace fangxin::terminal
