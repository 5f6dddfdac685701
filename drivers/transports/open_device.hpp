// Opens what an address names, by the cable that the device's kind needs: the one place where
// addresses become transports. Any thread.
#pragma once

#include "drivers/transports/address.hpp"
#include "drivers/transports/serial.hpp"
#include "drivers/transports/transport.hpp"

#include <cstdint>
#include <memory>

namespace fangxin::drivers {

/// What a device's kind sends over its cable.
enum class Cable {
    serial,  ///< bytes: RS-232, USB adapters, CDC-ACM, a device server on the network
    hid,     ///< USB HID reports
    keys     ///< input events of a keyboard, grabbed for us alone
};

struct CableOptions {
    Cable cable = Cable::serial;
    LineSettings line;                ///< of serial ones
    std::uint16_t usage_page = 0;     ///< of HID ones: 8Dh scales, 8Ch scanners; 0: any
    int connect_ms = 2000;            ///< of network ones
    const Interrupt* stop = nullptr;  ///< gives up connecting to one
};

/// A USB address is looked up anew each time, so it is found in whatever socket it comes back; a
/// serial device of the communication class without a kernel driver is talked to through libusb.
/// Errors: those of parse_address, find_usb_device and of opening: not_found, no_permission, busy,
/// not_a_port, line_settings_refused, ambiguous_device, wrong_device, open_failed.
Result<std::unique_ptr<Transport>> open_device(const DeviceAddress& address,
                                               const CableOptions& options);

/// Keyboards and keyboard scanners: input events, each `read` whole ones (`struct input_event`),
/// which nobody else gets as long as it is open (EVIOCGRAB). Errors: not_found, no_permission, busy
/// (another program has grabbed it), wrong_device (sends no keys).
Result<std::unique_ptr<Transport>> open_input(const std::string& path, std::string identity);

/// Errors: not_found (no such host, nobody listens, no answer), interrupted.
Result<std::unique_ptr<Transport>> open_tcp(const TcpAddress& address, int timeout_ms,
                                            const Interrupt* stop = nullptr);

/// A file or pipe, to its end. Errors: not_found, no_permission, open_failed.
Result<std::unique_ptr<Transport>> open_file(const std::string& path);

/// A capture in hexadecimal, a line every `every_ms`, from the start again after its end; what is
/// written to it is forgotten. Errors: not_found, not_a_capture.
Result<std::unique_ptr<Transport>> open_replay(const std::string& path, int every_ms = 140);

/// What tells a path's device: the USB device that has this node, or the path itself.
std::string identity_of_path(const std::string& path);

}  // namespace fangxin::drivers
