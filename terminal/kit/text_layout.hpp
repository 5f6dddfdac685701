// Where text goes: widths, the cut with an ellipsis, lines within a width. Counts in design units
// from the fonts' own widths, so a layout is the same at every scale and needs no display. Pure
// apart from the fonts' cache; the thread of the Fonts.
#pragma once

#include "terminal/kit/fonts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::kit {

struct Type {
    float size = 20;
    Weight weight = Weight::regular;
};

/// A line is this much of the type size high when several stand above each other.
constexpr float line_height = 1.36F;
/// From the middle of a line down to the baseline: half the height of digits, about that of Han.
constexpr float middle_to_baseline = 0.367F;

float measure(Fonts& fonts, std::string_view text, Type type);

/// `text`, or as much of it as fits in `width` with `…` behind.
struct Cut {
    std::string text;
    bool shortened = false;
};
Cut cut_to(Fonts& fonts, std::string_view text, Type type, float width);

/// At most `max_lines` lines, broken at blanks and between wide characters, never before closing
/// punctuation; a longer word is cut where the width ends. The last line ends in `…` when there
/// would be more. `\n` breaks.
struct Lines {
    std::vector<std::string> lines;
    bool shortened = false;
    float widest = 0;
};
struct Limits {
    float width = 0;
    int max_lines = 1;
};
Lines wrap(Fonts& fonts, std::string_view text, Type type, Limits limits);

}  // namespace fangxin::kit
