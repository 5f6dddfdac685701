#include "drivers/devices/printer_tools.hpp"

#include <boost/json.hpp>

namespace fangxin::drivers {

boost::json::object describe(const PrinterStatus& status) {
    std::string state = status_code(status);
    if (state.empty()) state = status.known ? "ok" : "unknown";
    boost::json::object object{{"state", state}};
    if (!status.known) return object;
    object["offline"] = status.offline;
    object["cover_open"] = status.cover_open;
    object["paper_out"] = status.paper_out;
    object["paper_low"] = status.paper_low;
    object["error"] = status.error;
    object["drawer_pin_high"] = status.drawer_pin_high;
    return object;
}

}  // namespace fangxin::drivers
