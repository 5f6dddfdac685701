// A printer without paper: takes a job's bytes apart as a Chinese 80 mm receipt printer does, for
// tests, for the demo and for a technician who wants to see what was sent. It reads what other
// programs write too, ends at the first command that is cut off and says so, and wraps at the edge
// of the paper like the real thing. Pure; any thread.
#pragma once

#include "domain/receipt.hpp"
#include "drivers/printers/paper/symbol.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fangxin::drivers {

inline constexpr int paper_dots = 576;
inline constexpr int paper_columns = 48;

/// A picture, each of its dots printed so many times over.
struct PrintedDots {
    std::shared_ptr<const Bitmap> bitmap;
    int wide = 1;
    int high = 1;
};

/// A stretch of one line in one style: text, or a picture of columns.
struct PrintedRun {
    std::string text;  ///< UTF-8
    bool bold = false;
    int width = 1;  ///< times the normal size, 1..8
    int height = 1;
    int underline = 0;  ///< dots
    bool reverse = false;
    bool narrow = false;  ///< from a code page: every character takes one column
    int cell = 12;        ///< dots a column: 9 in font B
    int space = 0;        ///< dots after each character
    int x = 0;            ///< dots from the line's left margin
    PrintedDots dots;     ///< instead of text

    int columns() const;  ///< of the text, its size not counted
    int width_dots() const;
    int height_dots() const;
};
/// What of the paper's width is printed on.
struct PrintArea {
    int left = 0;
    int width = paper_dots;
};
struct PrintedLine {
    std::vector<PrintedRun> runs;
    domain::Align align = domain::Align::left;
    PrintArea area;
    int spacing = 30;  ///< dots from one line to the next, if no character is higher
};
enum class CodeWords { none, above, below, both };
struct PrintedCode {
    CodeSort sort = CodeSort::code128;
    std::string data;  ///< what a scanner sends
    std::string sent;  ///< as it came, for make_symbol()
    int module_dots = 2;
    int height_dots = 80;
    int level = 0;
    CodeWords words = CodeWords::none;
    domain::Align align = domain::Align::left;
    PrintArea area;
};
struct PrintedImage {
    PrintedDots dots;
    domain::Align align = domain::Align::left;
    PrintArea area;
};
/// Whatever else happened, as it stands in plain_text(): `[CUT]` `[DRAWER]` `[NO IMAGE 1]`
/// `[TRUNCATED 1B 70 00]` `[UNKNOWN 1B 99]` `[PAGE MODE]`.
struct PrintedMark {
    std::string words;
};
struct PrintedFeed {
    int lines = 0;  ///< empty ones
    int dots = 0;   ///< in all
};
using PrintedItem = std::variant<PrintedLine, PrintedCode, PrintedImage, PrintedFeed, PrintedMark>;

/// What the bytes put on paper, in order. Never fails; the result is no larger than a small
/// multiple of the input, for which a stored QR code can be printed only once.
/// A pulse takes the two bytes after it, as in the printer: `1B 70 00` `1D 56 00` cuts nothing.
/// Sizes of `ESC !` count for Chinese characters too: some printers do so, others want `FS !`.
/// Page mode is not drawn, but said.
std::vector<PrintedItem> parse_escpos(std::string_view bytes);

/// The same as text, aligned, in the form of domain::plain_text(); `[DRAWER 5]` for the other pin,
/// `[IMAGE 384x120]` for pictures.
std::string plain_text(std::string_view bytes);

}  // namespace fangxin::drivers
