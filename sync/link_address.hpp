// Where a store's server is reached. Any thread.
#pragma once

#include "domain/result.hpp"

#include <string>
#include <string_view>

namespace fangxin::sync {

struct LinkAddress {
    std::string host;  ///< without brackets
    std::string port;
    bool is_plain = false;  ///< without TLS, for tests on one machine

    std::string text() const {
        const bool is_v6 = host.find(':') != host.npos;
        return (is_v6 ? "[" + host + "]" : host) + ":" + port;
    }
};

/// `wss://192.168.1.10:7080`, the same without `wss://`, or `ws://127.0.0.1:7080` for a server that
/// serves plainly, on loopback alone. Codes `bad_address`, `not_loopback`.
Result<LinkAddress> parse_link_address(std::string_view url);

/// Of this machine: `localhost`, 127.x.y.z, ::1.
bool is_loopback(std::string_view host);

}  // namespace fangxin::sync
