// The customers' check scale as a program of its own, `--fair-scale`: it stands where customers
// pass, without a person. Headless or in a window.
#pragma once

#include "terminal/station/program_options.hpp"

#include <string>

namespace fangxin::terminal {

/// Until `quit`, the end of input, or until its window is closed; the exit code of the contract.
int run_fair_scale(const ProgramOptions& options);
int run_fair_scale_window(const ProgramOptions& options);

/// Its actions with their arguments, for --help.
std::string fair_scale_actions_help();

}  // namespace fangxin::terminal
