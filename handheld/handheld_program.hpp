// The handheld put together: station, devices, goods work, headless interface.
#pragma once

#include "terminal/station/program_options.hpp"

#include <string>

namespace fangxin::handheld {

/// Runs until `quit` or the end of input; gives the exit code.
int run_handheld(const terminal::ProgramOptions& options);

/// Every action with its arguments, for --help.
std::string handheld_actions_help();

}  // namespace fangxin::handheld
