// Barcode scanners on a serial line (RS-232, CDC-ACM): bytes to scans. Opens nothing.
#pragma once

#include "drivers/scanners/scan.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace fangxin::drivers {

/// Splits what a scanner sends. A scan ends by CR, LF, both, or, for a scanner without a suffix,
/// by silence. Of one that has just ended a scan by a suffix a pause is waited for longer; of one
/// that is known to send it always (`ends_lines`), what then stays without an end is torn. Nothing
/// between two ends is nothing, so CR LF gives no second, empty scan. NULs (fillers, line noise)
/// are dropped. The clock is passed in; one thread.
class ScanSplitter {
  public:
    static constexpr std::size_t longest = ScanBuffer::longest;

    explicit ScanSplitter(std::int64_t quiet_ms, bool ends_lines = false)
        : quiet_ms_(quiet_ms), ends_lines_(ends_lines), has_suffix_(ends_lines) {}
    void feed(std::span<const std::byte> bytes, std::int64_t now_ms);
    /// Ends what has had no byte for quiet_ms().
    void tick(std::int64_t now_ms);
    /// How long a pause may be.
    std::int64_t quiet_ms() const { return has_suffix_ ? pause_ms : quiet_ms_; }
    std::optional<Scan> next() { return buffer_.next(); }
    bool is_empty() const { return buffer_.is_empty(); }

  private:
    static constexpr std::int64_t pause_ms = 1'000;

    std::int64_t quiet_ms_;
    bool ends_lines_;
    bool has_suffix_;  ///< by its last scan
    std::int64_t last_byte_ms_ = 0;
    ScanBuffer buffer_;
};

}  // namespace fangxin::drivers
