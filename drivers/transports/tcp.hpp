// A connection to a device on the network. Any thread.
#pragma once

#include "drivers/transports/address.hpp"
#include "drivers/transports/descriptor.hpp"

namespace fangxin::drivers {

/// Does not block afterwards. A host name is looked up first, for as long as the system's resolver
/// takes: give devices numbers. Errors: not_found (no such host, nobody listens, no answer in
/// `timeout_ms`), interrupted.
Result<Descriptor> connect_tcp(const TcpAddress& address, int timeout_ms,
                               const Interrupt* interrupt = nullptr);

}  // namespace fangxin::drivers
