// Barcode scanners on a serial line (RS-232, CDC-ACM): bytes to scans. Opens nothing.
#pragma once

#include "drivers/scanners/scan.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

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
    bool is_empty() const { return buffer_.is_empty(); }

  private:
    std::int64_t quiet_ms_;
    std::int64_t last_byte_ms_ = 0;
    ScanBuffer buffer_;
};

}  // namespace fangxin::drivers
