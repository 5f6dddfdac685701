// Scanners on USB as HID POS devices (usage page 8Ch): input reports to scans. Opens nothing. The
// clock is passed in; one thread.
//     02 0D 5D 45 30 36 39 30 … 00 00 00   64 bytes
//     |  |  |        |          |     continued: bit 0, more of this scan is in the next report
//     |  |  ]E0      up to 56   reserved
//     |  length of the data
//     report
// Sources: USB HID Point of Sale Usage Tables 1.02 (4, bar code scanners); Access-IS ATR110 manual
// p. 33 and LSR118 p. 68 (the layout). A form of some makers (Microscan), `01 len data[62]`, has no
// identifier and no continued byte.
#pragma once

#include "drivers/scanners/scan.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace fangxin::drivers {

class HidPosScan {
  public:
    explicit HidPosScan(int quiet_ms = 500) : quiet_ms_(quiet_ms) {}

    /// One report as the device gave it; empty ones, and reports of other kinds, are passed over.
    /// One that contradicts itself is a torn scan: the scanner has beeped, and somebody has to scan
    /// again.
    void feed(std::span<const std::byte> report, std::int64_t now_ms);
    /// A scan whose next report does not come within `quiet_ms` is torn.
    void tick(std::int64_t now_ms);
    std::optional<Scan> next() { return buffer_.next(); }
    std::size_t held() const { return buffer_.held(); }

  private:
    /// What the next report has to go on with.
    enum class Awaited { nothing, standard, makers };

    void read_standard(std::string_view report);
    void read_makers(std::string_view report);
    void end();
    void tear();

    int quiet_ms_;
    std::int64_t last_ms_ = 0;
    Awaited awaited_ = Awaited::nothing;
    std::string identifier_;  ///< of the scan that goes on, its three bytes as they came
    ScanBuffer buffer_;
};

}  // namespace fangxin::drivers
