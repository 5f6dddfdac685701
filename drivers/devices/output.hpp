// How fangxin-devices ends and what it says on the way. One thread.
#pragma once

#include "domain/result.hpp"

#include <string>

namespace fangxin::drivers {

enum ExitCode { done = 0, failed = 1, not_found = 3, busy = 4 };

/// Says why on standard error.
ExitCode fail(const Error& error);

/// The line went nowhere: a full disk, a closed pipe.
ExitCode not_whole();

/// False if the line is not whole where it was to go.
bool print_line(const std::string& line);

}  // namespace fangxin::drivers
