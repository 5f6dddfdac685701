#include "drivers/transports/usb_tree.hpp"

#include "drivers/transports/folder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

namespace fangxin::drivers {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_attribute = 4096;
constexpr int deepest = 6;

std::string attribute(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(longest_attribute, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    return text;
}

std::string text_attribute(const fs::path& path) {
    std::string text = attribute(path);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    return text;
}

int number_attribute(const fs::path& path, int base) {
    const std::string text = text_attribute(path);
    const std::size_t start = std::min(text.find_first_not_of(' '), text.size());
    int value = 0;
    std::from_chars(text.data() + start, text.data() + text.size(), value, base);
    return value;
}

/// Folders of sysfs whose children are nodes of /dev, and where there.
struct NodeFolder {
    std::string_view name;
    std::string_view starts;
    std::string_view dev;
};
constexpr std::array node_folders{
    NodeFolder{"tty", "tty", "/dev/"}, NodeFolder{"hidraw", "hidraw", "/dev/"},
    NodeFolder{"usbmisc", "lp", "/dev/usb/"}, NodeFolder{"video4linux", "video", "/dev/"}};

void add_nodes(const fs::path& folder, int depth, UsbInterface& interface) {
    std::error_code error;
    for (const auto& entry : entries_of(folder)) {
        if (entry.is_symlink(error) || !entry.is_directory(error)) continue;
        const std::string name = entry.path().filename();
        const std::string parent = folder.filename();
        if (name.starts_with("event") && parent.starts_with("input")) {
            interface.nodes.push_back("/dev/input/" + name);
        }
        for (const NodeFolder& row : node_folders) {
            if (parent == row.name && name.starts_with(row.starts)) {
                interface.nodes.push_back(std::string(row.dev) + name);
            }
        }
        if (depth < deepest) add_nodes(entry.path(), depth + 1, interface);
    }
}

void add_usage_pages(const fs::path& folder, UsbInterface& interface) {
    std::error_code error;
    for (const auto& entry : entries_of(folder)) {
        const fs::path descriptor = entry.path() / "report_descriptor";
        if (!fs::exists(descriptor, error)) continue;
        for (const std::uint16_t page : usage_pages(attribute(descriptor)))
            interface.usage_pages.push_back(page);
    }
}

UsbInterface read_interface(const fs::path& folder) {
    UsbInterface interface;
    interface.number = static_cast<std::uint8_t>(number_attribute(folder / "bInterfaceNumber", 16));
    interface.klass = static_cast<std::uint8_t>(number_attribute(folder / "bInterfaceClass", 16));
    interface.subclass =
        static_cast<std::uint8_t>(number_attribute(folder / "bInterfaceSubClass", 16));
    interface.protocol =
        static_cast<std::uint8_t>(number_attribute(folder / "bInterfaceProtocol", 16));
    std::error_code error;
    const fs::path driver = fs::read_symlink(folder / "driver", error);
    if (!error) interface.driver = driver.filename();
    add_nodes(folder, 0, interface);
    std::ranges::sort(interface.nodes);
    add_usage_pages(folder, interface);
    return interface;
}

UsbDevice read_device(const fs::path& folder) {
    UsbDevice device;
    device.port = folder.filename();
    device.vendor = static_cast<std::uint16_t>(number_attribute(folder / "idVendor", 16));
    device.product = static_cast<std::uint16_t>(number_attribute(folder / "idProduct", 16));
    device.serial = text_attribute(folder / "serial");
    device.maker = text_attribute(folder / "manufacturer");
    device.name = text_attribute(folder / "product");
    device.bus = number_attribute(folder / "busnum", 10);
    device.number = number_attribute(folder / "devnum", 10);
    std::error_code error;
    for (const auto& entry : entries_of(folder)) {
        if (fs::exists(entry.path() / "bInterfaceNumber", error)) {
            device.interfaces.push_back(read_interface(entry.path()));
        }
    }
    std::ranges::sort(device.interfaces, {}, &UsbInterface::number);
    return device;
}

bool fits(const UsbDevice& device, const UsbAddress& address) {
    return device.vendor == address.vendor && device.product == address.product &&
           (address.serial.empty() || device.serial == address.serial) &&
           (address.port.empty() || device.port == address.port);
}

}  // namespace

std::string UsbDevice::identity() const {
    return format_address(UsbAddress{.vendor = vendor,
                                     .product = product,
                                     .serial = serial,
                                     .port = serial.empty() ? port : std::string()});
}

std::vector<UsbDevice> usb_devices(const fs::path& sys) {
    std::vector<UsbDevice> devices;
    std::error_code error;
    for (const auto& entry : entries_of(sys / "bus/usb/devices")) {
        // Root hubs are `usb1`, interfaces `1-3:1.0`.
        const std::string name = entry.path().filename();
        if (name.starts_with("usb") || name.find(':') != std::string::npos) continue;
        devices.push_back(read_device(entry.path()));
    }
    std::ranges::sort(devices, {}, &UsbDevice::port);
    return devices;
}

Result<UsbDevice> find_usb_device(const UsbAddress& address, const fs::path& sys) {
    std::optional<UsbDevice> found;
    for (UsbDevice& device : usb_devices(sys)) {
        if (!fits(device, address)) continue;
        if (found) {
            return failure("ambiguous_device",
                           fmt::format("{} is in {} and in {}", format_address(address),
                                       found->port, device.port));
        }
        found = std::move(device);
    }
    if (!found) return failure("not_found", format_address(address));
    return std::move(*found);
}

std::string node_of(const UsbDevice& device, std::string_view prefix) {
    for (const UsbInterface& interface : device.interfaces) {
        for (const std::string& node : interface.nodes) {
            if (node.starts_with(prefix)) return node;
        }
    }
    return {};
}

std::vector<std::uint16_t> usage_pages(std::string_view report_descriptor) {
    constexpr unsigned usage_page_item = 0x04;  // a global item, its size in the low two bits
    constexpr unsigned long_item = 0xFE;
    std::vector<std::uint16_t> pages;
    auto byte = [&](std::size_t at) { return static_cast<unsigned char>(report_descriptor[at]); };
    for (std::size_t at = 0; at < report_descriptor.size();) {
        const unsigned prefix = byte(at);
        const bool is_long = prefix == long_item;
        if (is_long && at + 1 >= report_descriptor.size()) break;
        const std::size_t size = is_long ? byte(at + 1) + 2U : (prefix & 3U) == 3 ? 4 : prefix & 3U;
        if (at + size >= report_descriptor.size() && size > 0) break;
        if (!is_long && (prefix & 0xFCU) == usage_page_item && size > 0) {
            const unsigned page = byte(at + 1) + (size > 1 ? 256U * byte(at + 2) : 0U);
            const auto value = static_cast<std::uint16_t>(page);
            if (std::ranges::find(pages, value) == pages.end()) pages.push_back(value);
        }
        at += 1 + size;
    }
    return pages;
}

}  // namespace fangxin::drivers
