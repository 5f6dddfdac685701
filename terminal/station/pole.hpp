// The customer's pole display, connected: keeps it at what is to be shown, also after it was
// unplugged. show() from any thread; it never waits for the display.
#pragma once

#include "drivers/device_loop.hpp"
#include "drivers/printers/pole_display.hpp"
#include "drivers/transports/open_device.hpp"

#include <functional>
#include <mutex>
#include <string>

namespace fangxin::terminal {

class Pole final : private drivers::Conversation {
  public:
    Pole(drivers::OpenDevice open, const drivers::PoleOptions& options,
         std::function<void(const drivers::DeviceChange&)> on_change);

    void start() { loop_.start(); }
    void stop() { loop_.stop(); }
    void wake() { loop_.wake(); }
    drivers::DeviceHealth health() const { return loop_.health(); }
    /// What is shown already is not sent again; of several only the newest is.
    void show(const drivers::PoleText& text);

  private:
    void opened(std::int64_t now_ms) override;
    void received(std::span<const std::byte>, std::int64_t) override {}
    std::string to_send(std::int64_t now_ms) override;
    void changed(const drivers::DeviceChange& change) override { on_change_(change); }

    drivers::PoleOptions options_;
    std::function<void(const drivers::DeviceChange&)> on_change_;
    std::mutex mutex_;
    std::string wanted_;        // under the mutex
    std::string shown_;         // the device's thread only
    drivers::DeviceLoop loop_;  // last: its thread uses the others
};

}  // namespace fangxin::terminal
