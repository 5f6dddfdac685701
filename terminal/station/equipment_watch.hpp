// What a terminal tells of itself and watches over: its programs and devices for the list that the
// admin area shows (FAULT-2), and the faults that it writes tickets for (FAULT-1). Looks once a
// second, on the main loop; owned by the program, beside its devices.
#pragma once

#include "terminal/station/devices.hpp"
#include "terminal/station/fault_watch.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace fangxin::terminal {

class EquipmentWatch {
  public:
    /// `devices_file` may be empty: there are no devices.
    EquipmentWatch(Station& station, Devices& devices, const std::string& devices_file);
    ~EquipmentWatch();
    EquipmentWatch(const EquipmentWatch&) = delete;
    EquipmentWatch& operator=(const EquipmentWatch&) = delete;

    /// Called with each ticket that this terminal writes, once it is durable.
    void set_told(std::function<void(const FaultNews&)> told) { told_ = std::move(told); }
    /// Called when a scale falls silent or is heard again, of which no device tells.
    void set_silence(std::function<void()> told) { silence_ = std::move(told); }

    /// Once, when the station has started.
    void start();
    /// One look. Called by itself once a second from start() on, and when a device changes.
    void look();

  private:
    void run();
    /// The shop knows who works here: there is a place in its journal.
    bool has_place();
    void tell_setup(const std::vector<DeviceNow>& now);
    /// What the journal says of a device is what it is now. Nobody else writes it.
    void tell_states(const std::vector<DeviceNow>& now);
    void watch(const std::vector<DeviceNow>& now);
    std::vector<Watched> watched(const std::vector<DeviceNow>& now);
    void tell_silence(const std::vector<DeviceNow>& now);
    void look_at_disk(std::int64_t now_ms);
    /// Whether it is in the journal; if not, nothing is tried for a while.
    bool wrote(bool done);
    bool write(const FaultNews& news);
    std::optional<std::int64_t> shortened_ms();

    Station& station_;
    Devices& devices_;
    std::string configuration_;
    std::string system_;
    std::function<void(const FaultNews&)> told_;
    std::function<void()> silence_;
    bool is_silent_ = false;
    FaultWatch faults_;
    std::int64_t started_ms_ = 0;
    bool is_told_ = false;  ///< since the start
    bool is_damage_told_ = false;
    std::int64_t next_disk_ms_ = 0;
    std::int64_t next_write_ms_ = 0;
    Watched disk_{.device = "disk", .what = {}, .detail = {}};
    Watched server_{.device = "server", .what = {}, .detail = {}};

    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;  ///< under the mutex
    std::thread timer_;      // last: it uses the others
};

}  // namespace fangxin::terminal
