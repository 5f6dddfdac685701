// Barcode scanners on a serial line (RS-232, CDC-ACM): bytes to scans, and the device around it.
// The program makes one SerialScanner per scanner in its settings.
#pragma once

#include "drivers/device_loop.hpp"
#include "drivers/scanners/scan.hpp"
#include "drivers/transports/open_device.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace fangxin::drivers {

/// Splits what a scanner sends. A scan ends by CR, LF, both, or, for a scanner without a suffix,
/// by silence. Nothing between two ends is nothing, so CR LF gives no second, empty scan. NULs
/// (fillers, line noise) are dropped. The clock is passed in; one thread.
class ScanSplitter {
  public:
    static constexpr std::size_t longest = ScanBuffer::longest;

    explicit ScanSplitter(std::int64_t quiet_ms) : quiet_ms_(quiet_ms) {}
    void feed(std::span<const std::byte> bytes, std::int64_t now_ms);
    /// Ends what has had no byte for `quiet_ms`.
    void tick(std::int64_t now_ms);
    std::optional<Scan> next() { return buffer_.next(); }
    /// When tick() would end what has begun; none if nothing has.
    std::optional<std::int64_t> quiet_at_ms() const;

  private:
    std::int64_t quiet_ms_;
    std::int64_t last_byte_ms_ = 0;
    ScanBuffer buffer_;
};

struct SerialScannerOptions {
    DeviceAddress address;
    LineSettings line;
    std::int64_t quiet_ms = 100;
};

struct SerialScannerHandlers {  ///< on the scanner's own thread: queue an event
    std::function<void(const Scan&)> on_scan;
    std::function<void(const DeviceChange&)> on_change;
};

class SerialScanner final : private Conversation {
  public:
    SerialScanner(const SerialScannerOptions& options, SerialScannerHandlers handlers);

    void start() { loop_.start(); }
    void stop() { loop_.stop(); }
    void wake() { loop_.wake(); }
    DeviceHealth health() const { return loop_.health(); }

  private:
    void opened(std::int64_t now_ms) override;
    void received(std::span<const std::byte> bytes, std::int64_t now_ms) override;
    std::string to_send(std::int64_t now_ms) override;
    std::optional<std::int64_t> wake_at_ms() const override { return splitter_.quiet_at_ms(); }
    void changed(const DeviceChange& change) override;
    void deliver();

    SerialScannerOptions options_;
    SerialScannerHandlers handlers_;
    ScanSplitter splitter_;  // the device's thread only
    DeviceLoop loop_;        // last: its thread uses the others
};

}  // namespace fangxin::drivers
