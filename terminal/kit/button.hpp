// Buttons and the keypads made of them. Pressed at once, activated by the release inside.
#pragma once

#include "terminal/kit/icons.hpp"

#include <span>

namespace fangxin::kit {

enum class Look : std::uint8_t {
    normal,
    primary,  ///< the one that goes on
    danger,   ///< the one that stops, or cannot be taken back
};

/// How much hangs on it, and so how large it must be: 56, 72 or 84 units (screens.md).
enum class Grade : std::uint8_t { normal, main, final };
float min_size_of(Grade grade);

struct ButtonStyle {
    Look look = Look::normal;
    Grade grade = Grade::normal;
    Key key = Key::none;  ///< presses it; drawn on it when a keyboard is attached
    std::string_view sub = {};
    Icon icon = Icon::none;
    bool enabled = true;
    bool selected = false;    ///< the tab that is open, the tender that is chosen
    Role words = Role::text;  ///< of a normal button: `block` for a refusal
    float size = 0;           ///< type size; 0: by grade
    Id id = 0;
};

/// True when it was activated in this pass.
bool button(Ui& ui, Rect rect, std::string_view words, const ButtonStyle& style = {});

/// Draws the cap of a key with its left middle at `at`; returns its width.
float key_cap(Ui& ui, Point at, Key key, Role role = Role::muted);
float key_cap_width(Ui& ui, Key key);

struct PadKey {
    std::string_view words;
    std::string_view value;  ///< what the caller gets
    Key key = Key::none;
    Icon icon = Icon::none;
    bool enabled = true;
};
/// One button a cell, row by row; an empty `words` without icon leaves its cell free.
/// Returns the value of the key that was activated.
std::optional<std::string_view> keypad(Ui& ui, Rect rect, Grid grid, std::span<const PadKey> keys);

/// 7 8 9 / 4 5 6 / 1 2 3 / clear 0 ⌫, for a grid of 3×4. Values: digits, `clear`, `back`.
std::vector<PadKey> pin_pad(std::string_view clear_words);
/// 7 8 9 ⌫ / 4 5 6 clear / 1 2 3 00 / 0 . with two cells free, for a grid of 4×4.
std::vector<PadKey> money_pad(std::string_view clear_words);

}  // namespace fangxin::kit
