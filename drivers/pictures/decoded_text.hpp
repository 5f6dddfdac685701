// What characters the bytes of a QR code mean when it does not say. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// UTF-8 if they are UTF-8, else GB18030, as text in UTF-8. Every library guesses something else,
/// and Chinese labels are one or the other. None if they are neither, or if every character is a
/// pair of QR's Kanji mode (Shift JIS) and not of GB2312: that mode the library reads right.
std::optional<std::string> text_of_bytes(std::string_view bytes);

bool is_utf8(std::string_view bytes);

}  // namespace fangxin::drivers
