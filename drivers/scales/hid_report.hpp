// USB scales of the HID point-of-sale class, usage page 8Dh: input reports to readings.
// USB HID Point of Sale Usage Tables 1.02, section 5. One thread.
#pragma once

#include "drivers/scales/scale_parser.hpp"

#include <deque>

namespace fangxin::drivers {

/// Takes readings out of data reports. A report comes whole or not at all, as USB keeps its
/// borders: half a one is thrown away, since what comes next is no rest of it.
///     03   04     03     FD        D2 04
///     id   status unit   10^-3     1234, unsigned       1.234 kg, stable
/// Status: 1 fault, 2 zero, 3 motion, 4 stable, 5 under zero, 6 over, 7 to be calibrated, 8 to be
/// zeroed. Only 4 is a weight that may be sold: 2 is stable and nothing. Everything else is no
/// report: status 0 is what a gadget answers before it has weighed, and short or empty ones come
/// between. Units: 1 mg, 2 g, 3 kg; in all others (pounds, taels …) it is a `fault`.
class HidReportScale final : public ScaleParser {
  public:
    void feed(std::span<const std::byte> bytes) override;
    std::optional<Reading> next() override;
    std::size_t held() const override { return ready_.size(); }

  private:
    std::deque<Reading> ready_;
};

}  // namespace fangxin::drivers
