#include "sync/link_address.hpp"

#include <charconv>

namespace fangxin::sync {

bool is_loopback(std::string_view host) {
    if (host == "localhost" || host == "::1") return true;
    // Not a name that only begins so.
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos;
}

Result<LinkAddress> parse_link_address(std::string_view url) {
    const std::string_view given = url;
    LinkAddress address;
    if (url.starts_with("wss://")) {
        url.remove_prefix(6);
    } else if (url.starts_with("ws://")) {
        url.remove_prefix(5);
        address.is_plain = true;
    }
    while (url.ends_with('/'))
        url.remove_suffix(1);
    const std::size_t colon = url.rfind(':');
    if (colon == url.npos || colon == 0) return failure("bad_address", std::string(given));
    std::string_view host = url.substr(0, colon);
    const std::string_view port = url.substr(colon + 1);
    if (host.size() > 2 && host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find_first_of(":[]/") != host.npos) {
        return failure("bad_address", std::string(given));
    }
    unsigned short number = 0;
    const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
    if (read.ec != std::errc() || read.ptr != port.data() + port.size() || number == 0)
        return failure("bad_address", std::string(given));
    address.host = host;
    address.port = port;
    if (address.is_plain && !is_loopback(host))
        return failure("not_loopback", "ws:// is for tests on this machine: use wss://");
    return address;
}

}  // namespace fangxin::sync
