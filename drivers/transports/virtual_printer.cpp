#include "drivers/transports/virtual_printer.hpp"

#include "drivers/printers/escpos_commands.hpp"
#include "drivers/printers/tspl_commands.hpp"
#include "drivers/transports/durable_file.hpp"

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
    std::array<std::uint8_t, 4> answers;    ///< to n = 1..4
    std::array<std::uint8_t, 4> automatic;  ///< after GS a
    std::uint8_t paper;                     ///< to GS r 1
    std::uint8_t tspl;                      ///< to ESC ! ?
};
using Four = std::array<std::uint8_t, 4>;
constexpr std::array rows{
    StatusRow{VirtualStatus::ok, "ok", Four{0x12, 0x12, 0x12, 0x12}, Four{0x10, 0, 0, 0x0F}, 0, 0},
    StatusRow{VirtualStatus::paper_low, "paper_low", Four{0x12, 0x12, 0x12, 0x1E},
              Four{0x10, 0, 0x03, 0x0F}, 0x03, 0},
    StatusRow{VirtualStatus::paper_out, "paper_out", Four{0x1A, 0x32, 0x12, 0x7E},
              Four{0x18, 0, 0x0F, 0x0F}, 0x0F, 0x04},
    StatusRow{VirtualStatus::cover_open, "cover_open", Four{0x1A, 0x16, 0x12, 0x12},
              Four{0x38, 0, 0, 0x0F}, 0, 0x01},
    StatusRow{VirtualStatus::error, "error", Four{0x1A, 0x52, 0x1A, 0x12},
              Four{0x18, 0x08, 0, 0x0F}, 0, 0x80},
    StatusRow{VirtualStatus::offline, "offline", Four{0x1A, 0x12, 0x12, 0x12},
              Four{0x18, 0, 0, 0x0F}, 0, 0x10}};

const StatusRow* row_of(VirtualStatus status) {
    for (const StatusRow& row : rows) {
        if (row.status == status) return &row;
    }
    return nullptr;  // silent
}

std::string text_of(const Four& bytes) { return {bytes.begin(), bytes.end()}; }

/// `GS I n`: numbers are one byte, names a block between 5F and NUL.
std::string identity(int n) {
    switch (n) {
        case 65:
            return "_" FANGXIN_VERSION + std::string(1, '\0');
        case 66:
            return "_FANGXIN" + std::string(1, '\0');
        case 67:
            return "_VIRTUAL 80MM" + std::string(1, '\0');
        case 69:
            return "_CHINA GB18030" + std::string(1, '\0');
        default:
            return n <= 3 || (n >= 49 && n <= 51) ? std::string(1, '\x02') : std::string();
    }
}

tl::unexpected<Error> failed(const char* code, std::string_view step) {
    auto words = std::error_code(errno, std::generic_category()).message();
    return failure(code, fmt::format("{}: {}", step, words));
}

/// What one connection sent, and whether any of it was more than questions.
struct Received {
    std::string bytes;
    bool is_job = false;
};

Received receive(int connection, VirtualConversation conversation) {
    Received received;
    std::array<char, 4096> buffer{};
    for (;;) {
        ssize_t count = ::recv(connection, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || received.bytes.size() > largest_job) break;
        std::string_view slice(buffer.data(), static_cast<std::size_t>(count));
        received.bytes += slice;
        std::string answers = conversation.feed(slice);
        if (!answers.empty() &&
            ::send(connection, answers.data(), answers.size(), MSG_NOSIGNAL) < 0) {
            break;
        }
    }
    received.is_job = conversation.is_job();
    return received;
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
    const StatusRow* row = row_of(status);
    if (row == nullptr || n < 1 || n > 4) return std::nullopt;
    return row->answers[static_cast<std::size_t>(n - 1)];
}

std::string VirtualConversation::feed(std::string_view bytes) {
    pending_ += bytes;
    std::string answers;
    std::string_view rest = pending_;
    while (!rest.empty()) {
        std::size_t taken = language_ == VirtualLanguage::tspl ? take_tspl(rest, answers)
                                                               : take_escpos(rest, answers);
        if (taken == 0) break;  // the rest of the command is still to come
        rest.remove_prefix(taken);
    }
    pending_ = std::string(rest);
    return answers;
}

std::size_t VirtualConversation::take_escpos(std::string_view bytes, std::string& answers) {
    EscposCommand command = next_command(bytes);
    bool opened = bytes == "\x10";  // a DLE whose second byte has not come
    if (command.state == EscposCommand::State::cut || opened) return 0;
    auto byte = [&](std::size_t at) {
        return at < command.size ? static_cast<unsigned char>(bytes[at]) : 0;
    };
    const StatusRow* row = row_of(status_);
    int kind = byte(0) << 8 | byte(1);
    switch (command.size == 1 ? byte(0) : kind) {
        case 0x1004:
            if (auto answer = virtual_answer(status_, byte(2))) answers += char(*answer);
            break;
        case 0x1D61:
            if (row != nullptr && byte(2) != 0) answers += text_of(row->automatic);
            break;
        case 0x1D72:
            if (row != nullptr) answers += char(byte(2) % 48 == 1 ? row->paper : 0);
            break;
        case 0x1D49:
            if (row != nullptr) answers += identity(byte(2));
            break;
        case 0x1005:
        case 0x1B06:  // how a client asks whether we are a Star
        case 0x1B40:
        case 0x00:
            break;  // belong to questions too
        default:
            is_job_ = true;
            break;
    }
    return command.size;
}

std::size_t VirtualConversation::take_tspl(std::string_view bytes, std::string& answers) {
    TsplCommand command = next_tspl_command(bytes);
    if (command.state == TsplCommand::State::cut) return 0;
    const StatusRow* row = row_of(status_);
    if (command.line == "\x1B!?") {
        if (row != nullptr) answers += char(row->tspl);
    } else if (!command.line.empty()) {
        is_job_ = true;
    }
    return command.size;
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
        Received received =
            receive(connection, VirtualConversation(options.status, options.language));
        ::close(connection);
        if (!received.is_job) continue;
        std::filesystem::path path = next_path(options.folder, number);
        if (auto stored = replace_file(path, received.bytes); !stored) {
            ::close(*listener);
            return failure("write_failed", stored.error().detail);
        }
        if (options.stored) options.stored(path);
    }
}

}  // namespace fangxin::drivers
