#include "drivers/transports/printer_port.hpp"

#include "drivers/transports/tcp.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <glob.h>
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace fangxin::drivers {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

std::string reason(int error) { return std::error_code(error, std::generic_category()).message(); }

tl::unexpected<Error> gone(std::string_view step, int error) {
    return failure("printer_gone", fmt::format("{}: {}", step, reason(error)));
}

enum class Ready { yes, timeout, cancelled };

struct Wait {
    int descriptor = -1;
    short events = 0;
    milliseconds limit{0};
};

Ready wait_for(const Wait& wait, const Interrupt& cancelled) {
    std::array<pollfd, 2> watched{pollfd{wait.descriptor, wait.events, 0},
                                  pollfd{cancelled.descriptor(), POLLIN, 0}};
    auto until = Clock::now() + wait.limit;
    for (;;) {
        auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
        int count = ::poll(watched.data(), watched.size(),
                           static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (watched[1].revents != 0 && count > 0) return Ready::cancelled;
        if (count > 0) return Ready::yes;  // an error shows in the call that follows
        if (count == 0 || errno != EINTR) return Ready::timeout;
    }
}

class DescriptorPort : public PrinterPort {
  public:
    DescriptorPort(Descriptor descriptor, const PrinterLimits& limits, const Interrupt& cancelled)
        : descriptor_(std::move(descriptor)), limits_(limits), cancelled_(cancelled) {}

    Result<void> write(std::string_view bytes) override {
        auto progress = Clock::now();
        while (!bytes.empty()) {
            if (auto ready = wait_writable(); !ready) return ready;
            ssize_t count = put(bytes);
            if (count > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(count));
                progress = Clock::now();
            } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
                if (count < 0 && errno == ENOSPC) return failure("paper_out", "usblp says so");
                return gone("writing", count == 0 ? ECONNRESET : errno);
            } else {
                // usblp without paper says that it is ready and then is not: do not spin, and end.
                if (Clock::now() - progress > limits_.stall) return gone("writing", ETIMEDOUT);
                ::poll(nullptr, 0, 1);
            }
        }
        return {};
    }

    Result<std::optional<std::uint8_t>> read_byte() override {
        Wait wait{descriptor_.get(), POLLIN, limits_.answer};
        switch (wait_for(wait, cancelled_)) {
            case Ready::cancelled:
                return failure("cancelled");
            case Ready::timeout:
                return std::nullopt;
            case Ready::yes:
                break;
        }
        std::uint8_t byte = 0;
        ssize_t count = ::read(descriptor_.get(), &byte, 1);
        if (count == 1) return byte;
        return no_byte(count == 0 ? 0 : errno);
    }

    void discard_input() override {
        std::array<char, 256> ignored{};
        // Bounded: a device that never stops sending must not stop us.
        for (int reads = 0; reads < 64; ++reads) {
            if (::read(descriptor_.get(), ignored.data(), ignored.size()) <= 0) return;
        }
    }

    /// usblp returns while the last block is on its way, and closing it then throws that block
    /// away.
    Result<void> flush() override { return wait_writable(); }

  protected:
    virtual ssize_t put(std::string_view bytes) {
        return ::write(descriptor_.get(), bytes.data(), bytes.size());
    }

    /// A printer with no way back (usblp, protocol 1) fails every read or reads 0: it does not
    /// answer, that is all.
    virtual Result<std::optional<std::uint8_t>> no_byte(int error) {
        if (error == ENODEV) return gone("reading", error);
        return std::nullopt;
    }

    int descriptor() const { return descriptor_.get(); }
    const PrinterLimits& limits() const { return limits_; }
    const Interrupt& cancelled() const { return cancelled_; }

  private:
    Result<void> wait_writable() {
        switch (wait_for({descriptor_.get(), POLLOUT, limits_.stall}, cancelled_)) {
            case Ready::cancelled:
                return failure("cancelled");
            case Ready::timeout:
                return gone("writing", ETIMEDOUT);
            case Ready::yes:
                break;
        }
        return {};
    }

    Descriptor descriptor_;
    PrinterLimits limits_;
    const Interrupt& cancelled_;
};

class TcpPort : public DescriptorPort {
  public:
    using DescriptorPort::DescriptorPort;

