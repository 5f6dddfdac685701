#include "drivers/transports/serial.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>
#include <utility>

namespace fangxin::drivers {

namespace {

struct Speed {
    int baud;
    speed_t code;
};
constexpr std::array speeds{Speed{1200, B1200},   Speed{2400, B2400},    Speed{4800, B4800},
                            Speed{9600, B9600},   Speed{19200, B19200},  Speed{38400, B38400},
                            Speed{57600, B57600}, Speed{115200, B115200}};

std::optional<speed_t> speed_code(int baud) {
    for (const Speed& speed : speeds) {
        if (speed.baud == baud) return speed.code;
    }
    return std::nullopt;
}

tl::unexpected<Error> refused(const std::string& path, int error) {
    std::string code = "open_failed";
    if (error == ENOENT || error == ENXIO || error == ENODEV) code = "not_found";
    if (error == EACCES || error == EPERM) code = "no_permission";
    if (error == EBUSY) code = "busy";
    return failure(code, fmt::format("{}: {}", path, std::strerror(error)));
}

bool is_pseudo_terminal(int descriptor) {  // major numbers 136..143: Documentation/devices.txt
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return false;
    unsigned number = major(status.st_rdev);
    return number >= 136 && number <= 143;
}

termios raw_mode(const termios& before, const LineSettings& line, speed_t speed) {
    termios mode = before;
    ::cfmakeraw(&mode);
    mode.c_cflag &= ~static_cast<tcflag_t>(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
    mode.c_cflag |= CLOCAL | CREAD | (line.data_bits == 7 ? CS7 : CS8);
    if (line.parity != Parity::none) mode.c_cflag |= PARENB;
    if (line.parity == Parity::odd) mode.c_cflag |= PARODD;
    if (line.stop_bits == 2) mode.c_cflag |= CSTOPB;
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    ::cfsetspeed(&mode, speed);
    return mode;
}

Result<void> configure(int descriptor, const LineSettings& line) {
    termios before{};
    if (::tcgetattr(descriptor, &before) != 0) return failure("not_a_port", std::strerror(errno));
    auto speed = speed_code(line.baud);
    if (!speed) return failure("line_settings_refused", format_line_settings(line));
    termios mode = raw_mode(before, line, *speed);
    if (::tcsetattr(descriptor, TCSANOW, &mode) == 0) return {};
    // Linux gives pseudo-terminals neither parity nor seven bits, and glibc reports that.
    LineSettings plain{.baud = line.baud, .data_bits = 8, .parity = Parity::none, .stop_bits = 1};
    mode = raw_mode(before, plain, *speed);
    if (is_pseudo_terminal(descriptor) && ::tcsetattr(descriptor, TCSANOW, &mode) == 0) return {};
    return failure("line_settings_refused", format_line_settings(line));
}

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

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::int64_t monotonic_now_ms() {
    auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

Result<LineSettings> parse_line_settings(std::string_view text) {
    auto refuse = [text] { return failure("bad_line_settings", std::string(text)); };
    std::size_t space = text.find(' ');
    if (space == std::string_view::npos || text.size() != space + 4) return refuse();
    LineSettings line;
    auto baud = whole_number(text.substr(0, space));
    if (!baud || !speed_code(*baud)) return refuse();
    line.baud = *baud;
    char data = text[space + 1], parity = text[space + 2], stop = text[space + 3];
    if ((data != '7' && data != '8') || (stop != '1' && stop != '2')) return refuse();
    line.data_bits = data - '0';
    line.stop_bits = stop - '0';
    if (parity != 'n' && parity != 'e' && parity != 'o') return refuse();
    if (parity == 'e') line.parity = Parity::even;
    if (parity == 'o') line.parity = Parity::odd;
    return line;
}

std::string format_line_settings(const LineSettings& line) {
    constexpr std::string_view letters = "neo";
    return fmt::format("{} {}{}{}", line.baud, line.data_bits,
                       letters[static_cast<std::size_t>(line.parity)], line.stop_bits);
}

Interrupt::Interrupt() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    FANGXIN_CHECK(descriptor_ >= 0);
}

Interrupt::~Interrupt() { ::close(descriptor_); }

void Interrupt::raise() { ::eventfd_write(descriptor_, 1); }

bool Interrupt::wait_for(std::int64_t milliseconds) const {
    auto deadline = deadline_in(static_cast<int>(milliseconds));
    pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
    int ready = -1;
    do {
        ready = ::poll(&waiting, 1, poll_time(deadline));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

Result<SerialPort> SerialPort::open(const std::string& path, const LineSettings& line) {
    int descriptor = ::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) return refused(path, errno);
    SerialPort port(descriptor);
    if (::isatty(descriptor) == 0) return failure("not_a_port", path);
    // TIOCEXCL keeps out users, the lock keeps out programs that run as root and ask for it too.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return refused(path, EBUSY);
    ::ioctl(descriptor, TIOCEXCL);
    auto configured = configure(descriptor, line);
    if (!configured) return tl::unexpected(within(configured.error(), path));
    ::tcflush(descriptor, TCIOFLUSH);
    return port;
}

SerialPort::SerialPort(SerialPort&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

SerialPort& SerialPort::operator=(SerialPort&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

SerialPort::~SerialPort() { close(); }

void SerialPort::close() {
    if (descriptor_ < 0) return;
    ::ioctl(descriptor_, TIOCNXCL);  // else a pseudo-terminal stays shut for the next of us
    ::close(std::exchange(descriptor_, -1));
}

Result<std::size_t> SerialPort::read(std::span<std::byte> into, int timeout_ms,
                                     const Interrupt* interrupt) {
    auto deadline = deadline_in(timeout_ms);
    while (true) {
        std::array<pollfd, 2> waiting{
            {{descriptor_, POLLIN, 0}, {interrupt ? interrupt->descriptor() : -1, POLLIN, 0}}};
        int ready = ::poll(waiting.data(), waiting.size(), poll_time(deadline));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return gone(errno);
        if (ready == 0 || waiting[1].revents != 0) return 0;
        ssize_t count = ::read(descriptor_, into.data(), into.size());
        if (count > 0) return static_cast<std::size_t>(count);
        if (count == 0) return gone(0);
        if (errno == EAGAIN && (waiting[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
            return gone(0);
        if (errno != EAGAIN && errno != EINTR) return gone(errno);
    }
}

Result<void> SerialPort::write(std::span<const std::byte> bytes, int timeout_ms) {
    auto deadline = deadline_in(timeout_ms);
    while (!bytes.empty()) {
        pollfd waiting{.fd = descriptor_, .events = POLLOUT, .revents = 0};
        int ready = ::poll(&waiting, 1, poll_time(deadline));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return gone(errno);
        if (ready == 0) return failure("write_timeout", "the device takes no more bytes");
        ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count >= 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
        bool again = count < 0 && (errno == EAGAIN || errno == EINTR);
        if (again && (waiting.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) return gone(0);
        if (count < 0 && !again) return gone(errno);
    }
    return {};
}

}  // namespace fangxin::drivers
