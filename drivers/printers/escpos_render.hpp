// A printer without paper: takes a job's bytes apart as a Chinese 80 mm receipt printer does, for
// tests, for the demo and for a technician who wants to see what was sent. It reads what other
// programs write too, ends at the first command that is cut off and says so, and wraps at the edge
// of the paper like the real thing. Pure; any thread.
#pragma once

#include "domain/receipt.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fangxin::drivers {

inline constexpr int paper_dots = 576;
inline constexpr int paper_columns = 48;

/// A stretch of one line in one style.
struct PrintedRun {
    std::string text;  ///< UTF-8
    bool bold = false;
    int width = 1;  ///< times the normal size, 1..8
    int height = 1;
};
struct PrintedLine {
    std::vector<PrintedRun> runs;
    domain::Align align = domain::Align::left;
};
enum class CodeSort { code128, ean13, qr, other };
struct PrintedCode {
    CodeSort sort = CodeSort::other;
    std::string data;
    int module_dots = 2;
    int height_dots = 80;
    domain::Align align = domain::Align::left;
};
/// Whatever else happened, as it stands in plain_text(): `[CUT]` `[DRAWER]` `[IMAGE]`
/// `[TRUNCATED 1B 70 00]` `[UNKNOWN 1B 99]`.
struct PrintedMark {
    std::string words;
};
struct PrintedFeed {
    int lines = 1;  ///< empty ones
};
using PrintedItem = std::variant<PrintedLine, PrintedCode, PrintedFeed, PrintedMark>;

/// What the bytes put on paper, in order. Never fails; the result is no larger than a small
/// multiple of the input, for which a stored QR code can be printed only once.
/// A pulse takes the two bytes after it, as in the printer: `1B 70 00` `1D 56 00` cuts nothing.
std::vector<PrintedItem> parse_escpos(std::string_view bytes);

/// The same as text, aligned, in the form of domain::plain_text(); `[DRAWER 5]` for the other pin.
std::string plain_text(std::string_view bytes);

}  // namespace fangxin::drivers
