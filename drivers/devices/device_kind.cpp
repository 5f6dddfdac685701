#include "drivers/devices/device_kind.hpp"

#include "drivers/printers/pole_display.hpp"
#include "drivers/scales/registry.hpp"
#include "drivers/scanners/scanner.hpp"
#include "drivers/transports/folder.hpp"

#include <algorithm>
#include <fstream>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

namespace fs = std::filesystem;

// USB HID usage pages: HID Usage Tables 1.4, section 3; scanners and scales in the POS tables.
constexpr std::uint16_t keyboard_page = 0x07;
constexpr std::uint16_t scanner_page = 0x8C;
constexpr std::uint8_t video_class = 0x0E;
constexpr std::uint8_t mouse_protocol = 2;

/// Beside scales, scanners and displays, which have registries of their own.
constexpr std::array printer_languages{"escpos", "tspl"};

DeviceKind kind_of_scanner(Cable cable) {
    switch (cable) {
        case Cable::hid:
            return DeviceKind::scanner;
        case Cable::keys:
            return DeviceKind::keyboard;
        case Cable::serial:
            break;
    }
    return DeviceKind::serial;
}

bool has_page(const UsbInterface& interface, std::uint16_t page) {
    return std::ranges::find(interface.usage_pages, page) != interface.usage_pages.end();
}

DeviceKind kind_of_hid(const UsbInterface& interface) {
    if (has_page(interface, scale_usage_page)) return DeviceKind::scale;
    if (has_page(interface, scanner_page)) return DeviceKind::scanner;
    const bool is_mouse = interface.subclass == 1 && interface.protocol == mouse_protocol;
    const bool is_keyboard = interface.subclass == 1 && interface.protocol == 1;
    if (is_keyboard || (!is_mouse && has_page(interface, keyboard_page))) {
        return DeviceKind::keyboard;
    }
    return DeviceKind::other;
}

std::string first_line(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string usb_node(const UsbDevice& device) {
    return fmt::format("/dev/bus/usb/{:03}/{:03}", device.bus, device.number);
}

}  // namespace

DeviceKind kind_of(const UsbInterface& interface) {
    if (interface.is(UsbClass::hid)) return kind_of_hid(interface);
    if (interface.is(UsbClass::printer)) return DeviceKind::printer;
    if (interface.klass == video_class) return DeviceKind::camera;
    const bool is_tty = std::ranges::any_of(
        interface.nodes, [](const std::string& node) { return node.starts_with("/dev/tty"); });
    const bool is_modem = interface.is(UsbClass::communication) && interface.subclass == 2;
    return is_tty || is_modem ? DeviceKind::serial : DeviceKind::other;
}

DeviceKind kind_of(const UsbDevice& device) {
    DeviceKind best = DeviceKind::other;
    for (const UsbInterface& interface : device.interfaces)
        best = std::min(best, kind_of(interface));
    return best;
}

std::vector<std::string> drivers_for(DeviceKind kind) {
    std::vector<std::string> ids;
    for (const ScaleDriver& row : scale_drivers()) {
        const DeviceKind its = row.cable == Cable::hid ? DeviceKind::scale : DeviceKind::serial;
        if (its == kind) ids.push_back(row.id);
    }
    for (const ScannerDriver& row : scanner_drivers()) {
        if (kind_of_scanner(row.cable) == kind) ids.emplace_back(row.id);
    }
    if (kind == DeviceKind::printer)
        ids.insert(ids.end(), printer_languages.begin(), printer_languages.end());
    if (kind == DeviceKind::serial) {
        for (const PoleDriver& row : pole_drivers())
            ids.emplace_back(row.id);
    }
    return ids;
}

std::vector<SerialPortName> machine_ports(const fs::path& sys) {
    std::vector<SerialPortName> ports;
    std::error_code error;
    for (const auto& entry : entries_of(sys / "class/tty")) {
        const std::string type = first_line(entry.path() / "type");
        if (!is_number(type) || type == "0") continue;  // no UART, or none that was found
        const fs::path driver = fs::read_symlink(entry.path() / "device/driver", error);
        ports.push_back({.node = "/dev/" + entry.path().filename().string(),
                         .kernel_driver = error ? std::string() : driver.filename().string()});
    }
    std::ranges::sort(ports, {}, &SerialPortName::node);
    return ports;
}

/// Kernel documentation, "video4linux" of ABI/stable/sysfs-class: `index` counts a device's nodes.
std::vector<CameraNode> machine_cameras(const fs::path& sys) {
    std::vector<CameraNode> cameras;
    for (const auto& entry : entries_of(sys / "class/video4linux")) {
        const std::string node = entry.path().filename();
        if (!node.starts_with("video") || first_line(entry.path() / "index") != "0") continue;
        std::error_code error;
        const fs::path device = fs::canonical(entry.path() / "device", error);
        if (!error && fs::exists(device / "bInterfaceNumber", error)) continue;  // USB
        cameras.push_back({.node = "/dev/" + node, .name = first_line(entry.path() / "name")});
    }
    std::ranges::sort(cameras, {}, &CameraNode::node);
    return cameras;
}

std::string holder_of(const std::string& path) {
    std::error_code error;
    const fs::path wanted = fs::canonical(path, error);
    if (error) return {};
    for (const auto& process : entries_of("/proc")) {
        const std::string number = process.path().filename();
        if (!is_number(number) || number == std::to_string(::getpid())) continue;
        for (const auto& each : entries_of(process.path() / "fd")) {
            std::error_code closed;
            if (fs::read_symlink(each.path(), closed) != wanted) continue;
            return fmt::format("{} ({})", first_line(process.path() / "comm"), number);
        }
    }
    return {};
}

NodeHealth health_of_node(const std::string& node) {
    if (::access(node.c_str(), F_OK) != 0) return {"no_node", node};
    if (const std::string holder = holder_of(node); !holder.empty()) return {"busy", holder};
    if (::access(node.c_str(), R_OK | W_OK) != 0) return {"no_permission", node};
    return {};
}

/// By the node that the till would open, else by the device itself, which libusb opens. Input
/// events are read by many at once, and only grabbed by one: somebody who has them is no obstacle.
NodeHealth health_of(const UsbDevice& device) {
    for (const UsbInterface& interface : device.interfaces) {
        if (interface.driver == "usbfs") return {"busy", holder_of(usb_node(device))};
    }
    const DeviceKind kind = kind_of(device);
    std::string node = usb_node(device);
    if (kind == DeviceKind::keyboard) node = node_of(device, "/dev/input/event");
    if (kind == DeviceKind::printer) node = node_of(device, "/dev/usb/lp");
    if (kind == DeviceKind::camera) node = node_of(device, "/dev/video");
    if (kind == DeviceKind::serial && !node_of(device, "/dev/tty").empty()) {
        node = node_of(device, "/dev/tty");
    }
    if (node.empty()) node = usb_node(device);
    NodeHealth health = health_of_node(node);
    const bool shared = kind == DeviceKind::keyboard || kind == DeviceKind::camera ||
                        node.starts_with("/dev/bus/usb/");
    if (health.state != "busy" || !shared) return health;
    return ::access(node.c_str(), R_OK | W_OK) == 0 ? NodeHealth{}
                                                    : NodeHealth{"no_permission", node};
}

}  // namespace fangxin::drivers
