#include "tests/support/postgres_cutter.hpp"

#include <array>
#include <cstring>
#include <poll.h>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace fangxin::tests {

namespace {

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) throw std::runtime_error("too long: " + path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

int connect_to(const std::string& path) {
    const sockaddr_un address = address_of(path);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        return socket;
    }
    ::close(socket);
    return -1;
}

/// A simple query, as libpq sends it: `Q`, its length in four bytes, the text and a zero.
constexpr std::string_view commit{"Q\0\0\0\013COMMIT\0", 12};

}  // namespace

PostgresCutter::PostgresCutter(const PostgresServer& server)
    : server_socket_((server.socket_folder() / postgres_socket_name).string()),
      server_folder_(server.socket_folder().string()) {
    const sockaddr_un address = address_of(folder_ / postgres_socket_name);
    door_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(door_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(door_, 8) != 0 || ::pipe(stop_) != 0) {
        throw std::runtime_error("no line to PostgreSQL");
    }
    thread_ = std::thread([this] { carry(); });
}

PostgresCutter::~PostgresCutter() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
    ::close(door_);
}

std::string PostgresCutter::through(const std::string& url) const {
    std::string other = url;
    return other.replace(other.find(server_folder_), server_folder_.size(),
                         folder_.path().string());
}

void PostgresCutter::carry() {
    struct Pair {
        int client;
        int server;
    };
    std::vector<Pair> pairs;
    while (true) {
        std::vector<pollfd> watched{{stop_[0], POLLIN, 0}, {door_, POLLIN, 0}};
        for (const Pair& pair : pairs) {
            watched.push_back({pair.client, POLLIN, 0});
            watched.push_back({pair.server, POLLIN, 0});
        }
        ::poll(watched.data(), watched.size(), -1);
        if (watched[0].revents != 0) break;
        for (std::size_t i = pairs.size(); i-- > 0;) {
            const bool ready = watched[2 + 2 * i].revents != 0 || watched[3 + 2 * i].revents != 0;
            if (!ready || carry_one(pairs[i].client, pairs[i].server)) continue;
            ::close(pairs[i].client);
            ::close(pairs[i].server);
            pairs.erase(pairs.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (watched[1].revents != 0) {
            const int client = ::accept(door_, nullptr, nullptr);
            pairs.push_back({client, connect_to(server_socket_)});
        }
    }
    for (const Pair& pair : pairs) {
        ::close(pair.client);
        ::close(pair.server);
    }
}

/// False: the line ends.
bool PostgresCutter::carry_one(int client, int server) {
    std::array<char, 65536> buffer;
    const auto pass = [&](int from, int to) {
        pollfd ready{from, POLLIN, 0};
        if (::poll(&ready, 1, 0) == 0) return true;
        const ssize_t size = ::read(from, buffer.data(), buffer.size());
        if (size <= 0) return false;
        const std::string_view text(buffer.data(), static_cast<std::size_t>(size));
        const bool commits = from == client && text.find(commit) != text.npos;
        const Cut cut = commits ? cut_.exchange(Cut::never) : Cut::never;
        if (cut != Cut::never) ++cuts_;
        if (cut == Cut::before_commit) return false;
        if (::write(to, buffer.data(), static_cast<std::size_t>(size)) != size) return false;
        if (cut == Cut::never) return true;
        (void)!::read(server, buffer.data(), buffer.size());  // it is done; nobody hears of it
        return false;
    };
    return pass(client, server) && pass(server, client);
}

}  // namespace fangxin::tests
