// The gravest thing that everybody at a terminal has to know, under the bar of every screen. Pure;
// any thread.
#pragma once

#include "terminal/kit/icons.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::terminal {

/// What can be wrong with a terminal, gravest first.
struct StationTrouble {
    std::string not_let_in;                    ///< why the server does not, in words
    bool conflict = false;                     ///< the server does not take this terminal's log
    std::optional<std::int64_t> block_age_ms;  ///< rules 4; 0 while connected
    bool set_aside = false;                    ///< its damaged data were set aside when it started
    bool clock_banner = false;                 ///< the time comes from the journal (rules 3)
    bool plain = false;                        ///< without TLS, for tests alone
};

struct StationNotice {
    std::string words;
    kit::Role role = kit::Role::warn;
    kit::Icon icon = kit::Icon::warning;
};

std::optional<StationNotice> notice_of(const StationTrouble& trouble, const kit::TextTable& texts);

}  // namespace fangxin::terminal
