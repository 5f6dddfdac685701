// Which terminals have a block in force and which have not, by their own word and by the server's
// (SAFE-9): for the admin area and for the handheld alike. Main loop only.
#pragma once

#include "sync/messages.hpp"
#include "terminal/station/screens/recall_words.hpp"
#include "terminal/station/station.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal {

/// One terminal as it was last heard.
struct HeardTerminal {
    std::string terminal;
    std::int64_t block_cursor = 0;
    std::int64_t since_ms = 0;  ///< of that cursor; 0: it never acknowledged anything
    bool known = false;         ///< the server told how it is, or it is this one
    bool online = false;
    std::optional<std::int64_t> seen_ms;
    std::string version;
    std::string conflict;
};
/// All of them, this one too. Without `figures` nobody knows who else is connected.
std::vector<HeardTerminal> heard_terminals(Station& station, const sync::Figures* figures);

/// What each answered to this block; `figures` may be null or of another block.
std::vector<TerminalAnswer> answers_to(Station& station, const domain::Block& block,
                                       const std::vector<HeardTerminal>& heard,
                                       const sync::Figures* figures, const kit::TextTable& texts);

}  // namespace fangxin::terminal
