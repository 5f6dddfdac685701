#include "drivers/scales/scale.hpp"

#include "domain/check.hpp"

#include <utility>

namespace fangxin::drivers {

namespace {

SerialDeviceOptions device_options(const ScaleOptions& options) {
    FANGXIN_CHECK(options.driver != nullptr);
    return {.path = options.path, .line = options.line.value_or(options.driver->line)};
}

}  // namespace

Scale::Scale(ScaleOptions options, ScaleHandlers handlers)
    : options_(std::move(options)),
      handlers_(std::move(handlers)),
      filter_(options_.stable_frames),
      device_(device_options(options_),
              {.on_bytes = [this](auto bytes, std::int64_t now_ms) { take(bytes, now_ms); },
               .on_quiet = {},
               .on_change = [this](const DeviceChange& change) { changed(change); }}) {}

LatestReading Scale::latest(std::int64_t now_ms) const {
    std::lock_guard lock(mutex_);
    if (!connected_) return NoScale{};
    if (!last_ || now_ms - last_->at_ms > options_.silent_ms) return SilentScale{};
    return CurrentReading{.reading = *last_, .age_ms = now_ms - last_->at_ms};
}

void Scale::take(std::span<const std::byte> bytes, std::int64_t now_ms) {
    parser_->feed(bytes);
    while (auto parsed = parser_->next()) {
        parsed->at_ms = now_ms;
        Reading reading = filter_.apply(std::move(*parsed));
        {
            std::lock_guard lock(mutex_);
            last_ = reading;
        }
        if (handlers_.on_reading) handlers_.on_reading(reading);
    }
}

/// A half frame from before the cable was pulled must not meet one from after it.
void Scale::changed(const DeviceChange& change) {
    {
        std::lock_guard lock(mutex_);
        connected_ = change.connected;
        last_.reset();
    }
    parser_ = options_.driver->make();
    filter_.reset();
    if (handlers_.on_change) handlers_.on_change(change);
}

}  // namespace fangxin::drivers
