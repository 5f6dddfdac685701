#include "drivers/devices/camera_tools.hpp"
#include "drivers/devices/commands.hpp"
#include "drivers/devices/detect_scale.hpp"
#include "drivers/devices/device_kind.hpp"
#include "drivers/devices/first_scan.hpp"
#include "drivers/devices/json_lines.hpp"
#include "drivers/devices/machine.hpp"
#include "drivers/devices/printer_tools.hpp"
#include "drivers/devices/scale_reader.hpp"
#include "drivers/transports/usb.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace fangxin::drivers {

namespace {

namespace json = boost::json;

constexpr std::int64_t first_reading_ms = 3000;

json::object describe(const std::string& protocol, const Reading& reading) {
    return {{"device", "scale"},
            {"protocol", protocol},
            {"state", domain::to_text(reading.state)},
            {"gross_mg", reading.gross_mg},
            {"net_mg", reading.net_mg}};
}

/// What a scan is, not what it says: it may be somebody's payment code.
json::object describe(const Scan& scan, std::string_view cable) {
    json::object object{{"device", "scanner"}, {"cable", cable}};
    if (scan.torn || scan.overlong) {
        object["error"] = scan.torn ? "torn" : "overlong";
    } else {
        const domain::CodeContext context{.today = machine_date()};
        object["code"] = json::parse(json_line(domain::parse_code(scan.text, context)));
    }
    return object;
}

std::string_view cable_name(Cable cable) {
    switch (cable) {
        case Cable::serial:
            return "serial";
        case Cable::hid:
            return "hid";
        case Cable::keys:
            break;
    }
    return "keys";
}

using Found = Result<std::vector<json::object>>;

class Prober {
  public:
    explicit Prober(const ProbeDevice& command) : command_(command) {}

    Found usb(const UsbDevice& device) const;
    Found line() const;
    Result<json::object> camera() const;

  private:
    Result<json::object> interface(const UsbDevice& device, DeviceKind kind) const;
    Result<json::object> printer(const UsbDevice& device) const;
    Result<json::object> scale() const;
    Result<json::object> scanner(std::string_view id) const;

