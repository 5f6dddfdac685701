// The till in its windows: one for the cashier, one for the customer where a second display is.
#pragma once

#include "terminal/station/program_options.hpp"

namespace fangxin::terminal {

/// Until the window is closed; the exit code of the contract.
int run_till_window(const ProgramOptions& options);

}  // namespace fangxin::terminal
