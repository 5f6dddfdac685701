// The command line that both terminal programs share.
#pragma once

#include "terminal/station/station.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::terminal {

struct ProgramOptions {
    StationOptions station;
    std::string devices_file;
    bool headless = false;
    bool full_screen = false;
    bool customer_display = false;
    bool fair_scale = false;      ///< the customers' check scale in the till's place
    bool language_given = false;  ///< on the command line, not as usual
};

struct ProgramKind {
    std::string_view program;  ///< `fangxin-terminal`
    std::string_view role;     ///< `till`
    std::string_view number_option;
    std::string_view about;
    std::string actions_help;  ///< documents every action under --help
    bool has_customer_display = false;
};

/// What to do, or the exit code of a program that is done (--help: 0, wrong usage: 2).
struct ParsedOptions {
    std::optional<ProgramOptions> options;
    int exit_code = 0;
};
ParsedOptions parse_program_options(int argc, char** argv, const ProgramKind& kind);

}  // namespace fangxin::terminal
