#include "tests/support/postgres.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <pqxx/pqxx>
#include <pwd.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace fangxin::tests {

namespace fs = std::filesystem;

namespace {

constexpr auto starts_within = std::chrono::seconds(60);

/// The newest that is installed.
fs::path program(const std::string& name) {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
        fs::path file = version.path() / "bin" / name;
        if (fs::exists(file, ignored)) found.push_back(file);
    }
    if (found.empty()) throw std::runtime_error("no PostgreSQL here: install postgresql");
    return *std::ranges::max_element(found);
}

/// PostgreSQL does not run as root.
const passwd* unprivileged() {
    if (::geteuid() != 0) return nullptr;
    for (const char* name : {"postgres", "nobody"}) {
        if (const passwd* user = ::getpwnam(name)) return user;
    }
    throw std::runtime_error("neither postgres nor nobody is a user here");
}

pid_t spawn(const std::vector<std::string>& command, const fs::path& log) {
    const passwd* user = unprivileged();
    std::vector<char*> arguments;
    for (const std::string& each : command)
        arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    const pid_t process = ::fork();
    if (process != 0) return process;
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    const int in = ::open("/dev/null", O_RDONLY);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(out, 2);
    if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 ||
                 ::setuid(user->pw_uid) != 0)) {
        ::_exit(126);
    }
    // Behind the change of user, which clears it: whoever started it may be killed.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

int wait_for(pid_t process) {
    int status = 0;
    ::waitpid(process, &status, 0);
    return status;
}

}  // namespace

PostgresServer::PostgresServer(const fs::path& folder) : folder_(folder / "postgres") {
    fs::create_directories(folder_);
    // A socket and a log that the user of the tests reaches, in a folder of whoever runs it.
    fs::permissions(folder, fs::perms::others_exec, fs::perm_options::add);
    if (const passwd* user = unprivileged();
        user && ::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) {
        throw std::runtime_error("cannot give " + folder_.string() + " away");
    }
    // Not in the bytes' order, as a shop's own may be: ours must not depend on it.
    const pid_t made = spawn(
        {program("initdb"), "-D", (folder_ / "cluster").string(), "-U", "postgres", "-A", "trust",
         "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en", "-N"},
        folder_ / "log");
    if (wait_for(made) != 0)
        throw std::runtime_error("initdb failed: " + (folder_ / "log").string());
    start();
}

PostgresServer::~PostgresServer() {
    if (process_ < 0) return;
    ::kill(process_, SIGQUIT);
    wait_for(process_);
}

PostgresServer& PostgresServer::shared() {
    static TempDir folder;
    static PostgresServer server(folder.path());
    return server;
}

void PostgresServer::start() {
    process_ = spawn({program("postgres"), "-D", (folder_ / "cluster").string(), "-k",
                      folder_.string(), "-c", "listen_addresses=", "-c", "fsync=on", "-c",
                      "shared_buffers=64MB", "-c", "max_connections=60"},
                     folder_ / "log");
    const auto deadline = std::chrono::steady_clock::now() + starts_within;
    while (true) {
        try {
            pqxx::connection there(url("postgres"));
            return;
        } catch (const std::exception& error) {
            if (std::chrono::steady_clock::now() > deadline) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

void PostgresServer::stop() {
    ::kill(process_, SIGINT);
    wait_for(process_);
    process_ = -1;
}

std::string PostgresServer::url(const std::string& database, const fs::path& socket) const {
    return fmt::format("postgresql:///{}?host={}&user=postgres", database, socket.string());
}

std::string PostgresServer::new_database() {
    const std::string name = fmt::format("shop_{}", ++databases_);
    pqxx::connection connection(url("postgres"));
    pqxx::nontransaction(connection).exec("CREATE DATABASE " + name);
    return url(name);
}

std::string PostgresServer::ask(const std::string& database, const std::string& sql) const {
    pqxx::connection connection(url(database));
    const pqxx::result answer = pqxx::nontransaction(connection).exec(sql);
    return answer.empty() ? "" : answer[0][0].c_str();
}

int PostgresServer::end_sessions(const std::string& database) const {
    return std::stoi(ask("postgres", fmt::format("SELECT count(pg_terminate_backend(pid)) FROM "
                                                 "pg_stat_activity WHERE datname = '{}'",
                                                 database)));
}

}  // namespace fangxin::tests
