#include "drivers/transports/tcp.hpp"

#include "drivers/transports/open_device.hpp"

#include <array>
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

/// 0, or the errno of what went wrong; ECANCELED is the interrupt.
int connect_to(int socket, const addrinfo& to, int timeout_ms, const Interrupt* interrupt) {
    if (::connect(socket, to.ai_addr, to.ai_addrlen) == 0) return 0;
    if (errno != EINPROGRESS) return errno;
    std::array<pollfd, 2> waiting{
        {{socket, POLLOUT, 0}, {interrupt ? interrupt->descriptor() : -1, POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), timeout_ms) <= 0) return ETIMEDOUT;
    if (waiting[1].revents != 0) return ECANCELED;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

/// A device server whose cable was pulled says nothing: after half a minute the system asks, and
/// what it does not acknowledge for so long is given up.
void keep_alive(int socket) {
    const int yes = 1;
    const int idle_s = 10;
    const int every_s = 5;
    const int times = 3;
    const unsigned unacknowledged_ms = 25'000;
    ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &every_s, sizeof every_s);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof times);
    ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms,
                 sizeof unacknowledged_ms);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

}  // namespace

Result<Descriptor> connect_tcp(const TcpAddress& address, int timeout_ms,
                               const Interrupt* interrupt) {
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
        trouble = socket.get() < 0 ? errno : connect_to(socket.get(), *to, timeout_ms, interrupt);
        if (trouble == ECANCELED) return failure("interrupted");
        if (trouble != 0) continue;
        keep_alive(socket.get());
        return socket;
    }
    return failure("not_found",
                   fmt::format("{}: {}", format_address(address), std::strerror(trouble)));
}

Result<std::unique_ptr<Transport>> open_tcp(const TcpAddress& address, int timeout_ms,
                                            const Interrupt* stop) {
    auto socket = connect_tcp(address, timeout_ms, stop);
    if (!socket) return tl::unexpected(socket.error());
    return std::make_unique<TcpTransport>(std::move(*socket), std::string());
}

}  // namespace fangxin::drivers
