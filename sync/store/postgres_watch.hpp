// Hears what other processes tell of their commits to a PostgreSQL database, and looks at the
// counter itself once a second: what is told is a hint and may be lost. A thread and a connection
// of its own; whoever made it is called on that thread.
#pragma once

#include "sync/store/postgres_address.hpp"

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace fangxin::sync {

class PostgresWatch {
  public:
    struct Look {
        std::int64_t ver = 0;
        std::int64_t server_epoch = 0;
        bool is_first = false;  ///< of this connection: what was told before it nobody heard
    };
    struct Callbacks {
        /// What Database::tell() was given; also of this process's own commits.
        std::function<void(const std::string& news)> on_news;
        /// Every second and behind all news that had come.
        std::function<void(const Look&)> on_look;
        /// Once for each time that the database is lost, with the reason; and empty when it is
        /// back.
        std::function<void(const std::string& why)> on_lost;
    };

    PostgresWatch(PostgresAddress address, Callbacks callbacks);
    /// Returns soon, also where the database does not answer.
    ~PostgresWatch();
    PostgresWatch(const PostgresWatch&) = delete;
    PostgresWatch& operator=(const PostgresWatch&) = delete;

  private:
    void run();
    void listen();
    void keep_socket(int socket);
    bool sleeps_until_stopped(int socket, int milliseconds) const;

    PostgresAddress address_;
    Callbacks callbacks_;
    int stop_[2] = {-1, -1};
    bool is_lost_ = false;
    std::mutex socket_mutex_;
    int socket_ = -1;  ///< of the connection, while there is one
    std::thread thread_;
};

}  // namespace fangxin::sync
