// The till put together: station, devices, checkout, headless interface.
#pragma once

#include "terminal/station/program_options.hpp"

#include <string>

namespace fangxin::terminal {

/// Runs until `quit` or the end of input; gives the exit code.
int run_till(const ProgramOptions& options);

/// Every action with its arguments, for --help.
std::string till_actions_help();

}  // namespace fangxin::terminal
