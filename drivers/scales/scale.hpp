// A connected scale: its port, its parser and what it said last. The program makes one per scale
// in its settings and keeps it as long as it runs. latest() may be called from any thread; the
// callbacks run on the scale's own thread and only queue an event.
#pragma once

#include "drivers/device_loop.hpp"
#include "drivers/scales/reading.hpp"
#include "drivers/scales/registry.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

namespace fangxin::drivers {

/// Never connected, or unplugged.
struct NoScale {
    bool operator==(const NoScale&) const = default;
};
/// Connected, and nothing has come for `silent_ms`.
struct SilentScale {
    bool operator==(const SilentScale&) const = default;
};
struct CurrentReading {
    Reading reading;
    std::int64_t age_ms = 0;
    bool operator==(const CurrentReading&) const = default;
};
using LatestReading = std::variant<NoScale, SilentScale, CurrentReading>;

/// Believes `stable` only when the scale has said it of the same weight several times running; a
/// first such frame passes as `motion`. Catches a flag set a frame too early, and a digit torn on
/// a line without checksums. Everything else passes unchanged. One thread.
class StabilityFilter {
  public:
    explicit StabilityFilter(int frames) : frames_(frames) {}
    Reading apply(Reading reading);
    void reset();

  private:
    int frames_;
    int run_ = 0;
    std::int64_t gross_mg_ = 0;
    std::int64_t net_mg_ = 0;
};

struct ScaleOptions {
    std::string path;
    const ScaleDriver* driver = nullptr;  ///< from find_scale_driver
    std::optional<LineSettings> line;     ///< instead of the driver's
    int stable_frames = 2;
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
    StabilityFilter filter_;
    mutable std::mutex mutex_;
    bool connected_ = false;       // under the mutex
    std::optional<Reading> last_;  // under the mutex
    SerialDevice device_;          // last: its thread uses the others
};

}  // namespace fangxin::drivers
