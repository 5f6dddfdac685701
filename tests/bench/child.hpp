// A program of ours in a process of its own: its lines stamped as they are read, its memory, its
// end. Whoever starts one owns it; it is ended with the owner.
#pragma once

#include "tests/bench/figure.hpp"

#include <boost/json/object.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace fangxin::bench {

/// A line of JSON and when it was read.
struct Line {
    Clock::time_point at;
    boost::json::object object;
};

/// Resident memory in MiB.
struct Memory {
    double all = 0;   ///< VmRSS
    double anon = 0;  ///< of that, what is not a file's pages
};

class Child {
  public:
    /// Standard error goes to `log`. Fails if it cannot be started.
    Child(const std::vector<std::string>& command, const std::string& log);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    Clock::time_point started_at() const { return started_at_; }
    void write_line(const boost::json::object& line);
    /// The next line for which `wanted` holds; lines before it are passed over. Fails after
    /// `timeout`, and when the program ends first.
    Line wait_line(const std::function<bool(const boost::json::object&)>& wanted,
                   std::chrono::seconds timeout = std::chrono::seconds(60));
    Line wait_event(std::string_view name);
    Memory memory() const;
    /// What it has computed so far, all its threads, in steps of 10 ms.
    double cpu_ms() const;

    void kill();
    /// Closes its standard input, asks it to end (SIGTERM) and waits.
    void terminate();
    /// Waits until it has ended by itself.
    void wait();

  private:
    void read_lines();

    std::string name_;
    Clock::time_point started_at_;
    pid_t process_ = -1;
    int input_ = -1;
    int output_ = -1;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Line> lines_;
    std::size_t next_ = 0;
    bool ended_ = false;
    std::thread reader_;
};

/// Runs a program to its end; fails unless it exits with 0.
void run_to_end(const std::vector<std::string>& command, const std::string& log);

}  // namespace fangxin::bench
