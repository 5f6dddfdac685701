#include "drivers/device_loop.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fangxin::drivers {

SerialDevice::SerialDevice(SerialDeviceOptions options, SerialDeviceHandlers handlers)
    : options_(std::move(options)), handlers_(std::move(handlers)) {
    FANGXIN_CHECK(handlers_.on_bytes && handlers_.on_change);
}

SerialDevice::~SerialDevice() { stop(); }

void SerialDevice::start() {
    FANGXIN_CHECK(!thread_.joinable());
    thread_ = std::thread([this] { run(); });
}

void SerialDevice::stop() {
    stopping_.raise();
    if (thread_.joinable()) thread_.join();
}

void SerialDevice::run() {
    retry_ms_ = options_.first_retry_ms;
    do {
        auto port = SerialPort::open(options_.path, options_.line);
        if (!port) {
            report({.connected = false, .reason = port.error()});
            continue;
        }
        report({.connected = true, .reason = {}});
        Error lost = serve(*port);
        if (!lost.code.empty()) report({.connected = false, .reason = lost});
    } while (!stopping_.wait_for(
        std::exchange(retry_ms_, std::min(retry_ms_ * 2, options_.last_retry_ms))));
}

/// Reads until the device is lost, or, with an empty code, until we are told to stop.
Error SerialDevice::serve(SerialPort& port) {
    std::array<std::byte, 512> buffer;
    bool burst = false;
    while (true) {
        bool wait_for_quiet = burst && options_.quiet_ms > 0;
        auto count = port.read(buffer, wait_for_quiet ? options_.quiet_ms : -1, &stopping_);
        if (!count) return count.error();
        std::int64_t now_ms = monotonic_now_ms();
        if (*count > 0) {
            handlers_.on_bytes(std::span(buffer).first(*count), now_ms);
            burst = true;
            retry_ms_ = options_.first_retry_ms;  // not at the opening: some open and hang up
        } else if (stopping_.wait_for(0)) {
            return {};
        } else {
            burst = false;
            if (handlers_.on_quiet) handlers_.on_quiet(now_ms);
        }
    }
}

/// Every two seconds the same news is no news.
void SerialDevice::report(const DeviceChange& change) {
    if (change.reason.code == reported_) return;
    reported_ = change.reason.code;
    handlers_.on_change(change);
}

}  // namespace fangxin::drivers
