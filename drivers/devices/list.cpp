#include "drivers/devices/commands.hpp"
#include "drivers/devices/device_kind.hpp"
#include "drivers/devices/output.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace fangxin::drivers {

namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& all) {
    json::array array;
    for (const std::string& each : all)
        array.emplace_back(each);
    return array;
}

json::object describe(const UsbInterface& interface) {
    json::array pages;
    for (const std::uint16_t page : interface.usage_pages)
        pages.emplace_back(fmt::format("{:02x}", page));
    return {{"number", interface.number},
            {"kind", domain::to_text(kind_of(interface))},
            {"class", fmt::format("{:02x}", interface.klass)},
            {"usage_pages", std::move(pages)},
            {"kernel_driver", interface.driver},
            {"nodes", texts(interface.nodes)}};
}

void put(json::object& object, const NodeHealth& health) {
    object["health"] = health.state;
    if (!health.detail.empty()) object["health_detail"] = health.detail;
}

/// Two that say the same of themselves are told apart by their sockets.
std::string address_of(const UsbDevice& device, bool has_twin) {
    if (!has_twin) return device.identity();
    return fmt::format("usb:{:04x}:{:04x}@{}", device.vendor, device.product, device.port);
}

json::object describe(const UsbDevice& device, bool has_twin) {
    const DeviceKind kind = kind_of(device);
    json::object object{{"kind", domain::to_text(kind)},
                        {"address", address_of(device, has_twin)},
                        {"socket", device.port},
                        {"maker", device.maker},
                        {"name", device.name},
                        {"serial", device.serial},
                        {"drivers", texts(drivers_for(kind))}};
    if (has_twin) object["alike"] = true;
    put(object, health_of(device));
    json::array interfaces;
    for (const UsbInterface& interface : device.interfaces)
        interfaces.push_back(describe(interface));
    object["interfaces"] = std::move(interfaces);
    return object;
}

json::object describe(const SerialPortName& port) {
    json::object object{{"kind", domain::to_text(DeviceKind::serial)},
                        {"address", port.node},
                        {"kernel_driver", port.kernel_driver},
                        {"drivers", texts(drivers_for(DeviceKind::serial))}};
    put(object, health_of_node(port.node));
    return object;
}

json::object describe(const CameraNode& camera) {
    json::object object{{"kind", domain::to_text(DeviceKind::camera)},
                        {"address", camera.node},
                        {"name", camera.name},
                        {"drivers", texts(drivers_for(DeviceKind::camera))}};
    put(object, health_of_node(camera.node));
    return object;
}

bool has_twins(const UsbDevice& device, const std::vector<UsbDevice>& all) {
    return std::ranges::count_if(all, [&](const UsbDevice& other) {
               return other.vendor == device.vendor && other.product == device.product &&
                      other.serial == device.serial;
           }) > 1;
}

}  // namespace

ExitCode run(const ListDevices& command) {
    const std::vector<UsbDevice> all = usb_devices();
    for (const UsbDevice& device : all) {
        constexpr std::uint8_t hub_class = 0x09;
        if (!device.interfaces.empty() && device.interfaces[0].klass == hub_class) continue;
        const bool has_twin = has_twins(device, all);
        if (!print_result(describe(device, has_twin), command.json)) return not_whole();
        if (has_twin) {
            tell(
                fmt::format("{}: another says the same of itself. Each is known by its socket: "
                            "what is plugged in elsewhere is taken for the other.",
                            address_of(device, has_twin)));
        }
    }
    for (const SerialPortName& port : machine_ports()) {
        if (!print_result(describe(port), command.json)) return not_whole();
    }
    for (const CameraNode& camera : machine_cameras()) {
        if (!print_result(describe(camera), command.json)) return not_whole();
    }
    return done;
}

}  // namespace fangxin::drivers
