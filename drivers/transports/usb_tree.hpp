// What hangs on the machine's USB sockets, as the kernel tells it in /sys: who it is, what its
// interfaces are, and under which names it is to be opened. No device is opened for it. Any thread.
#pragma once

#include "domain/result.hpp"
#include "drivers/transports/address.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::drivers {

/// USB Implementers Forum, "Defined Class Codes".
enum class UsbClass : std::uint8_t {
    communication = 0x02,
    hid = 0x03,
    printer = 0x07,
    data = 0x0A
};

struct UsbInterface {
    std::uint8_t number = 0;
    std::uint8_t klass = 0;
    std::uint8_t subclass = 0;
    std::uint8_t protocol = 0;
    std::string driver;              ///< the kernel's, empty if none has it
    std::vector<std::string> nodes;  ///< `/dev/ttyACM0` `/dev/input/event4` `/dev/usb/lp1` …
    std::vector<std::uint16_t> usage_pages;  ///< of a HID interface's report descriptor

    bool is(UsbClass wanted) const { return klass == static_cast<std::uint8_t>(wanted); }
};

struct UsbDevice {
    std::string port;  ///< `1-3.2`
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
    std::string serial;
    std::string maker;
    std::string name;
    int bus = 0;
    int number = 0;  ///< on its bus, another at each plugging
    std::vector<UsbInterface> interfaces;

    /// `usb:0eb8:f000:SN17`, or with its socket if it has no serial number. A text that
    /// parse_address takes.
    std::string identity() const;
};

/// Sorted by port. Empty where there is no USB.
std::vector<UsbDevice> usb_devices(const std::filesystem::path& sys = "/sys");

/// The one device of this address. Errors: not_found, ambiguous_device (two alike: name the serial
/// number, or the socket).
Result<UsbDevice> find_usb_device(const UsbAddress& address,
                                  const std::filesystem::path& sys = "/sys");

/// The first of the device's nodes that begins so, such as `/dev/tty`; empty if there is none.
std::string node_of(const UsbDevice& device, std::string_view prefix);

/// Every usage page that a report descriptor names, in its order, once. HID 1.11, section 6.2.2:
/// short items of a prefix byte and 0, 1, 2 or 4 bytes. What is cut off ends the list.
std::vector<std::uint16_t> usage_pages(std::string_view report_descriptor);

}  // namespace fangxin::drivers