    /// Says that no more comes, then takes in what the printer still says: closing a socket with
    /// unread bytes resets the connection, and the printer may lose the end of the job. What a
    /// printer that hung has not taken is thrown away: the job is tried again, and the kernel would
    /// deliver these bytes too when it wakes.
    ~TcpPort() override {
        int waiting = 0;
        if (::ioctl(descriptor(), SIOCOUTQ, &waiting) == 0 && waiting > 0) {
            const linger at_once{.l_onoff = 1, .l_linger = 0};
            ::setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
            return;
        }
        ::shutdown(descriptor(), SHUT_WR);
        std::array<char, 256> ignored{};
        for (int reads = 0; reads < 64; ++reads) {
            Wait wait{descriptor(), POLLIN, limits().answer};
            if (wait_for(wait, cancelled()) != Ready::yes) return;
            if (::read(descriptor(), ignored.data(), ignored.size()) <= 0) return;
        }
    }

    /// A write to a socket only fills our own buffer; the job is handed over when the other side
    /// has acknowledged all of it.
    Result<void> flush() override {
        constexpr milliseconds pause{5};
        int before = -1;
        auto progress = Clock::now();
        for (;;) {
            int error = 0;
            socklen_t size = sizeof error;
            ::getsockopt(descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
            if (error != 0) return gone("handing over", error);
            int waiting = 0;
            if (::ioctl(descriptor(), SIOCOUTQ, &waiting) != 0) return gone("handing over", errno);
            if (waiting == 0) return {};
            if (waiting != before) progress = Clock::now();
            before = waiting;
            if (Clock::now() - progress > limits().stall) return gone("handing over", ETIMEDOUT);
            if (wait_for({-1, 0, pause}, cancelled()) == Ready::cancelled) {
                return failure("cancelled");
            }
        }
    }

  protected:
    ssize_t put(std::string_view bytes) override {
        return ::send(descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

    /// The end of the connection: it was closed on us, by a printer that is switched off or serves
    /// another till.
    Result<std::optional<std::uint8_t>> no_byte(int error) override {
        if (error == EAGAIN || error == EINTR) return std::nullopt;
        return gone("reading", error == 0 ? ECONNRESET : error);
    }
};

Result<std::unique_ptr<PrinterPort>> open_node(const std::string& path, const PrinterLimits& limits,
                                               const Interrupt& cancelled) {
    Descriptor node(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (node.get() < 0) {
        if (errno == EBUSY) return failure("printer_busy", path + " is open elsewhere");
        if (errno == EACCES || errno == EPERM) {
            return failure("printer_error", path + ": no permission (group lp)");
        }
        return gone(path, errno);
    }
    struct stat about {};
    if (::fstat(node.get(), &about) != 0 || !S_ISCHR(about.st_mode)) {
        return failure("printer_error", path + " is not a device");
    }
    return std::make_unique<DescriptorPort>(std::move(node), limits, cancelled);
}

}  // namespace

Result<std::unique_ptr<PrinterPort>> open_tcp_printer(const TcpAddress& address,
                                                      const PrinterLimits& limits,
                                                      const Interrupt& cancelled) {
    auto socket = connect_tcp(address, static_cast<int>(limits.connect.count()), &cancelled);
    if (!socket) {
        if (socket.error().code == "interrupted") return failure("cancelled");
        return failure("printer_gone", socket.error().detail);
    }
    return std::make_unique<TcpPort>(std::move(*socket), limits, cancelled);
}

Result<std::unique_ptr<PrinterPort>> open_usb_printer(const std::string& pattern,
                                                      const PrinterLimits& limits,
                                                      const Interrupt& cancelled) {
    glob_t found{};
    if (::glob(pattern.c_str(), GLOB_NOCHECK, nullptr, &found) != 0) {
        ::globfree(&found);
        return failure("printer_gone", pattern);
    }
    std::unique_ptr<glob_t, decltype(&::globfree)> list(&found, &::globfree);
    Result<std::unique_ptr<PrinterPort>> port = failure("printer_gone", pattern);
    for (std::size_t at = 0; at < found.gl_pathc && !port; ++at)
        port = open_node(found.gl_pathv[at], limits, cancelled);
    return port;
}

}  // namespace fangxin::drivers
