// A line or box in which text is written: by the keyboard, or by the on-screen keyboard, whose
// texts the view adds itself. The view owns the text and says which field is active.
#pragma once

#include "terminal/kit/icons.hpp"

namespace fangxin::kit {

struct FieldStyle {
    std::string_view text;
    std::string_view placeholder = {};
    std::string_view composing = {};  ///< letters that are not yet characters, underlined
    std::string_view label = {};      ///< small, left of the text
    Icon icon = Icon::none;
    bool active = false;   ///< shows the caret and takes what is typed
    bool numeric = false;  ///< right-aligned, bold and large
    bool enabled = true;
    int lines = 1;  ///< of a text that needs more, the last ones are shown while it is active
    std::size_t longest = 400;  ///< bytes; what would go beyond is left out
    Id id = 0;
};

struct FieldAnswer {
    bool touched = false;                ///< the view makes it the active one
    std::optional<std::string> changed;  ///< the new text
    bool entered = false;                ///< Enter was pressed in it
};
FieldAnswer text_field(Ui& ui, Rect rect, const FieldStyle& style);

/// `text` without its last character.
std::string without_last(std::string_view text);

/// What a keypad's key, by its value (`clear`, `back`, else what it writes), makes of a text that
/// may have so many bytes. A key that does not fit any more writes nothing.
void key_in(std::string& text, std::string_view key, std::size_t longest);

}  // namespace fangxin::kit
