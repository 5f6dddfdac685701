#include "drivers/pictures/decoder.hpp"

#include "domain/check.hpp"
#include "drivers/pictures/decoded_text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace fangxin::drivers {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_answer = 65536;

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }

  private:
    int number_;
};

std::int64_t ms_since(Clock::time_point start) {
    return std::chrono::round<std::chrono::milliseconds>(Clock::now() - start).count();
}

int new_memory() { return ::memfd_create("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING); }

/// What the helper maps can then neither change nor end under it.
bool seal(int memory) {
    int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    return ::fcntl(memory, F_ADD_SEALS, seals) == 0;
}

/// Errors: not_found, not_readable, not_an_image, too_large.
Result<void> copy_file(const std::string& path, int memory, std::int64_t largest) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        return failure(missing ? "not_found" : "not_readable",
                       fmt::format("{}: {}", path, std::strerror(errno)));
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return failure("not_an_image", fmt::format("{}: not a file", path));
    if (status.st_size > largest) return failure("too_large", path);
    std::int64_t copied = 0;
    while (copied <= largest) {
        ssize_t count = ::sendfile(memory, file.get(), nullptr, 1U << 20U);
        if (count < 0)
            return failure("not_readable", fmt::format("{}: {}", path, std::strerror(errno)));
        if (count == 0) break;
        copied += count;
    }
    if (copied > largest) return failure("too_large", path);
    if (copied == 0) return failure("not_an_image", fmt::format("{}: empty", path));
    return {};
}

/// The helper has read hostile bytes: its answer is checked like a stranger's.
struct Answer {
    std::string_view format, symbology, text, bytes;
    bool has_eci = false;
};

std::string_view take_word(std::string_view& line) {
    std::size_t end = std::min(line.find(' '), line.size());
    std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

bool is_word(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9');
    });
}

std::optional<Answer> parse_answer(std::string_view message) {
    std::size_t end = message.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = message.substr(0, end);
    message.remove_prefix(end + 1);
    if (take_word(line) != "code") return std::nullopt;
    Answer answer;
    answer.format = take_word(line);
    answer.symbology = take_word(line);
    answer.has_eci = take_word(line) == "1";
    std::size_t length = 0;
    auto [rest, error] = std::from_chars(line.data(), line.data() + line.size(), length);
    bool sound = error == std::errc{} && rest == line.data() + line.size() &&
                 length <= message.size() && answer.format.size() <= 20 &&
                 answer.symbology.size() <= 2 && is_word(answer.format) &&
                 is_word(answer.symbology) && is_utf8(message.substr(0, length));
    if (!sound) return std::nullopt;
    answer.text = message.substr(0, length);
    answer.bytes = message.substr(length);
    return answer;
}

std::string text_of(const Answer& answer) {
    std::string text(answer.text);
    if (answer.format != "qr" || answer.has_eci) return text;
    return text_of_bytes(answer.bytes).value_or(text);
}

/// Known words only; anything else a helper says is as good as its death.
Result<Decoded> decoded_from(std::string_view message) {
    for (std::string_view word : {"not_an_image", "too_large", "no_code"}) {
        if (message == fmt::format("error {}", word)) return failure(std::string(word));
    }
    auto answer = parse_answer(message);
    if (!answer) return failure("decoder_died", "it gave no sensible answer");
    return Decoded{.format = std::string(answer->format),
                   .symbology = std::string(answer->symbology),
                   .text = text_of(*answer),
                   .ms = 0};
}

}  // namespace

std::string DecoderOptions::default_helper() {
    std::array<char, 4096> path{};
    ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
    std::string self(path.data(), static_cast<std::size_t>(std::max<ssize_t>(0, length)));
    return self.substr(0, self.rfind('/') + 1) + "fangxin-decode";
}

Decoder::~Decoder() { end_helper(); }

