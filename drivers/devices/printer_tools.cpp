#include "drivers/devices/printer_tools.hpp"

#include "drivers/transports/usb_tree.hpp"

#include <boost/json.hpp>

namespace fangxin::drivers {

Result<std::string> resolved_target(const std::string& target) {
    auto address = target.starts_with("usb:/") ? failure("bad_address") : parse_address(target);
    if (!address || !std::holds_alternative<UsbAddress>(*address)) return target;
    auto device = find_usb_device(std::get<UsbAddress>(*address));
    if (!device) return tl::unexpected(device.error());
    const std::string node = node_of(*device, "/dev/usb/lp");
    if (node.empty()) return failure("no_node", target + " has no /dev/usb/lp");
    return "usb:" + node;
}

Result<std::unique_ptr<PrinterOutput>> open_printer(const std::string& target,
                                                    PrinterLanguage language) {
    auto resolved = resolved_target(target);
    if (!resolved) return tl::unexpected(resolved.error());
    return make_printer_output(*resolved, {}, language);
}

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
