#include "drivers/transports/address.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace fangxin::drivers {

namespace {

std::optional<std::uint16_t> hex_number(std::string_view text) {
    std::uint16_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() != 4 || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// `1-3.2`: the bus, then the sockets from the root hub on.
bool is_port(std::string_view text) {
    const bool is_clean = std::ranges::all_of(
        text, [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '.'; });
    const std::size_t dash = text.find('-');
    return is_clean && dash != 0 && dash != std::string_view::npos && dash + 1 < text.size();
}

std::optional<DeviceAddress> usb_address(std::string_view text) {
    if (text.size() < 9 || text[4] != ':') return std::nullopt;
    const auto vendor = hex_number(text.substr(0, 4));
    const auto product = hex_number(text.substr(5, 4));
    if (!vendor || !product) return std::nullopt;
    UsbAddress address{.vendor = *vendor, .product = *product, .serial = {}, .port = {}};
    const std::string_view rest = text.substr(9);
    if (rest.empty()) return address;
    if (rest.size() < 2) return std::nullopt;
    if (rest[0] == ':') {
        address.serial = rest.substr(1);
        return address;
    }
    if (rest[0] != '@' || !is_port(rest.substr(1))) return std::nullopt;
    address.port = rest.substr(1);
    return address;
}

/// IPv6 hosts stand in brackets, as in URLs.
std::optional<DeviceAddress> tcp_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) {
        return std::nullopt;
    }
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    int number = 0;
    auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    const bool is_port_number =
        error == std::errc{} && end == port.data() + port.size() && number > 0 && number < 65536;
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return std::nullopt;
    }
    if (!is_port_number || host.empty()) return std::nullopt;
    return TcpAddress{std::string(host), std::string(port)};
}

std::optional<DeviceAddress> understood(std::string_view text) {
    if (text.starts_with('/')) return PathAddress{std::string(text)};
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view kind = text.substr(0, colon);
    const std::string_view rest = text.substr(std::min(colon + 1, text.size()));
    if (kind == "usb") return usb_address(rest);
    if (kind == "tcp") return tcp_address(rest);
    if (kind == "file" && rest.starts_with('/')) return FileAddress{std::string(rest)};
    if (kind == "replay" && rest.starts_with('/')) return ReplayAddress{std::string(rest)};
    return std::nullopt;
}

struct Format {
    std::string operator()(const PathAddress& address) const { return address.path; }
    std::string operator()(const UsbAddress& address) const {
        std::string text = fmt::format("usb:{:04x}:{:04x}", address.vendor, address.product);
        if (!address.serial.empty()) return text + ":" + address.serial;
        if (!address.port.empty()) return text + "@" + address.port;
        return text;
    }
    std::string operator()(const TcpAddress& address) const {
        const bool is_v6 = address.host.find(':') != std::string::npos;
        return "tcp:" + (is_v6 ? "[" + address.host + "]" : address.host) + ":" + address.port;
    }
    std::string operator()(const FileAddress& address) const { return "file:" + address.path; }
    std::string operator()(const ReplayAddress& address) const { return "replay:" + address.path; }
};

}  // namespace

Result<DeviceAddress> parse_address(std::string_view text) {
    auto address = understood(text);
    if (!address) return failure("bad_address", std::string(text));
    return std::move(*address);
}

std::string format_address(const DeviceAddress& address) { return std::visit(Format{}, address); }

}  // namespace fangxin::drivers
