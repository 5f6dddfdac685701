// A text as a QR code in a terminal's characters: half blocks, two rows of modules a line, with the
// quiet zone of four modules. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace fangxin::sync {

/// Lines in UTF-8, dark on the terminal's light or light on its dark: inverted, so that a scanner
/// finds it on the usual dark screen. Empty if it is too long for a code.
std::string qr_text(std::string_view text);

}  // namespace fangxin::sync
