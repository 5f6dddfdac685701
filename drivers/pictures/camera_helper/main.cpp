// fangxin-camera: plays a camera, or a pipeline, and gives its newest picture whenever it is asked.
// A program of its own because drivers hang and plugins crash, and because nobody who has no camera
// should load them. Started by drivers/pictures/camera_feed.cpp; not for people. Socket 3:
//     in    once `device WIDTH HEIGHT RATE` or `pipeline WIDTH HEIGHT RATE` LF its node or text;
//           then `next`, each time another picture is wanted
//     out   `ready` once GStreamer is, then `picture WIDTH HEIGHT` with a descriptor of a sealed
//     memfd (RGBA, no gaps between
//           rows), or `error CODE` LF detail, and then it ends
#include "drivers/pictures/camera_helper/pipeline.hpp"
#include "drivers/pictures/datagram.hpp"

#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using fangxin::drivers::Pipeline;
using fangxin::drivers::PipelinePicture;
using fangxin::drivers::PipelineTrouble;
using fangxin::drivers::PipelineWish;
using fangxin::drivers::send_datagram;

constexpr int parent_socket = 3;
/// Frames of absurd size end this program and no other.
constexpr rlim_t most_memory = rlim_t{1} << 30U;

std::optional<std::string> receive() {
    std::string words(65536, '\0');
    const ssize_t count = ::recv(parent_socket, words.data(), words.size(), 0);
    if (count <= 0) return std::nullopt;
    words.resize(static_cast<std::size_t>(count));
    return words;
}

/// Stays until it is ended: with words of the parent's unread, what is said last would be lost.
void complain(const PipelineTrouble& trouble) {
    constexpr std::size_t longest_detail = 1000;
    const std::string detail = trouble.detail.substr(0, longest_detail);
    send_datagram(parent_socket, fmt::format("error {}\n{}", trouble.code, detail));
    while (receive()) {
    }
}

bool send_picture(const PipelinePicture& picture) {
    const int memory = ::memfd_create("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0) return false;
    std::size_t written = 0;
    while (written < picture.rgba.size()) {
        const ssize_t count =
            ::write(memory, picture.rgba.data() + written, picture.rgba.size() - written);
        if (count <= 0) break;
        written += static_cast<std::size_t>(count);
    }
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    const bool is_sent =
        written == picture.rgba.size() && ::fcntl(memory, F_ADD_SEALS, seals) == 0 &&
        send_datagram(parent_socket, fmt::format("picture {} {}", picture.width, picture.height),
                      memory);
    ::close(memory);
    return is_sent;
}

std::optional<PipelineWish> wish_of(const std::string& words) {
    const std::size_t end = words.find('\n');
    if (end == std::string::npos) return std::nullopt;
    PipelineWish wish{.is_device = words.starts_with("device "), .source = words.substr(end + 1)};
    const char* at = words.data() + words.find(' ');
    for (int* number : {&wish.most_width, &wish.most_height, &wish.most_per_second}) {
        const auto read = std::from_chars(at + 1, words.data() + end, *number);
        if (read.ec != std::errc{} || *number <= 0) return std::nullopt;
        at = read.ptr;
    }
    return wish;
}

}  // namespace

int main() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close_range(parent_socket + 1, ~0U, 0);
    const rlimit memory{.rlim_cur = most_memory, .rlim_max = most_memory};
    const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};
    if (::setrlimit(RLIMIT_DATA, &memory) != 0 || ::setrlimit(RLIMIT_CORE, &no_core) != 0) return 1;
    const auto words = receive();
    const auto wish = words ? wish_of(*words) : std::nullopt;
    if (!wish) return 1;
    Pipeline pipeline;
    auto started = pipeline.prepare();
    if (started.index() == 0) {
        if (!send_datagram(parent_socket, "ready")) return 1;
        started = pipeline.start(*wish);
    }
    if (const auto* trouble = std::get_if<PipelineTrouble>(&started)) {
        complain(*trouble);
        ::_exit(0);
    }
    while (receive()) {
        const auto next = pipeline.next();
        if (const auto* trouble = std::get_if<PipelineTrouble>(&next)) {
            complain(*trouble);
            break;
        }
        if (!send_picture(std::get<PipelinePicture>(next))) break;
    }
    ::_exit(0);  // what a driver does at its end holds up nobody
}
