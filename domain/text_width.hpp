// How many columns a text takes on paper, and text cut, padded and wrapped to columns. It counts
// as receipt printers do: ASCII takes one column; what a printer sets from its Chinese font takes
// two, which besides Chinese is every sign of GB18030's two-byte area (`×` `℃` `Ω` `é`), so that
// what is right-aligned here is right-aligned on paper. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::domain {

/// What stands for bytes that are not UTF-8.
inline constexpr char32_t replacement_character = 0xFFFD;

/// Takes the first code point off `text`, which must not be empty. Bytes that are not UTF-8
/// (overlong forms and surrogates too) give U+FFFD and take off one byte each.
char32_t take_code_point(std::string_view& text);

/// Appends UTF-8; what is no Unicode scalar value becomes U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

/// The beginning of a text in at most so many bytes; no character of UTF-8 is cut.
std::string_view whole_beginning(std::string_view text, std::size_t most_bytes);

/// 2 for Chinese, Hangul, fullwidth forms and the signs above, `¥` (printed as `￥`) among them;
/// 0 for controls and combining marks (not printed); 1 for all else.
int column_width(char32_t code_point);
int column_width(std::string_view text);

/// Nothing to be seen: spaces of any width, controls, line ends.
bool is_blank(std::string_view text);

/// Spaces after, before or around the text up to `columns`; a longer text stays as it is.
std::string pad_end(std::string_view text, int columns);
std::string pad_start(std::string_view text, int columns);
std::string centred(std::string_view text, int columns);

/// The text, or as much of it as fits before `…`, in at most `columns` (at least 2).
std::string truncate(std::string_view text, int columns);

/// As they stand, without their ends and without empty ones.
std::vector<std::string_view> lines_of(std::string_view text);

/// Lines of at most `columns` (at least 2), at least one. Breaks between words and around wide
/// characters; a longer word is cut. Control characters go, `\n` breaks.
///     wrap("有机 Whole Milk 1L", 9) → "有机"  "Whole"  "Milk 1L"
std::vector<std::string> wrap(std::string_view text, int columns);

}  // namespace fangxin::domain
