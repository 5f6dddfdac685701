// A file system for SQLite in memory that tells what was written from what was synced. When the
// power of a machine goes, writes that were not synced are lost, or some of them survive, the last
// one torn. A machine is the first folder of a path: `till-1/terminal.db`. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>

namespace fangxin::sync::sim {

class CrashVfs {
  public:
    /// Registered with SQLite under `name` for as long as it lives; no database may outlive it.
    explicit CrashVfs(const std::string& name);
    ~CrashVfs();
    CrashVfs(const CrashVfs&) = delete;
    CrashVfs& operator=(const CrashVfs&) = delete;

    /// From now on nothing that is done on this machine reaches its disk. Close its databases, then
    /// power_on() to find what survived.
    void power_off(const std::string& machine);
    void power_on(const std::string& machine, std::mt19937_64& random);
    bool is_off(const std::string& machine);
    /// Powers it off by itself in the middle of the write that is so many writes away.
    void power_off_after(const std::string& machine, std::int64_t writes);
    /// While full, no file grows.
    void set_full(const std::string& machine, bool full);

    /// How a call of the file system fails: once, or because the disk is full from then on.
    enum class Fault { io_error, disk_full };
    /// Of all calls (of those that make a file grow) the one that is so many away fails; -1: none.
    void fail_call(const std::string& machine, Fault fault, std::int64_t calls);
    /// Whether it came to that, and the power has not gone since.
    bool has_failed(const std::string& machine);

    /// What is on a machine's disk, file by file. Take one while no transaction is under way, put
    /// one back while no database of the machine is open.
    using Image = std::map<std::string, std::string>;
    Image image_of(const std::string& machine) const;
    void put_image(const std::string& machine, const Image& image);

    struct Disk;

  private:
    std::unique_ptr<Disk> disk_;
};

}  // namespace fangxin::sync::sim
