// Devices and what is wrong with them in words, wherever a fault is reported or read (FAULT-1).
// Pure; any thread.
#pragma once

#include "domain/fault.hpp"
#include "terminal/kit/text_table.hpp"

#include <string>
#include <string_view>

namespace fangxin::terminal {

/// `scanner-2` → `Scanner 2`.
std::string device_words(std::string_view device, const kit::TextTable& texts);

/// What is wrong: a device's code in words, or a person's own.
std::string fault_words(const std::string& what, const kit::TextTable& texts);

std::string severity_words(domain::FaultSeverity severity, const kit::TextTable& texts);

}  // namespace fangxin::terminal
