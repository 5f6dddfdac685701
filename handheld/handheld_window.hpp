// The handheld in its window.
#pragma once

#include "terminal/station/program_options.hpp"

namespace fangxin::handheld {

/// Until the window is closed; the exit code of the contract.
int run_handheld_window(const terminal::ProgramOptions& options);

}  // namespace fangxin::handheld
