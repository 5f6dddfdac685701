#include "drivers/devices/commands.hpp"
#include "drivers/devices/device_kind.hpp"

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

json::object describe(const UsbDevice& device) {
    const DeviceKind kind = kind_of(device);
    json::object object{{"kind", domain::to_text(kind)},
                        {"address", device.identity()},
                        {"socket", device.port},
                        {"maker", device.maker},
                        {"name", device.name},
                        {"serial", device.serial},
                        {"drivers", texts(drivers_for(kind))}};
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

}  // namespace

ExitCode run(const ListDevices& command) {
    for (const UsbDevice& device : usb_devices()) {
        constexpr std::uint8_t hub_class = 0x09;
        if (!device.interfaces.empty() && device.interfaces[0].klass == hub_class) continue;
        if (!print_result(describe(device), command.json)) return not_whole();
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
