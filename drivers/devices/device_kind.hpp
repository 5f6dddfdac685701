// What a thing on a USB socket or a serial port is to a till, and which of our drivers fit it: the
// tables that `list` and `probe` speak from. Any thread.
#pragma once

#include "domain/enum_text.hpp"
#include "drivers/transports/usb_tree.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::drivers {

/// `keyboard` may be a scanner that types: only a scan tells. `serial` may be anything with a
/// serial line.
enum class DeviceKind { scale, scanner, keyboard, printer, serial, camera, other };

/// By interface class and, of HID, the usage pages of its report descriptor.
DeviceKind kind_of(const UsbInterface& interface);
/// The most telling kind of its interfaces.
DeviceKind kind_of(const UsbDevice& device);

/// Ids of the drivers that read or write such a device.
std::vector<std::string> drivers_for(DeviceKind kind);

/// One that is really there, as opposed to the 32 names that the kernel keeps (type 0 in /sys).
struct SerialPortName {
    std::string node;           ///< `/dev/ttyS0`
    std::string kernel_driver;  ///< `serial8250`
};
/// The machine's own; USB adapters are among usb_devices(). Sorted.
std::vector<SerialPortName> machine_ports(const std::filesystem::path& sys = "/sys");

/// A camera that is on no USB socket; those are among usb_devices().
struct CameraNode {
    std::string node;  ///< `/dev/video0`
    std::string name;  ///< as its driver calls it
};
/// The first node of each; the others tell of its pictures and give none. Sorted.
std::vector<CameraNode> machine_cameras(const std::filesystem::path& sys = "/sys");

/// Whether somebody could open it now, found out without opening it: a serial port that is opened
/// lifts DTR and may restart the device. `ok` `no_permission` `busy` `no_node`.
struct NodeHealth {
    std::string state = "ok";
    std::string detail;  ///< who has it, or which node it is about
};
NodeHealth health_of(const UsbDevice& device);
NodeHealth health_of_node(const std::string& node);

/// `fangxin-terminal (812)`: another program that has the file open; empty if none that we may see.
std::string holder_of(const std::string& path);

}  // namespace fangxin::drivers

namespace fangxin::domain {

template <>
struct EnumTable<drivers::DeviceKind> {
    using enum drivers::DeviceKind;
    static constexpr auto rows =
        std::to_array<EnumText<drivers::DeviceKind>>({{scale, "scale"},
                                                      {scanner, "scanner"},
                                                      {keyboard, "keyboard"},
                                                      {printer, "printer"},
                                                      {serial, "serial"},
                                                      {camera, "camera"},
                                                      {other, "other"}});
};

}  // namespace fangxin::domain
