#include "drivers/device_loop.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fangxin::drivers {

OpenDevice opener_of(DeviceAddress address, const CableOptions& cable) {
    return [address = std::move(address), cable](const Interrupt& stop) {
        CableOptions options = cable;
        options.stop = &stop;
        return open_device(address, options);
    };
}

DeviceLoop::DeviceLoop(OpenDevice open, Conversation& conversation, const DeviceTimes& times)
    : open_(std::move(open)), conversation_(conversation), times_(times) {
    FANGXIN_CHECK(open_);
}

DeviceLoop::~DeviceLoop() { stop(); }

void DeviceLoop::start() {
    FANGXIN_CHECK(!thread_.joinable());
    thread_ = std::thread([this] { run(); });
}

void DeviceLoop::stop() {
    stopping_ = true;
    stop_.raise();
    interrupt_.raise();
    if (thread_.joinable()) thread_.join();
}

void DeviceLoop::wake() { interrupt_.raise(); }

DeviceHealth DeviceLoop::health() const {
    std::lock_guard lock(mutex_);
    return health_;
}

void DeviceLoop::run() {
    retry_ms_ = times_.first_retry_ms;
    while (!stopping_) {
        const Error trouble = open_and_serve();
        if (!trouble.code.empty()) report({.connected = false, .reason = trouble, .identity = {}});
        if (!stopping_) pause();
    }
}

/// The device is closed before the pause: a port that is held keeps its name from one that is
/// plugged in again.
Error DeviceLoop::open_and_serve() {
    auto device = open_(stop_);
    if (!device && stopping_) return {};
    return device ? serve(**device) : device.error();
}

/// Until the next try; a wake-up cuts it short, since what was missing may have been plugged in.
void DeviceLoop::pause() {
    const std::int64_t wait_ms =
        std::exchange(retry_ms_, std::min(retry_ms_ * 2, times_.last_retry_ms));
    if (!interrupt_.wait_for(wait_ms) || stopping_) return;
    interrupt_.lower();
    retry_ms_ = times_.first_retry_ms;
}

/// Talks until the device is lost, or, with an empty code, until we are told to stop.
Error DeviceLoop::serve(Transport& device) {
    conversation_.opened(monotonic_now_ms());
    report({.connected = true, .reason = {}, .identity = device.identity()});
    std::array<std::byte, 512> buffer;
    Error lost;
    while (!stopping_ && lost.code.empty()) {
        if (auto said = say(device); !said) {
            lost = said.error();
            break;
        }
        const auto wake_ms = conversation_.wake_at_ms();
        const std::int64_t wait_ms =
            wake_ms ? std::max<std::int64_t>(0, *wake_ms - monotonic_now_ms()) : -1;
        auto count = device.read(buffer, static_cast<int>(wait_ms), &interrupt_);
        if (!count) {
            lost = count.error();
        } else if (*count > 0) {
            const std::int64_t now_ms = monotonic_now_ms();
            {
                std::lock_guard lock(mutex_);
                health_.heard_ms = now_ms;
            }
            conversation_.received(std::span(buffer).first(*count), now_ms);
            retry_ms_ = times_.first_retry_ms;  // not at the opening: some open and hang up
        } else if (!stopping_) {
            interrupt_.lower();
        }
    }
    return lost;
}

Result<void> DeviceLoop::say(Transport& device) {
    const std::string bytes = conversation_.to_send(monotonic_now_ms());
    if (bytes.empty()) return {};
    return device.write(std::as_bytes(std::span(bytes)), times_.write_ms);
}

/// Every two seconds the same news is no news.
void DeviceLoop::report(const DeviceChange& change) {
    if (change.reason.code == reported_) return;
    reported_ = change.reason.code;
    {
        std::lock_guard lock(mutex_);
        if (health_.connected && !change.connected) ++health_.losses;
        health_.connected = change.connected;
        health_.reason = change.reason;
        health_.since_ms = monotonic_now_ms();
        health_.heard_ms = 0;
        if (change.connected) health_.identity = change.identity;
    }
    conversation_.changed(change);
}

}  // namespace fangxin::drivers
