// Receipt lines → the bytes a receipt printer takes (SALE-7): ESC/POS, Chinese as GB18030 two-byte
// characters. Pure; any thread. Sources: devices.md section 4 (SP91, SPRT, SRP-500, HPRT manuals).
//
//   1B 40                     initialise; every job starts so and owes nothing to the one before
//   1C 26                     two-byte characters on
//   1B 61 n                   left, centre, right
//   1B 21 n  1C 21 n  1D 21 n double size of ASCII, of Chinese, and on printers that know only GS !
//   1B 45 n                   bold
//   1B 70 m 19 FA             drawer pulse of 50 ms; all five bytes, or the printer eats the next
//   two 1D 6B 49 n 7B 42 d…       Code 128, code set B      1D 6B 43 0D d13   EAN-13 1D 28 6B pL pH
//   31 …       QR code                   1D 56 42 00       feed and cut
//
// No job can contain a real-time command by accident (10 04 status, 10 14 drawer): control bytes of
// texts and codes are dropped, and no length here is 10 followed by 04 or 14.
#pragma once

#include "domain/receipt.hpp"

#include <span>
#include <string>
#include <string_view>

namespace fangxin::drivers {

enum class DrawerPin { two, five };

struct EscposOptions {
    DrawerPin drawer_pin = DrawerPin::two;
};

/// A whole job. A code that is too long for the paper is printed as text instead.
std::string encode(std::span<const domain::ReceiptLine> lines, const EscposOptions& options = {});

/// One text as the printer's characters, in exactly domain::column_width() columns. What has no
/// two bytes in GB18030 (characters with four, private use) becomes `？` if wide, `?` if narrow;
/// `¥` becomes `￥`, spaces of any sort a space; controls and combining marks are dropped.
std::string encode_text(std::string_view utf8);

}  // namespace fangxin::drivers
