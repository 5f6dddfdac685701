#include "drivers/scales/scale.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <utility>

namespace fangxin::drivers {

namespace {

OpenDevice opener(const ScaleOptions& options) {
    const CableOptions cable{.cable = options.driver.cable,
                             .line = options.line.value_or(options.driver.line),
                             .usage_page = scale_usage_page};
    return opener_of(options.address, cable);
}

}  // namespace

Scale::Scale(ScaleOptions options, ScaleHandlers handlers)
    : options_(std::move(options)),
      handlers_(std::move(handlers)),
      talk_(options_.driver, options_.ask_every_ms),
      filter_(std::max<std::int64_t>(options_.stable_frames, options_.driver.stable_frames)),
      filter_frames_(options_.stable_frames),
      stable_frames_(options_.stable_frames),
      loop_(opener(options_), *this) {}

LatestReading Scale::latest(std::int64_t now_ms) const {
    std::lock_guard lock(mutex_);
    if (!connected_) return NoScale{};
    if (!last_ || now_ms - heard_ms_ > options_.silent_ms) return SilentScale{};
    return CurrentReading{.reading = *last_, .age_ms = now_ms - last_->at_ms};
}

/// A half frame from before the cable was pulled must not meet one from after it.
void Scale::opened(std::int64_t now_ms) {
    talk_.begin(now_ms);
    filter_.reset();
}

void Scale::received(std::span<const std::byte> bytes, std::int64_t now_ms) {
    if (const std::int64_t wanted = stable_frames_; wanted != filter_frames_) {
        filter_frames_ = wanted;
        filter_ = weighing::StabilityFilter(
            std::max<std::int64_t>(wanted, options_.driver.stable_frames));
    }
    talk_.feed(bytes);
    deliver(now_ms);
}

void Scale::deliver(std::int64_t now_ms) {
    while (auto parsed = talk_.next(now_ms)) {
        Reading reading = filter_.apply(std::move(*parsed));
        {
            std::lock_guard lock(mutex_);
            last_ = reading;
            heard_ms_ = now_ms;
        }
        if (handlers_.on_reading) handlers_.on_reading(reading);
    }
}

std::string Scale::to_send(std::int64_t now_ms) {
    {
        std::lock_guard lock(mutex_);
        // While one waits for its turn, another is refused as `busy`.
        if (to_tell_ && !talk_.has_command()) {
            talk_.tell(bytes_of(*std::exchange(to_tell_, std::nullopt)));
        }
    }
    std::string bytes = talk_.to_send(now_ms);
    deliver(now_ms);  // what the scale leaves out is noticed while it is silent
    return bytes;
}

void Scale::changed(const DeviceChange& change) {
    {
        std::lock_guard lock(mutex_);
        connected_ = change.connected;
        last_.reset();
        to_tell_.reset();
    }
    if (handlers_.on_change) handlers_.on_change(change);
}

const std::string& Scale::bytes_of(ScaleCommand command) const {
    switch (command) {
        case ScaleCommand::zero:
            return options_.driver.zero;
        case ScaleCommand::tare:
            return options_.driver.tare;
        case ScaleCommand::clear_tare:
            break;
    }
    return options_.driver.clear_tare;
}

bool Scale::can(ScaleCommand command) const {
    const bool for_ever = command == ScaleCommand::tare && options_.driver.clear_tare.empty();
    return !for_ever && !bytes_of(command).empty();
}

Result<void> Scale::tell(ScaleCommand command) {
    if (!can(command)) return failure("not_supported", options_.driver.words);
    {
        std::lock_guard lock(mutex_);
        if (!connected_) return failure("no_scale");
        if (to_tell_) return failure("busy", "the command before has not gone out");
        to_tell_ = command;
    }
    loop_.wake();
    return {};
}

}  // namespace fangxin::drivers
