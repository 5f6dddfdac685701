#include "drivers/transports/descriptor.hpp"
#include "drivers/transports/open_device.hpp"

#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace fangxin::drivers {

namespace {

class TcpTransport final : public DescriptorTransport {
  public:
    using DescriptorTransport::DescriptorTransport;

  protected:
    /// A peer that has closed must not kill the program.
    std::ptrdiff_t put(std::span<const std::byte> bytes) override {
        return ::send(descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
};

/// 0, or the errno of what went wrong.
int connect_to(int socket, const addrinfo& to, int timeout_ms) {
    if (::connect(socket, to.ai_addr, to.ai_addrlen) == 0) return 0;
    if (errno != EINPROGRESS) return errno;
    pollfd waiting{.fd = socket, .events = POLLOUT, .revents = 0};
    if (::poll(&waiting, 1, timeout_ms) <= 0) return ETIMEDOUT;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

/// A device server whose cable was pulled says nothing: after half a minute the system asks.
void keep_alive(int socket) {
    const int yes = 1;
    const int idle_s = 10;
    const int every_s = 5;
    const int times = 3;
    ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &every_s, sizeof every_s);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof times);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

}  // namespace

Result<std::unique_ptr<Transport>> open_tcp(const TcpAddress& address, int timeout_ms) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (int error = ::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found);
        error != 0) {
        return failure("not_found", fmt::format("{}: {}", address.host, ::gai_strerror(error)));
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(found, &::freeaddrinfo);
    int trouble = ETIMEDOUT;
    for (const addrinfo* to = found; to != nullptr; to = to->ai_next) {
        Descriptor socket(
            ::socket(to->ai_family, to->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        trouble = socket.get() < 0 ? errno : connect_to(socket.get(), *to, timeout_ms);
        if (trouble != 0) continue;
        keep_alive(socket.get());
        return std::make_unique<TcpTransport>(std::move(socket), std::string());
    }
    return failure("not_found",
                   fmt::format("{}: {}", format_address(address), std::strerror(trouble)));
}

}  // namespace fangxin::drivers
