#include "drivers/pictures/child_program.hpp"

#include "drivers/pictures/datagram.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace fangxin::drivers {

namespace {

constexpr std::size_t longest_words = 65536;
constexpr int childs_socket = 3;

}  // namespace

std::string ChildProgram::beside_us(std::string_view name) {
    std::array<char, 4096> path{};
    const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
    const std::string self(path.data(), static_cast<std::size_t>(std::max<ssize_t>(0, length)));
    return self.substr(0, self.rfind('/') + 1) + std::string(name);
}

Result<void> ChildProgram::start(const std::string& path, Environment environment) {
    end();
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return failure("cannot_start", std::strerror(errno));
    Descriptor ours(pair[0]);
    const Descriptor theirs(pair[1]);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all;
    sigset_t none;
    ::sigfillset(&all);
    ::sigemptyset(&none);
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), childs_socket);
    // Standard output may be a stream of JSON that somebody waits to see end.
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::string name = path;
    std::array<char*, 2> arguments{name.data(), nullptr};
    std::array<char*, 1> nothing{nullptr};
    const int error =
        ::posix_spawn(&process_, path.c_str(), &actions, &attributes, arguments.data(),
                      environment == Environment::ours ? environ : nothing.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        process_ = 0;
        return failure("cannot_start", fmt::format("{}: {}", path, std::strerror(error)));
    }
    socket_ = std::move(ours);
    return {};
}

bool ChildProgram::send(std::string_view words, int descriptor) const {
    return send_datagram(socket_.get(), words, descriptor);
}

std::optional<ChildProgram::Message> ChildProgram::receive() const {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    Message received{.words = std::string(longest_words, '\0'), .descriptor = Descriptor()};
    iovec part{.iov_base = received.words.data(), .iov_len = received.words.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t count = -1;
    do {
        count = ::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
    } while (count < 0 && errno == EINTR);
    if (count <= 0) return std::nullopt;
    received.words.resize(static_cast<std::size_t>(count));
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
        int descriptor = -1;
        std::memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
        received.descriptor = Descriptor(descriptor);
    }
    return received;
}

void ChildProgram::end() {
    socket_.close();
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
}

}  // namespace fangxin::drivers
