// A serial device that may come and go: a thread that opens its port, reads, hands on what comes,
// and after a loss opens again until it is told to stop. Owned by the driver (Scale,
// SerialScanner); its callbacks run on its thread and must not block or call stop().
#pragma once

#include "drivers/transports/serial.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <thread>

namespace fangxin::drivers {

/// What a technician sees of a device. `reason` is empty while it is connected.
struct DeviceChange {
    bool connected = false;
    Error reason;
};

struct SerialDeviceOptions {
    std::string path;  ///< best /dev/serial/by-id/…, which survives another socket
    LineSettings line;
    int quiet_ms = 0;  ///< > 0: `on_quiet` that long after the last byte
    int first_retry_ms = 100;
    int last_retry_ms = 2000;
};

struct SerialDeviceHandlers {
    std::function<void(std::span<const std::byte> bytes, std::int64_t now_ms)> on_bytes;
    std::function<void(std::int64_t now_ms)> on_quiet;  ///< once after each burst
    /// Found, lost, or still missing for another reason than before.
    std::function<void(const DeviceChange&)> on_change;
};

class SerialDevice {
  public:
    SerialDevice(SerialDeviceOptions options, SerialDeviceHandlers handlers);
    ~SerialDevice();  ///< stops
    SerialDevice(const SerialDevice&) = delete;
    SerialDevice& operator=(const SerialDevice&) = delete;

    /// Once. Any thread but its own.
    void start();
    /// Returns when no callback runs or will run any more, within milliseconds. Again is harmless.
    void stop();

  private:
    void run();
    Error serve(SerialPort& port);
    void report(const DeviceChange& change);

    SerialDeviceOptions options_;
    SerialDeviceHandlers handlers_;
    Interrupt stopping_;
    int retry_ms_ = 0;
    std::string reported_ = "none yet";  ///< error code told last; empty while connected
    std::thread thread_;
};

}  // namespace fangxin::drivers
