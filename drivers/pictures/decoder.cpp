#include "drivers/pictures/decoder.hpp"

#include "domain/check.hpp"
#include "drivers/pictures/helper_answer.hpp"
#include "drivers/transports/descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

using Clock = std::chrono::steady_clock;

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

std::string DecoderOptions::default_helper() { return ChildProgram::beside_us("fangxin-decode"); }

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
        bool again = known_to != 0 && known_to == helper_.process();
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
        known_to = helper_.process();
    }
    return best;
}

Result<Decoded> Decoder::ask(const std::string& words, int memory) {
    const bool fresh = !helper_.runs();
    if (fresh) {
        if (auto started = start(); !started) return tl::unexpected(started.error());
    }
    bool sent = helper_.send(words, memory);
    if (!sent && !fresh && memory >= 0) {  // it died while nobody looked: not this picture's fault
        if (auto started = start(); !started) return tl::unexpected(started.error());
        sent = helper_.send(words, memory);
    }
    auto message = sent ? wait_for_answer() : failure("decoder_died", "it takes no picture");
    auto decoded = message ? parse_helper_answer(*message) : tl::unexpected(message.error());
    if (!decoded && decoded.error().code == "decoder_died") helper_.end();
    return decoded;
}

Result<void> Decoder::start() {
    auto started = helper_.start(options_.helper, ChildProgram::Environment::none);
    if (!started) return failure("decoder_died", "starting " + started.error().detail);
    return {};
}

Result<std::string> Decoder::wait_for_answer() const {
    auto deadline = Clock::now() + std::chrono::milliseconds(options_.timeout_ms);
    pollfd waiting{.fd = helper_.socket(), .events = POLLIN, .revents = 0};
    int ready = -1;
    do {
        auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(0, left)));
    } while (ready < 0 && errno == EINTR);
    if (ready == 0)
        return failure("decoder_died", fmt::format("no answer in {} ms", options_.timeout_ms));
    auto message = helper_.receive();
    if (!message) return failure("decoder_died", "it ended without an answer");
    return std::move(message->words);
}

}  // namespace fangxin::drivers
