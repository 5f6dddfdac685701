// A connected scale: its port, its parser and what it said last. The program makes one per scale
// in its settings and keeps it as long as it runs. latest() may be called from any thread; the
// callbacks run on the scale's own thread and only queue an event.
#pragma once

#include "domain/weighing/parameters.hpp"
#include "domain/weighing/stability.hpp"
#include "drivers/device_loop.hpp"
#include "drivers/scales/reading.hpp"
#include "drivers/scales/registry.hpp"
#include "drivers/scales/scale_talk.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace fangxin::drivers {

struct ScaleOptions {
    DeviceAddress address;
    ScaleDriver driver;                ///< from scale_driver
    std::optional<LineSettings> line;  ///< instead of the driver's
    /// That must agree, and no fewer than the driver says.
    std::int64_t stable_frames = weighing::fewest_stable_frames;
    std::int64_t silent_ms = 500;
    std::int64_t ask_every_ms = 120;  ///< of one that has to be asked
};

/// What a till may tell a scale.
enum class ScaleCommand { zero, tare, clear_tare };

struct ScaleHandlers {
    std::function<void(const Reading&)> on_reading;  ///< each frame: the gate must see them all
    std::function<void(const DeviceChange&)> on_change;
};

class Scale final : private Conversation {
  public:
    explicit Scale(ScaleOptions options, ScaleHandlers handlers = {});

    void start() { loop_.start(); }
    void stop() { loop_.stop(); }
    void wake() { loop_.wake(); }
    DeviceHealth health() const { return loop_.health(); }
    /// The register may want more agreeing frames than before; never fewer than the driver says.
    void set_stable_frames(std::int64_t frames) { stable_frames_ = frames; }
    /// `now_ms` by monotonic_now_ms().
    LatestReading latest(std::int64_t now_ms) const;

    /// A tare that it can neither tell nor be told to forget would be the next goods' too: such a
    /// scale takes none from here.
    bool can(ScaleCommand command) const;
    /// Sent as soon as the scale listens; what came of it shows in its readings, since most scales
    /// answer nothing, and refuse while they move. Errors: not_supported, no_scale, busy.
    Result<void> tell(ScaleCommand command);

  private:
    void opened(std::int64_t now_ms) override;
    void received(std::span<const std::byte> bytes, std::int64_t now_ms) override;
    std::string to_send(std::int64_t now_ms) override;
    std::optional<std::int64_t> wake_at_ms() const override { return talk_.wake_at_ms(); }
    void changed(const DeviceChange& change) override;

    void deliver(std::int64_t now_ms);
    const std::string& bytes_of(ScaleCommand command) const;

    ScaleOptions options_;
    ScaleHandlers handlers_;
    ScaleTalk talk_;  // the device's thread only, as is the filter
    weighing::StabilityFilter filter_;
    std::int64_t filter_frames_ = 0;  // the device's thread only
    std::atomic<std::int64_t> stable_frames_;
    mutable std::mutex mutex_;
    bool connected_ = false;               // under the mutex
    std::optional<Reading> last_;          // under the mutex
    std::int64_t heard_ms_ = 0;            // under the mutex: when its frame came
    std::optional<ScaleCommand> to_tell_;  // under the mutex
    DeviceLoop loop_;                      // last: its thread uses the others
};

}  // namespace fangxin::drivers
