// Where a device is, as settings and command lines write it. Pure; any thread.
//
//     /dev/ttyS0  /dev/serial/by-id/…      a path: a port of the machine, an input or hidraw node
//     usb:0eb8:f000                        whatever USB socket it is in, if there is only one
//     usb:0eb8:f000:SN17                   that one, by its serial number
//     usb:0eb8:f000@1-3.2                  that one, by the socket: for two alike without a number
//     tcp:192.168.1.20:4001                a device server on the network; tcp:[::1]:4001
//     file:/path                           what stands in a file, or comes through a pipe
//     replay:/path.hex                     a capture, a line every 140 ms, again and again
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace fangxin::drivers {

struct PathAddress {
    std::string path;
    bool operator==(const PathAddress&) const = default;
};
struct UsbAddress {
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
    std::string serial;  ///< empty: any
    std::string port;    ///< `1-3.2`, empty: any
    bool operator==(const UsbAddress&) const = default;
};
struct TcpAddress {
    std::string host;
    std::string port;
    bool operator==(const TcpAddress&) const = default;
};
struct FileAddress {
    std::string path;
    bool operator==(const FileAddress&) const = default;
};
struct ReplayAddress {
    std::string path;
    bool operator==(const ReplayAddress&) const = default;
};
using DeviceAddress = std::variant<PathAddress, UsbAddress, TcpAddress, FileAddress, ReplayAddress>;

/// Errors: bad_address, with the text.
Result<DeviceAddress> parse_address(std::string_view text);
/// The text that parse_address takes for it; of a USB device also its identity.
std::string format_address(const DeviceAddress& address);

}  // namespace fangxin::drivers
