// Receipt lines → the bytes a receipt printer takes (SALE-7): ESC/POS, Chinese as GB18030 two-byte
// characters, or drawn for a printer that has none. Pure but for the font that lines are drawn
// with; any thread. Sources: devices.md section 4 (SP91, SPRT, SRP-500, HPRT manuals).
//
//   1B 40                     initialise; every job starts so and owes nothing to the one before
//   1B 52 00                  ASCII is ASCII: set to China, some print a yen sign for the dollar
//   1C 26                     two-byte characters on
//   1B 61 n                   left, centre, right
//   1B 21 n  1C 21 n  1D 21 n double size of ASCII, of Chinese, and on printers that know only GS !
//   1B 45 n                   bold
//   1B 70 m 19 FA             drawer pulse of 50 ms; all five bytes, or the printer eats the next
//   1D 6B 49 n 7B 42 d…       Code 128, code set B      1D 6B 43 0D d13   EAN-13
//   1D 28 6B pL pH 31 …       QR code, 1B 4A 18 of white above and below it
//   1D 56 42 00               feed and cut
//   1D 76 30 00 xL xH yL yH d…  dots: the logo, and lines that are drawn
//
// No job can contain a real-time command by accident (10 04 status, 10 05 recover, 10 14 drawer),
// which a printer obeys wherever it stands: control bytes of texts and codes are dropped, no length
// here is 10 followed by one of them, and in pictures one dot is added where dots would read so.
#pragma once

#include "domain/enum_text.hpp"
#include "domain/receipt.hpp"
#include "drivers/printers/bitmap.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fangxin::drivers {

enum class DrawerPin { two, five };

/// How lines of text go to the printer. `raster` draws all of them, for a printer without Chinese;
/// `mixed` draws those that are not plain ASCII. Columns are 12 dots in all three.
enum class TextMode { text, raster, mixed };

struct EscposOptions {
    DrawerPin drawer_pin = DrawerPin::two;
    TextMode mode = TextMode::text;
    int paper_dots = 576;  ///< 384 on 58 mm paper; drawn lines and the logo are placed by it
    std::shared_ptr<const Bitmap> logo;  ///< at the head of the job, see logo.hpp
};

/// A whole job. A code that is too long for the paper is printed as text instead. Without a font to
/// draw with (fonts-wqy-zenhei) lines go as text.
std::string encode(std::span<const domain::ReceiptLine> lines, const EscposOptions& options = {});

/// One text as the printer's characters, in exactly domain::column_width() columns. What has no
/// two bytes in GB18030 (characters with four, private use) becomes `？` if wide, `?` if narrow;
/// `¥` becomes `￥`, spaces of any sort a space; controls and combining marks are dropped.
std::string encode_text(std::string_view utf8);

}  // namespace fangxin::drivers

namespace fangxin::domain {

template <>
struct EnumTable<drivers::DrawerPin> {
    static constexpr std::array rows{EnumText{drivers::DrawerPin::two, "two"},
                                     EnumText{drivers::DrawerPin::five, "five"}};
};
template <>
struct EnumTable<drivers::TextMode> {
    static constexpr std::array rows{EnumText{drivers::TextMode::text, "text"},
                                     EnumText{drivers::TextMode::raster, "raster"},
                                     EnumText{drivers::TextMode::mixed, "mixed"}};
};

}  // namespace fangxin::domain
