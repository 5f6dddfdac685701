// A line between a client and PostgreSQL that is cut where a test wants it: at the n-th COMMIT,
// before the server hears of it or after it has answered. Tests only; its own thread carries.
#pragma once

#include "tests/support/postgres.hpp"

#include <atomic>
#include <thread>

namespace fangxin::tests {

class PostgresCutter {
  public:
    enum class Cut { never, before_commit, after_commit };

    explicit PostgresCutter(const PostgresServer& server);
    ~PostgresCutter();
    PostgresCutter(const PostgresCutter&) = delete;
    PostgresCutter& operator=(const PostgresCutter&) = delete;

    /// The URL of this database through the line.
    std::string through(const std::string& url) const;
    /// The next COMMIT is the line's end.
    void cut_at(Cut cut) { cut_ = cut; }
    int cuts() const { return cuts_; }

  private:
    void carry();
    bool carry_one(int client, int server);

    TempDir folder_;
    std::string server_socket_;
    std::string server_folder_;
    int door_ = -1;
    int stop_[2] = {-1, -1};
    std::atomic<Cut> cut_ = Cut::never;
    std::atomic<int> cuts_ = 0;
    std::thread thread_;
};

}  // namespace fangxin::tests
