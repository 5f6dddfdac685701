// What kind of character a code point is, as far as drawing and line breaking care. No shaping: a
// right-to-left name is drawn in the order of its letters. Pure, any thread.
#pragma once

namespace fangxin::kit {

/// Joiners, variation selectors, direction marks: they have no picture of their own.
bool is_invisible(char32_t c);
/// Han, kana, hangul, full-width forms: a line may end after each.
bool is_wide(char32_t c);
/// Closing punctuation, which never begins a line.
bool stays_with_previous(char32_t c);
/// Opening brackets and quotes, which never end a line.
bool stays_with_next(char32_t c);

}  // namespace fangxin::kit
