#include "drivers/pictures/decoder.hpp"

#include "domain/check.hpp"
#include "drivers/pictures/helper_answer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
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
    auto decoded = look_at({.kind = "file",
                            .sizes = {},
                            .memory = memory.get(),
                            .budget_ms = options_.file_budget_ms});
    if (decoded && !decoded->sure) decoded = failure("no_code", "read once only: not sure");
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
    auto decoded = look_at({.kind = "grey",
                            .sizes = fmt::format(" {} {}", frame.width, frame.height),
                            .memory = memory.get(),
                            .budget_ms = options_.frame_budget_ms});
    if (decoded) decoded->ms = ms_since(start_time);
    return decoded;
}

/// One look after another until a reading is sure, the ways to look are all tried or the time is
/// up. A helper that died of one look is not asked for that one again.
Result<Decoded> Decoder::look_at(const Picture& picture) {
    constexpr int most_deaths = 2;
    auto start_time = Clock::now();
    Result<Decoded> best = failure("no_code");
    int known_to = 0;  // the helper that has the picture; 0 for none
    int deaths = 0;
    for (int number = 0; number == 0 || ms_since(start_time) < picture.budget_ms; ++number) {
        bool again = known_to != 0 && known_to == process_;
        auto decoded = again ? ask(fmt::format("again {}", number), -1)
                             : ask(fmt::format("{} {}{}", picture.kind, number, picture.sizes),
                                   picture.memory);
        if (decoded) {
            if (!best || decoded->sure) best = std::move(decoded);
            if (best->sure) return best;
        } else if (decoded.error().code == "decoder_died") {
            if (!best) best = tl::unexpected(decoded.error());
            bool slow = ms_since(start_time) >= options_.timeout_ms;
            if (++deaths == most_deaths || slow) return best;
        } else if (decoded.error().code != "no_code") {
            return decoded.error().code == "no_more" ? best : decoded;
        }
        known_to = process_;
    }
    return best;
}

Result<Decoded> Decoder::ask(const std::string& words, int memory) {
    bool fresh = process_ == 0;
    if (fresh) {
        if (auto started = start(); !started) return tl::unexpected(started.error());
    }
    bool sent = send(words, memory);
    if (!sent && !fresh && memory >= 0) {  // it died while nobody looked: not this picture's fault
        end_helper();
        if (auto started = start(); !started) return tl::unexpected(started.error());
        sent = send(words, memory);
    }
    auto message = sent ? wait_for_answer() : failure("decoder_died", "it takes no picture");
    auto decoded = message ? parse_helper_answer(*message) : tl::unexpected(message.error());
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
    if (memory >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof memory);
        std::memcpy(CMSG_DATA(header), &memory, sizeof memory);
    }
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
