// How long each TSPL command is: a line, except that a picture carries its bytes behind it, and
// that status questions stand between lines. Used by the printer without paper. Pure; any thread.
// Source: TSC, TSPL/TSPL2 Programming Manual.
#pragma once

#include <cstddef>
#include <string_view>

namespace fangxin::drivers {

struct TsplCommand {
    enum class State { whole, cut };
    State state = State::whole;
    std::size_t size = 0;   ///< with its line's end and its data
    std::string_view line;  ///< the words, without line's end and data
    std::string_view data;  ///< of BITMAP and DOWNLOAD
};

/// What `bytes`, which must not be empty, begin with: `ESC ! x` or `~! x` (three bytes), or a line
/// up to LF or CR.
TsplCommand next_tspl_command(std::string_view bytes);

}  // namespace fangxin::drivers