Result<Decoded> Decoder::decode_file(const std::string& path) {
    auto start_time = Clock::now();
    Descriptor memory(new_memory());
    FANGXIN_CHECK(memory.get() >= 0);
    auto copied = copy_file(path, memory.get(), options_.largest_file);
    if (!copied) return tl::unexpected(copied.error());
    FANGXIN_CHECK(seal(memory.get()));
    auto decoded = ask("file", memory.get());
    if (!decoded) return tl::unexpected(within(decoded.error(), path));
    decoded->ms = ms_since(start_time);
    return decoded;
}

Result<Decoded> Decoder::decode_frame(const GreyFrame& frame) {
    auto start_time = Clock::now();
    std::int64_t pixels = std::int64_t{frame.width} * frame.height;
    if (frame.width <= 0 || pixels <= 0 || frame.pixels.size() != static_cast<std::size_t>(pixels))
        return failure("not_an_image", fmt::format("{} × {}", frame.width, frame.height));
    if (pixels > 2 * options_.largest_file) return failure("too_large");
    Descriptor memory(new_memory());
    FANGXIN_CHECK(memory.get() >= 0);
    auto rest = frame.pixels;
    while (!rest.empty()) {
        ssize_t count = ::write(memory.get(), rest.data(), rest.size());
        if (count <= 0) return failure("too_large", std::strerror(errno));
        rest = rest.subspan(static_cast<std::size_t>(count));
    }
    FANGXIN_CHECK(seal(memory.get()));
    auto decoded = ask(fmt::format("grey {} {}", frame.width, frame.height), memory.get());
    if (decoded) decoded->ms = ms_since(start_time);
    return decoded;
}

Result<Decoded> Decoder::ask(std::string_view words, int memory) {
    bool fresh = process_ == 0;
    if (fresh) {
        if (auto started = start(); !started) return tl::unexpected(started.error());
    }
    bool sent = send(words, memory);
    if (!sent && !fresh) {  // it died while nobody looked: that is not this picture's fault
        end_helper();
        if (auto started = start(); !started) return tl::unexpected(started.error());
        sent = send(words, memory);
    }
    auto message = sent ? wait_for_answer() : failure("decoder_died", "it takes no picture");
    auto decoded = message ? decoded_from(*message) : tl::unexpected(message.error());
    if (!decoded && decoded.error().code == "decoder_died") end_helper();
    return decoded;
}

Result<void> Decoder::start() {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return failure("decoder_died", std::strerror(errno));
    Descriptor ours(pair[0]);
    Descriptor theirs(pair[1]);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all;
    sigset_t none;
    ::sigfillset(&all);
    ::sigemptyset(&none);
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), 3);
    // Standard output may be a stream of JSON that somebody waits to see end.
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::array<char*, 2> arguments{options_.helper.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    int error = ::posix_spawn(&process_, options_.helper.c_str(), &actions, &attributes,
                              arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        process_ = 0;
        return failure("decoder_died",
                       fmt::format("starting {}: {}", options_.helper, std::strerror(error)));
    }
    socket_ = ours.release();
    return {};
}

bool Decoder::send(std::string_view words, int memory) const {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    iovec part{.iov_base = const_cast<char*>(words.data()), .iov_len = words.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof memory);
    std::memcpy(CMSG_DATA(header), &memory, sizeof memory);
    return ::sendmsg(socket_, &message, MSG_NOSIGNAL) >= 0;
}

Result<std::string> Decoder::wait_for_answer() const {
    auto deadline = Clock::now() + std::chrono::milliseconds(options_.timeout_ms);
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    int ready = -1;
    do {
        auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(0, left)));
    } while (ready < 0 && errno == EINTR);
    if (ready == 0)
        return failure("decoder_died", fmt::format("no answer in {} ms", options_.timeout_ms));
    std::string message(longest_answer, '\0');
    ssize_t count = ::recv(socket_, message.data(), message.size(), 0);
    if (count <= 0) return failure("decoder_died", "it ended without an answer");
    message.resize(static_cast<std::size_t>(count));
    return message;
}

void Decoder::end_helper() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
}

}  // namespace fangxin::drivers
