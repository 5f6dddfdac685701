// A real PostgreSQL of the tests' own, on a Unix socket in a folder of its own, with fsync on: it
// is Debian's program and ends with the test, however that ends. Tests and benches only; any
// thread, one at a time.
#pragma once

#include "tests/support/temp_dir.hpp"

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace fangxin::tests {

class PostgresServer {
  public:
    /// Makes an empty cluster below `folder` and starts it. Throws where Debian's postgresql is not
    /// installed, or does not start.
    explicit PostgresServer(const std::filesystem::path& folder);
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// The one of this program; started when it is asked for first.
    static PostgresServer& shared();

    /// A new empty database; its URL.
    std::string new_database();
    /// The URL of a database as it is reached through another socket's folder.
    std::string url(const std::string& database, const std::filesystem::path& socket) const;
    std::string url(const std::string& database) const { return url(database, folder_); }
    const std::filesystem::path& socket_folder() const { return folder_; }

    void start();
    /// As an administrator stops it: running transactions are rolled back.
    void stop();
    /// The first column of the first row, in a session of its own.
    std::string ask(const std::string& database, const std::string& sql) const;
    /// Ends every other session of this database, as a cable that is cut does; how many.
    int end_sessions(const std::string& database) const;

  private:
    std::filesystem::path folder_;
    pid_t process_ = -1;
    int databases_ = 0;
};

/// Its file in a socket's folder (PostgreSQL manual, 20.3.1).
inline constexpr const char* postgres_socket_name = ".s.PGSQL.5432";

}  // namespace fangxin::tests
