#include "drivers/transports/serial.hpp"

#include "drivers/transports/descriptor.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <optional>
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
constexpr std::array speeds{Speed{300, B300},       Speed{600, B600},       Speed{1200, B1200},
                            Speed{2400, B2400},     Speed{4800, B4800},     Speed{9600, B9600},
                            Speed{19200, B19200},   Speed{38400, B38400},   Speed{57600, B57600},
                            Speed{115200, B115200}, Speed{230400, B230400}, Speed{460800, B460800},
                            Speed{921600, B921600}};
constexpr std::string_view parity_letters = "neoms";
constexpr std::array<tcflag_t, 9> data_bits{0, 0, 0, 0, 0, CS5, CS6, CS7, CS8};

std::optional<speed_t> speed_code(int baud) {
    for (const Speed& speed : speeds) {
        if (speed.baud == baud) return speed.code;
    }
    return std::nullopt;
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
    mode.c_cflag &= ~static_cast<tcflag_t>(CSIZE | PARENB | PARODD | CMSPAR | CSTOPB | CRTSCTS);
    mode.c_cflag |= CLOCAL | CREAD | data_bits[static_cast<std::size_t>(line.data_bits)];
    if (line.parity != Parity::none) mode.c_cflag |= PARENB;
    if (line.parity == Parity::odd || line.parity == Parity::mark) mode.c_cflag |= PARODD;
    if (line.parity == Parity::mark || line.parity == Parity::space) mode.c_cflag |= CMSPAR;
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

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

class SerialPort final : public DescriptorTransport {
  public:
    using DescriptorTransport::DescriptorTransport;
    ~SerialPort() override {
        ::ioctl(descriptor(), TIOCNXCL);  // else a pseudo-terminal stays shut for the next of us
    }
};

}  // namespace

Result<LineSettings> parse_line_settings(std::string_view text) {
    auto refuse = [text] { return failure("bad_line_settings", std::string(text)); };
    std::size_t space = text.find(' ');
    if (space == std::string_view::npos || text.size() != space + 4) return refuse();
    LineSettings line;
    auto baud = whole_number(text.substr(0, space));
    if (!baud || !speed_code(*baud)) return refuse();
    line.baud = *baud;
    char data = text[space + 1], parity = text[space + 2], stop = text[space + 3];
    if (data < '5' || data > '8' || (stop != '1' && stop != '2')) return refuse();
    line.data_bits = data - '0';
    line.stop_bits = stop - '0';
    const std::size_t letter = parity_letters.find(parity);
    if (letter == std::string_view::npos) return refuse();
    line.parity = static_cast<Parity>(letter);
    return line;
}

Result<LineSettings> line_settings_of(std::string_view text, const LineSettings& factory) {
    if (text.empty()) return factory;
    return parse_line_settings(text);
}

std::string format_line_settings(const LineSettings& line) {
    return fmt::format("{} {}{}{}", line.baud, line.data_bits,
                       parity_letters[static_cast<std::size_t>(line.parity)], line.stop_bits);
}

Result<std::unique_ptr<Transport>> open_serial(const std::string& path, const LineSettings& line,
                                               std::string identity) {
    Descriptor opened(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    const int descriptor = opened.get();
    if (descriptor < 0) return open_error(path, errno);
    if (::isatty(descriptor) == 0) return failure("not_a_port", path);
    // TIOCEXCL keeps out users, the lock keeps out programs that run as root and ask for it too.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return open_error(path, EBUSY);
    auto port = std::make_unique<SerialPort>(std::move(opened), std::move(identity));
    ::ioctl(descriptor, TIOCEXCL);
    auto configured = configure(descriptor, line);
    if (!configured) return tl::unexpected(within(configured.error(), path));
    ::tcflush(descriptor, TCIOFLUSH);
    return port;
}

}  // namespace fangxin::drivers
