#include "sync/store/postgres_watch.hpp"

#include "domain/check.hpp"
#include "sync/store/postgres_connection.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <pqxx/pqxx>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace fangxin::sync {

namespace {

constexpr int look_every_ms = 1000;

class Listener final : public pqxx::notification_receiver {
  public:
    Listener(pqxx::connection& connection, const std::function<void(const std::string&)>& on_news)
        : notification_receiver(connection, channel_of(connection)), on_news_(on_news) {}
    void operator()(const std::string& news, int) override { on_news_(news); }

  private:
    static std::string channel_of(pqxx::connection& connection) {
        pqxx::nontransaction ask(connection);
        return ask.exec("SELECT " + std::string(postgres_channel))[0][0].c_str();
    }

    const std::function<void(const std::string&)>& on_news_;
};

std::int64_t number_of(const char* text) {
    std::int64_t number = 0;
    const std::string_view digits(text);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

PostgresWatch::PostgresWatch(PostgresAddress address, Callbacks callbacks)
    : address_(std::move(address)), callbacks_(std::move(callbacks)) {
    FANGXIN_CHECK(::pipe2(stop_, O_CLOEXEC) == 0);
    thread_ = std::thread([this] { run(); });
}

PostgresWatch::~PostgresWatch() {
    ::close(stop_[1]);
    {
        // Whoever waits there for an answer of a database that hangs waits no longer.
        std::lock_guard lock(socket_mutex_);
        if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
    }
    thread_.join();
    ::close(stop_[0]);
}

/// True when it is to stop; `socket` may be -1.
bool PostgresWatch::sleeps_until_stopped(int socket, int milliseconds) const {
    std::array<pollfd, 2> watched{{{stop_[0], POLLIN, 0}, {socket, POLLIN, 0}}};
    ::poll(watched.data(), watched.size(), milliseconds);
    return watched[0].revents != 0;
}

void PostgresWatch::run() {
    do {
        try {
            listen();
            return;
        } catch (const std::exception& exception) {
            const std::string why = address_.without_secrets(exception.what());
            if (!std::exchange(is_lost_, true)) callbacks_.on_lost(why);
        }
    } while (!sleeps_until_stopped(-1, look_every_ms));
}

void PostgresWatch::keep_socket(int socket) {
    std::lock_guard lock(socket_mutex_);
    socket_ = socket;
}

/// Listens first, then looks: what comes in between is heard.
void PostgresWatch::listen() {
    using Clock = std::chrono::steady_clock;
    pqxx::connection connection(address_.for_library());
    keep_socket(connection.sock());
    struct Forget {
        PostgresWatch& watch;
        ~Forget() { watch.keep_socket(-1); }
    } forget{*this};
    Listener listener(connection, callbacks_.on_news);
    auto look_at = Clock::now();
    Look seen{.is_first = true};
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(look_at - Clock::now()).count();
        if (sleeps_until_stopped(connection.sock(), std::max(0, static_cast<int>(left)))) return;
        connection.get_notifs();
        if (Clock::now() < look_at) continue;
        look_at = Clock::now() + std::chrono::milliseconds(look_every_ms);
        {
            pqxx::nontransaction look(connection);
            for (const auto& row :
                 look.exec("SELECT key, value FROM meta WHERE key IN ('ver', 'server_epoch')")) {
                const bool is_ver = std::string_view(row[0].c_str()) == "ver";
                (is_ver ? seen.ver : seen.server_epoch) = number_of(row[1].c_str());
            }
        }
        connection.get_notifs();
        if (std::exchange(is_lost_, false)) callbacks_.on_lost("");
        callbacks_.on_look(seen);
        seen.is_first = false;
    }
}

}  // namespace fangxin::sync
