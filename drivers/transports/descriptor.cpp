#include "drivers/transports/descriptor.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace fangxin::drivers {

namespace {

/// How long poll may still wait for `deadline_ms`; -1 is for ever.
int poll_time(std::optional<std::int64_t> deadline_ms) {
    if (!deadline_ms) return -1;
    return static_cast<int>(std::max<std::int64_t>(0, *deadline_ms - monotonic_now_ms()));
}

std::optional<std::int64_t> deadline_in(int timeout_ms) {
    if (timeout_ms < 0) return std::nullopt;
    return monotonic_now_ms() + timeout_ms;
}

tl::unexpected<Error> gone(int error) {
    return failure("device_gone", error == 0 ? "hung up" : std::strerror(error));
}

constexpr short hung_up = POLLHUP | POLLERR | POLLNVAL;

}  // namespace

std::int64_t monotonic_now_ms() {
    auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

Interrupt::Interrupt() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    FANGXIN_CHECK(descriptor_ >= 0);
}

Interrupt::~Interrupt() { ::close(descriptor_); }

void Interrupt::raise() { ::eventfd_write(descriptor_, 1); }

void Interrupt::lower() {
    eventfd_t count = 0;
    ::eventfd_read(descriptor_, &count);
}

bool Interrupt::wait_for(std::int64_t milliseconds) const {
    auto deadline = deadline_in(static_cast<int>(milliseconds));
    pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
    int ready = -1;
    do {
        ready = ::poll(&waiting, 1, poll_time(deadline));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

Descriptor::Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
}

Descriptor::~Descriptor() { close(); }

void Descriptor::close() {
    if (value_ >= 0) ::close(std::exchange(value_, -1));
}

tl::unexpected<Error> open_error(std::string_view what, int error) {
    std::string code = "open_failed";
    if (error == ENOENT || error == ENXIO || error == ENODEV) code = "not_found";
    if (error == EACCES || error == EPERM) code = "no_permission";
    if (error == EBUSY) code = "busy";
    return failure(code, fmt::format("{}: {}", what, std::strerror(error)));
}

Result<std::size_t> DescriptorTransport::read(std::span<std::byte> into, int timeout_ms,
                                              const Interrupt* interrupt) {
    auto deadline = deadline_in(timeout_ms);
    while (true) {
        std::array<pollfd, 2> waiting{
            {{descriptor(), POLLIN, 0}, {interrupt ? interrupt->descriptor() : -1, POLLIN, 0}}};
        int ready = ::poll(waiting.data(), waiting.size(), poll_time(deadline));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return gone(errno);
        if (ready == 0 || waiting[1].revents != 0) return 0;
        ssize_t count = ::read(descriptor(), into.data(), into.size());
        if (count > 0) return static_cast<std::size_t>(count);
        if (count == 0) return gone(0);
        if (errno == EAGAIN && (waiting[0].revents & hung_up) != 0) return gone(0);
        if (errno != EAGAIN && errno != EINTR) return gone(errno);
    }
}

Result<void> DescriptorTransport::write(std::span<const std::byte> bytes, int timeout_ms) {
    auto deadline = deadline_in(timeout_ms);
    while (!bytes.empty()) {
        pollfd waiting{.fd = descriptor(), .events = POLLOUT, .revents = 0};
        int ready = ::poll(&waiting, 1, poll_time(deadline));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return gone(errno);
        if (ready == 0) return failure("write_timeout", "the device takes no more bytes");
        std::ptrdiff_t count = put(bytes);
        if (count >= 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
        bool again = count < 0 && (errno == EAGAIN || errno == EINTR);
        if (again && (waiting.revents & hung_up) != 0) return gone(0);
        if (count < 0 && errno == EBADF) return failure("read_only", "opened for reading");
        if (count < 0 && !again) return gone(errno);
    }
    return {};
}

std::ptrdiff_t DescriptorTransport::put(std::span<const std::byte> bytes) {
    return ::write(descriptor(), bytes.data(), bytes.size());
}

}  // namespace fangxin::drivers
