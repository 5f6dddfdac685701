// A printer on the technician's desk: which one is meant, and what it says, as JSON. One thread.
#pragma once

#include "drivers/printers/printer.hpp"

#include <boost/json/fwd.hpp>
#include <memory>
#include <string>

namespace fangxin::drivers {

/// A target of make_printer_output; of a USB device's address (`usb:0416:5011`), the node that it
/// has now. Errors: those of find_usb_device; `no_node` where the kernel made none.
Result<std::string> resolved_target(const std::string& target);

/// Errors: those of resolved_target and make_printer_output.
Result<std::unique_ptr<PrinterOutput>> open_printer(const std::string& target,
                                                    PrinterLanguage language);

/// `state`: `ok`, `unknown` of one that does not answer, or a code of status_code(); and what else
/// it said.
boost::json::object describe(const PrinterStatus& status);

}  // namespace fangxin::drivers