    const ProbeDevice& command_;
};

Result<json::object> Prober::scale() const {
    auto scale = ScaleReader::open(command_.address, *find_scale_driver("hid"));
    if (!scale) return tl::unexpected(scale.error());
    auto reading = scale->next(first_reading_ms);
    if (!reading) return tl::unexpected(reading.error());
    return describe("hid", *reading);
}

Result<json::object> Prober::scanner(std::string_view id) const {
    const ScannerDriver& driver = *find_scanner_driver(id);
    auto port =
        open_device(command_.address, {.cable = driver.cable, .usage_page = driver.usage_page});
    if (!port) return tl::unexpected(port.error());
    auto scan = first_scan(**port, {.driver = &driver, .wait_ms = command_.scan_ms});
    if (!scan) return tl::unexpected(scan.error());
    return describe(*scan, cable_name(driver.cable));
}

/// Asked for its status by its node while the kernel's driver has it, then for its id by libusb,
/// which takes it from the kernel for that long. Never while another program prints.
Result<json::object> Prober::printer(const UsbDevice& device) const {
    json::object object{{"device", "printer"}};
    const std::string node = node_of(device, "/dev/usb/lp");
    if (!node.empty()) {
        if (const std::string holder = holder_of(node); !holder.empty()) {
            return failure("busy", node + " is open: " + holder);
        }
        object["node"] = node;
        auto printer = make_printer_output("usb:" + node);
        if (!printer) return tl::unexpected(printer.error());
        object["status"] = describe((*printer)->status());
    }
    auto port = open_usb(device, {.klass = UsbClass::printer});
    if (!port) return tl::unexpected(port.error());
    if (auto id = usb_printer_id(**port)) object["id"] = *id;
    if (auto state = usb_printer_state(**port)) {
        object["paper_empty"] = state->paper_empty;
        object["selected"] = state->selected;
        object["error"] = state->error;
    }
    return object;
}

/// Its first picture.
Result<json::object> Prober::camera() const {
    auto first = first_picture({.source = format_address(command_.address)});
    if (!first) return tl::unexpected(first.error());
    return json::object{{"device", "camera"},
                        {"width", first->width},
                        {"height", first->height},
                        {"identity", first->identity}};
}

Result<json::object> Prober::interface(const UsbDevice& device, DeviceKind kind) const {
    switch (kind) {
        case DeviceKind::scale:
            return scale();
        case DeviceKind::scanner:
            return scanner("hid-pos");
        case DeviceKind::keyboard:
            return scanner("keyboard");
        case DeviceKind::printer:
            return printer(device);
        case DeviceKind::camera:
            return camera();
        default:
            return failure("wrong_device", device.identity() + " is nothing that can be probed");
    }
}

Found Prober::usb(const UsbDevice& device) const {
    const DeviceKind kind = kind_of(device);
    if (kind == DeviceKind::serial) return line();
    auto found = interface(device, kind);
    const bool says_nothing = std::ranges::any_of(device.interfaces, [](const UsbInterface& each) {
        return each.is(UsbClass::hid) && each.usage_pages.empty();
    });
    // Without a driver of the kernel a HID device has to be opened to be known.
    if (kind == DeviceKind::other && says_nothing) {
        found = scale();
        if (!found && found.error().code == "wrong_device") found = scanner("hid-pos");
    }
    if (!found) return tl::unexpected(found.error());
    return std::vector{*found};
}

/// A serial line: a scale, or a scanner once somebody scans; on the network perhaps a printer.
Found Prober::line() const {
    if (std::holds_alternative<TcpAddress>(command_.address)) {
        auto printer = make_printer_output(format_address(command_.address));
        if (!printer) return tl::unexpected(printer.error());
        const PrinterStatus status = (*printer)->status();
        if (status.gone) return failure("not_found", format_address(command_.address));
        if (status.known) {
            return std::vector{json::object{{"device", "printer"}, {"status", describe(status)}}};
        }
    }
    auto detected = detect_scale(command_.address, command_.line);
    if (!detected) return tl::unexpected(detected.error());
    std::vector<json::object> found;
    for (const FoundScale& each : detected->scales) {
        found.push_back(describe(each.driver.id, each.reading));
        found.back()["line"] = format_line_settings(each.driver.line);
    }
    if (!found.empty()) return found;
    const LineSettings line = command_.line.value_or(detected->line);
    auto port = open_device(command_.address, {.line = line});
    if (!port) return tl::unexpected(port.error());
    const ScannerDriver& driver = *find_scanner_driver("serial");
    auto scan = first_scan(
        **port, {.driver = &driver, .heard = detected->heard, .wait_ms = command_.scan_ms});
    if (!scan) return tl::unexpected(scan.error());
    json::object scanner = describe(*scan, cable_name(driver.cable));
    scanner["line"] = format_line_settings(line);
    return std::vector{scanner};
}

/// The USB device behind a node of it, so that `/dev/hidraw0` is as good as its address.
std::optional<UsbDevice> device_of(const DeviceAddress& address) {
    const auto* path = std::get_if<PathAddress>(&address);
    if (path == nullptr) return std::nullopt;
    std::error_code error;
    const std::string node = std::filesystem::canonical(path->path, error);
    for (const UsbDevice& device : usb_devices()) {
        for (const UsbInterface& interface : device.interfaces) {
            if (std::ranges::find(interface.nodes, node) != interface.nodes.end()) return device;
        }
    }
    return std::nullopt;
}

Found probe(ProbeDevice command) {
    if (const auto* usb = std::get_if<UsbAddress>(&command.address)) {
        auto device = find_usb_device(*usb);
        if (!device) return tl::unexpected(device.error());
        return Prober(command).usb(*device);
    }
    if (auto device = device_of(command.address)) {
        if (kind_of(*device) != DeviceKind::serial) {
            command.address = UsbAddress{.vendor = device->vendor,
                                         .product = device->product,
                                         .serial = device->serial,
                                         .port = device->port};
            return Prober(command).usb(*device);
        }
    }
    const auto* path = std::get_if<PathAddress>(&command.address);
    std::error_code error;
    if (path != nullptr &&
        std::filesystem::canonical(path->path, error).string().starts_with("/dev/video")) {
        auto found = Prober(command).camera();
        if (!found) return tl::unexpected(found.error());
        return std::vector{*found};
    }
    return Prober(command).line();
}

}  // namespace

ExitCode run(const ProbeDevice& command) {
    auto found = probe(command);
    if (!found) return fail(found.error());
    for (const json::object& each : *found) {
        if (!print_result(each, command.json)) return not_whole();
    }
    return done;
}

}  // namespace fangxin::drivers
