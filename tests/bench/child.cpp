#include "tests/bench/child.hpp"

#include "tests/bench/bench.hpp"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace fangxin::bench {

namespace json = boost::json;

namespace {

/// posix_spawn and not fork: our own memory may be large, and its copy would count as start time.
pid_t spawn(const std::vector<std::string>& command, const std::string& log, int input,
            int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (input >= 0) posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    if (output >= 0) posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawnattr_t attributes;  // a pipe that broke ends the child as ever; us it must not
    posix_spawnattr_init(&attributes);
    sigset_t ignored_here;
    sigemptyset(&ignored_here);
    sigaddset(&ignored_here, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &ignored_here);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    std::signal(SIGPIPE, SIG_IGN);
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& each : command)
        arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    pid_t process = -1;
    int failed =
        ::posix_spawn(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (failed != 0) throw Failed("cannot start " + command.front());
    return process;
}

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Failed("no pipe");
    return ends;
}

}  // namespace

Child::Child(const std::vector<std::string>& command, const std::string& log)
    : name_(std::filesystem::path(command.front()).filename()) {
    auto to_child = make_pipe();
    auto from_child = make_pipe();
    input_ = to_child[1];
    output_ = from_child[0];
    started_at_ = Clock::now();
    process_ = spawn(command, log, to_child[0], from_child[1]);
    ::close(to_child[0]);
    ::close(from_child[1]);
    reader_ = std::thread([this] { read_lines(); });
}

Child::~Child() {
    kill();
    reader_.join();
    ::close(output_);
}

void Child::read_lines() {
    std::string rest;
    std::array<char, 65536> buffer;
    ssize_t got = 0;
    while ((got = ::read(output_, buffer.data(), buffer.size())) > 0) {
        auto at = Clock::now();
        rest.append(buffer.data(), static_cast<std::size_t>(got));
        std::lock_guard lock(mutex_);
        for (std::size_t end = 0; (end = rest.find('\n')) != rest.npos; rest.erase(0, end + 1)) {
            boost::system::error_code ec;
            auto value = json::parse(std::string_view(rest).substr(0, end), ec);
            if (!ec && value.is_object()) lines_.push_back({at, value.get_object()});
        }
        changed_.notify_all();
    }
    std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
}

void Child::write_line(const json::object& line) {
    std::string text = json::serialize(line) + "\n";
    if (::write(input_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw Failed(name_ + " does not read");
    }
}

Line Child::wait_line(const std::function<bool(const json::object&)>& wanted,
                      std::chrono::seconds timeout) {
    auto deadline = Clock::now() + timeout;
    std::unique_lock lock(mutex_);
    while (true) {
        while (next_ < lines_.size()) {
            Line& line = lines_[next_++];
            if (wanted(line.object)) return line;
        }
        if (ended_) throw Failed(name_ + " ended; see its log in the data folder");
        if (changed_.wait_until(lock, deadline) == std::cv_status::timeout) {
            throw Failed(name_ + " did not say what was waited for");
        }
    }
}

Line Child::wait_event(std::string_view name) {
    return wait_line([&](const json::object& line) {
        const json::value* event = line.if_contains("event");
        return event && event->is_string() && event->get_string() == name;
    });
}

Memory Child::memory() const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    Memory memory;
    std::string name;
    while (status >> name) {
        double kib = 0;
        if (name == "VmRSS:" && status >> kib) memory.all = kib / 1024;
        if (name == "RssAnon:" && status >> kib) memory.anon = kib / 1024;
    }
    return memory;
}

double Child::cpu_ms() const {
    std::ifstream stat("/proc/" + std::to_string(process_) + "/stat");
    std::string text((std::istreambuf_iterator<char>(stat)), {});
    std::istringstream after_name(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field)  // proc(5): 14 and 15 are utime and stime
        after_name >> skipped;
    double user = 0;
    double system = 0;
    after_name >> user >> system;
    return (user + system) * 1000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void Child::wait() {
    if (process_ < 0) return;
    if (input_ >= 0) ::close(std::exchange(input_, -1));
    ::waitpid(std::exchange(process_, -1), nullptr, 0);
}

void Child::kill() {
    if (process_ >= 0) ::kill(process_, SIGKILL);
    wait();
}

void Child::terminate() {
    if (process_ >= 0) ::kill(process_, SIGTERM);
    wait();
}

void run_to_end(const std::vector<std::string>& command, const std::string& log) {
    int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    pid_t process = spawn(command, log, -1, nowhere);
    ::close(nowhere);
    int status = 0;
    ::waitpid(process, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw Failed(command.front() + " failed; see " + log);
    }
}

}  // namespace fangxin::bench
