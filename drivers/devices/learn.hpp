// `fangxin-devices learn`: the form in which a scanner sends, from one scan of the label.
#pragma once

#include "domain/result.hpp"
#include "drivers/devices/commands.hpp"
#include "drivers/scanners/scan_form.hpp"

#include <string>

namespace fangxin::drivers {

/// Takes one scan from the port or, without one, from standard input: all of it, or a line if
/// somebody sits at it. Errors: those of learn_scan_form(), with words for a technician; those of
/// the port; `silent`.
Result<ScanForm> learn_scanner(const LearnScanner& command);

/// What to scan, and what may come of it, for --help.
std::string learn_help();

}  // namespace fangxin::drivers
