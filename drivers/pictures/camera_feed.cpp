#include "drivers/pictures/camera_feed.hpp"

#include "drivers/pictures/decoded_text.hpp"
#include "drivers/transports/open_device.hpp"
#include "drivers/transports/usb_tree.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

constexpr std::size_t longest_text = 4096;
constexpr const char* its_end = "its program ended";
constexpr const char* no_sense = "its program gave no sensible answer";

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= 30 &&
           std::ranges::all_of(text, [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); });
}

struct Node {
    std::string path;
    std::string identity;
};

/// The node of this camera, wherever it is plugged in, and what tells it from others.
Result<Node> find_node(const std::string& source) {
    auto address = parse_address(source);
    if (!address) return tl::unexpected(address.error());
    if (const auto* usb = std::get_if<UsbAddress>(&*address)) {
        auto device = find_usb_device(*usb);
        if (!device) return tl::unexpected(device.error());
        Node node{node_of(*device, "/dev/video"), device->identity()};
        if (node.path.empty()) return failure("wrong_device", node.identity + " is no camera");
        return node;
    }
    const auto* path = std::get_if<PathAddress>(&*address);
    if (path == nullptr) return failure("bad_address", source + " is no camera");
    return Node{path->path, identity_of_path(path->path)};
}

/// Before GStreamer says the same in many words: what open() thinks of it.
Result<void> try_node(const std::string& path) {
    const Descriptor node(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (node.get() < 0) return open_error(path, errno);
    struct stat status {};
    if (::fstat(node.get(), &status) != 0 || !S_ISCHR(status.st_mode))
        return failure("wrong_device", path + " is no camera");
    return {};
}

}  // namespace

std::string CameraFeedOptions::default_program() {
    return ChildProgram::beside_us("fangxin-camera");
}

/// What the program is told to play; it may be anybody's text, but it is one.
Result<std::string> CameraFeed::first_words() {
    const std::string sizes = fmt::format(" {} {} {}\n", options_.most_side, options_.most_side,
                                          options_.most_per_second);
    if (options_.pipeline.empty()) {
        auto node = find_node(options_.source);
        if (!node) return tl::unexpected(node.error());
        if (auto tried = try_node(node->path); !tried) return tl::unexpected(tried.error());
        identity_ = node->identity;
        return "device" + sizes + node->path;
    }
    if (options_.pipeline.size() > longest_text)
        return failure("bad_pipeline", fmt::format("longer than {} bytes", longest_text));
    if (options_.pipeline.find('\0') != std::string::npos || !is_utf8(options_.pipeline))
        return failure("bad_pipeline", "it is no text");
    return "pipeline" + sizes + options_.pipeline;
}

Result<std::unique_ptr<Transport>> CameraFeed::open(const CameraFeedOptions& options,
                                                    const Interrupt& interrupt, Took took) {
    std::unique_ptr<CameraFeed> feed(new CameraFeed(options, std::move(took)));
    auto words = feed->first_words();
    if (!words) return tl::unexpected(words.error());
    ChildProgram& program = feed->program_;
    auto started = program.start(options.program, ChildProgram::Environment::ours);
    if (!started) return tl::unexpected(started.error());
    if (!program.send(*words)) return failure("camera_died", its_end);
    if (auto ready = feed->become_ready(interrupt); !ready) return tl::unexpected(ready.error());
    feed->patience_ms_ = options.first_picture_ms;
    std::byte picture{};
    auto count = feed->read(std::span(&picture, 1), -1, &interrupt);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) return failure("");
    feed->patience_ms_ = options.next_picture_ms;
    return feed;
}

Result<void> CameraFeed::become_ready(const Interrupt& interrupt) {
    if (!hears(monotonic_now_ms() + options_.ready_ms, &interrupt)) {
        if (interrupt.is_raised()) return failure("");
        return failure("camera_silent", fmt::format("not ready in {} ms", options_.ready_ms));
    }
    auto message = receive();
    if (!message) return tl::unexpected(message.error());
    if (message->words != "ready") {
        auto picture = picture_of(*message);
        return picture ? failure("camera_died", no_sense) : tl::unexpected(picture.error());
    }
    asked_ms_ = monotonic_now_ms();
    if (!program_.send("next")) return failure("camera_died", its_end);
    return {};
}

