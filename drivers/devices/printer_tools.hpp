// What a printer on the technician's desk says, as JSON. Any thread.
#pragma once

#include "drivers/printers/printer.hpp"

#include <boost/json/fwd.hpp>

namespace fangxin::drivers {

/// `state`: `ok`, `unknown` of one that does not answer, or a code of status_code(); and what else
/// it said.
boost::json::object describe(const PrinterStatus& status);

}  // namespace fangxin::drivers
