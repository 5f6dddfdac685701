// When a scale's word `stable` is believed (WEIGH-1). One thread.
#pragma once

#include "domain/weighing/api.hpp"
#include "domain/weighing/reading.hpp"

#include <cstdint>

namespace fangxin::weighing {

/// Believes `stable` only when the scale has said it of the same weight several times running; a
/// first such frame passes as `motion`. Catches a flag set a frame too early, and a digit torn on
/// a line without checksums. Everything else passes unchanged. One thread.
class FANGXIN_WEIGHING_API StabilityFilter {
  public:
    explicit StabilityFilter(std::int64_t frames);
    Reading apply(Reading reading);
    void reset();

  private:
    std::int64_t frames_;
    std::int64_t run_ = 0;
    std::int64_t gross_mg_ = 0;
    std::int64_t net_mg_ = 0;
};

}  // namespace fangxin::weighing