bool CameraFeed::hears(std::int64_t until_ms, const Interrupt* interrupt) const {
    std::array<pollfd, 2> waiting{
        pollfd{.fd = program_.socket(), .events = POLLIN, .revents = 0},
        pollfd{.fd = interrupt ? interrupt->descriptor() : -1, .events = POLLIN, .revents = 0}};
    int ready = -1;
    do {
        const std::int64_t left_ms = std::max<std::int64_t>(0, until_ms - monotonic_now_ms());
        ready = ::poll(waiting.data(), waiting.size(), static_cast<int>(left_ms));
    } while (ready < 0 && errno == EINTR);
    return waiting[1].revents == 0 && waiting[0].revents != 0;
}

Result<std::size_t> CameraFeed::read(std::span<std::byte>, int timeout_ms,
                                     const Interrupt* interrupt) {
    const std::int64_t silent_ms = asked_ms_ + patience_ms_;
    const std::int64_t until_ms =
        timeout_ms < 0 ? silent_ms : std::min(silent_ms, monotonic_now_ms() + timeout_ms);
    if (hears(until_ms, interrupt)) {
        if (auto taken = take(); !taken) return tl::unexpected(taken.error());
        return 1;
    }
    if (interrupt != nullptr && interrupt->is_raised()) return 0;
    if (monotonic_now_ms() < silent_ms) return 0;
    return failure("camera_silent", fmt::format("no picture in {} ms", patience_ms_));
}

Result<ChildProgram::Message> CameraFeed::receive() const {
    auto message = program_.receive();
    if (!message) return failure("camera_died", its_end);
    return std::move(*message);
}

/// Gives the picture on and asks for the next: there is never more than one on its way.
Result<void> CameraFeed::take() {
    auto message = receive();
    if (!message) return tl::unexpected(message.error());
    auto picture = picture_of(*message);
    if (!picture) return tl::unexpected(picture.error());
    took_(std::move(*picture));
    asked_ms_ = monotonic_now_ms();
    if (!program_.send("next")) return failure("camera_died", its_end);
    return {};
}

/// The program has run foreign plugins, so its words are checked like a stranger's.
Result<CameraPicture> CameraFeed::picture_of(const ChildProgram::Message& message) const {
    const std::string& words = message.words;
    constexpr std::string_view sorry = "error ";
    constexpr std::string_view good = "picture ";
    if (words.starts_with(sorry)) {
        const std::size_t end = std::min(words.find('\n'), words.size());
        const std::string code = words.substr(sorry.size(), end - sorry.size());
        if (is_word(code)) return failure(code, words.substr(std::min(end + 1, words.size())));
    }
    if (!words.starts_with(good)) return failure("camera_died", no_sense);
    CameraPicture picture;
    const char* end = words.data() + words.size();
    const auto width = std::from_chars(words.data() + good.size(), end, picture.width);
    const bool has_width = width.ec == std::errc{} && width.ptr != end;
    if (!has_width || std::from_chars(width.ptr + 1, end, picture.height).ptr != end)
        return failure("camera_died", no_sense);
    const int most = options_.most_side;
    struct stat status {};
    const std::size_t size =
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4;
    const int seals = ::fcntl(message.descriptor.get(), F_GET_SEALS);
    const int wanted = F_SEAL_SHRINK | F_SEAL_WRITE;
    if (picture.width < 1 || picture.height < 1 || picture.width > most || picture.height > most ||
        ::fstat(message.descriptor.get(), &status) != 0 ||
        status.st_size != static_cast<off_t>(size) || seals < 0 || (seals & wanted) != wanted)
        return failure("camera_died", "its program gave no whole picture");
    void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, message.descriptor.get(), 0);
    if (mapped == MAP_FAILED) return failure("camera_died", std::strerror(errno));
    const auto* bytes = static_cast<const std::uint8_t*>(mapped);
    picture.rgba.assign(bytes, bytes + size);
    ::munmap(mapped, size);
    return picture;
}

}  // namespace fangxin::drivers
