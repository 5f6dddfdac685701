// The first thing that somebody scans, for the commands that wait for it. One thread.
#pragma once

#include "drivers/scanners/scanner.hpp"

#include <string>

namespace fangxin::drivers {

struct FirstScan {
    const ScannerDriver* driver = nullptr;
    ScanParserOptions options{};
    std::string heard{};  ///< bytes that came before
    std::int64_t wait_ms = 10'000;
};

/// Asks for a scan on standard error and waits. Errors: those of reading, `silent`.
Result<Scan> first_scan(Transport& port, const FirstScan& wanted);

}  // namespace fangxin::drivers
