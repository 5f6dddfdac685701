#include "drivers/transports/virtual_printer.hpp"

#include "drivers/transports/printer_port.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

constexpr std::size_t largest_job = 64U << 20U;

struct StatusRow {
    VirtualStatus status;
    std::string_view text;
    std::array<std::uint8_t, 4> answers;  ///< to n = 1..4
};
constexpr std::array rows{
    StatusRow{VirtualStatus::ok, "ok", {0x12, 0x12, 0x12, 0x12}},
    StatusRow{VirtualStatus::paper_low, "paper_low", {0x12, 0x12, 0x12, 0x1E}},
    StatusRow{VirtualStatus::paper_out, "paper_out", {0x1A, 0x32, 0x12, 0x7E}},
    StatusRow{VirtualStatus::cover_open, "cover_open", {0x1A, 0x16, 0x12, 0x12}},
    StatusRow{VirtualStatus::error, "error", {0x1A, 0x52, 0x1A, 0x12}},
    StatusRow{VirtualStatus::offline, "offline", {0x1A, 0x12, 0x12, 0x12}}};

tl::unexpected<Error> failed(const char* code, std::string_view step) {
    auto words = std::error_code(errno, std::generic_category()).message();
    return failure(code, fmt::format("{}: {}", step, words));
}

/// Finds status questions in a stream, wherever it is cut.
class Questions {
  public:
    /// The n of the question that this byte ends.
    std::optional<int> next(unsigned char byte) {
        bool asked = seen_ == 2;
        seen_ = !asked && seen_ == 1 && byte == 0x04 ? 2 : byte == 0x10 && !asked ? 1 : 0;
        return asked ? std::optional<int>(byte) : std::nullopt;
    }

  private:
    int seen_ = 0;
};

/// What one connection sent, and whether any of it was more than questions.
struct Received {
    std::string bytes;
    std::size_t asked = 0;
    bool is_job() const { return bytes.size() > 3 * asked; }
};

Received receive(int connection, VirtualStatus status) {
    Received received;
    Questions questions;
    std::array<char, 4096> buffer{};
    for (;;) {
        ssize_t count = ::recv(connection, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || received.bytes.size() > largest_job) return received;
        std::string_view slice(buffer.data(), static_cast<std::size_t>(count));
        received.bytes += slice;
        for (char byte : slice) {
            auto n = questions.next(static_cast<unsigned char>(byte));
            if (!n) continue;
            ++received.asked;
            auto answer = virtual_answer(status, *n);
            if (answer && ::send(connection, &*answer, 1, MSG_NOSIGNAL) != 1) return received;
        }
    }
}

std::filesystem::path next_path(const std::filesystem::path& folder, int& number) {
    std::filesystem::path path;
    std::error_code ignored;
    do {
        path = folder / fmt::format("job-{:06}.bin", ++number);
    } while (std::filesystem::exists(path, ignored));
    return path;
}

Result<int> listen_on(std::uint16_t& port) {
    int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0) return failed("port_in_use", "socket");
    int yes = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* where = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(listener, where, size) != 0 || ::listen(listener, 16) != 0 ||
        ::getsockname(listener, where, &size) != 0) {
        auto error = failed("port_in_use", "listening");
        ::close(listener);
        return error;
    }
    port = ntohs(address.sin_port);
    return listener;
}

}  // namespace

std::optional<VirtualStatus> parse_virtual_status(std::string_view text) {
    if (text == "silent") return VirtualStatus::silent;
    for (const StatusRow& row : rows) {
        if (row.text == text) return row.status;
    }
    return std::nullopt;
}

std::optional<std::uint8_t> virtual_answer(VirtualStatus status, int n) {
    for (const StatusRow& row : rows) {
        if (row.status == status && n >= 1 && n <= 4) {
            return row.answers[static_cast<std::size_t>(n - 1)];
        }
    }
    return std::nullopt;
}

Result<void> serve_virtual_printer(const VirtualPrinterOptions& options) {
    std::error_code made;
    std::filesystem::create_directories(options.folder, made);
    if (made) return failure("write_failed", made.message());
    std::uint16_t port = options.port;
    auto listener = listen_on(port);
    if (!listener) return tl::unexpected(listener.error());
    if (options.ready) options.ready(port);
    for (int number = 0;;) {
        int connection = ::accept4(*listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            auto error = failed("port_in_use", "accepting");
            ::close(*listener);
            return error;
        }
        Received received = receive(connection, options.status);
        ::close(connection);
        if (!received.is_job()) continue;
        std::filesystem::path path = next_path(options.folder, number);
        if (auto stored = replace_file(path, received.bytes); !stored) {
            ::close(*listener);
            return failure("write_failed", stored.error().detail);
        }
        if (options.stored) options.stored(path);
    }
}

}  // namespace fangxin::drivers
