// A connected scale: its port, its parser and what it said last. The program makes one per scale
// in its settings and keeps it as long as it runs. latest() may be called from any thread; the
// callbacks run on the scale's own thread and only queue an event.
#pragma once

#include "domain/weighing/parameters.hpp"
#include "domain/weighing/stability.hpp"
#include "drivers/device_loop.hpp"
#include "drivers/scales/reading.hpp"
#include "drivers/scales/registry.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace fangxin::drivers {

struct ScaleOptions {
    std::string path;
    const ScaleDriver* driver = nullptr;  ///< from find_scale_driver
    std::optional<LineSettings> line;     ///< instead of the driver's
    std::int64_t stable_frames = weighing::fewest_stable_frames;
    std::int64_t silent_ms = 500;
};

struct ScaleHandlers {
    std::function<void(const Reading&)> on_reading;  ///< each frame: the gate must see them all
    std::function<void(const DeviceChange&)> on_change;
};

class Scale {
  public:
    explicit Scale(ScaleOptions options, ScaleHandlers handlers = {});

    void start() { device_.start(); }
    void stop() { device_.stop(); }
    /// `now_ms` by monotonic_now_ms().
    LatestReading latest(std::int64_t now_ms) const;

  private:
    void take(std::span<const std::byte> bytes, std::int64_t now_ms);
    void changed(const DeviceChange& change);

    ScaleOptions options_;
    ScaleHandlers handlers_;
    std::unique_ptr<ScaleParser> parser_;  // the device's thread only, as is the filter
    weighing::StabilityFilter filter_;
    mutable std::mutex mutex_;
    bool connected_ = false;       // under the mutex
    std::optional<Reading> last_;  // under the mutex
    SerialDevice device_;          // last: its thread uses the others
};

}  // namespace fangxin::drivers
