// Code 128 as a receipt printer is told it: the caller chooses the code sets (`{A` `{B` `{C`) and
// the printer only adds start, check character and stop. So the bars here are as wide as on paper.
// Source: ISO/IEC 15417; Epson's ESC/POS reference, GS k with m = 73. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::drivers {

struct Code128 {
    std::vector<int> values;  ///< start code set first, without check character and stop
    std::string text;         ///< what a scanner sends; FNC1 after the first place as GS
};

/// The data of `GS k 73`: `{A` `{B` `{C` choose a set, `{S` shifts, `{1`…`{4` are FNC1…FNC4, `{{`
/// is a brace; in set C each byte is a value 0…99. None if it does not begin with a set, or a byte
/// has no place in its set.
std::optional<Code128> read_code128(std::string_view data);

/// Widths in modules of bar, space, bar … with check character and stop.
std::string code128_widths(const Code128& code);

}  // namespace fangxin::drivers
