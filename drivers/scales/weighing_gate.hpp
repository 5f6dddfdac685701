// Whether the weight now on the scale may be sold (WEIGH-1, WEIGH-5). Pure: readings and the time
// come in, an answer goes out. The weighing screen owns one per scale; one thread.
#pragma once

#include "domain/enum_text.hpp"
#include "drivers/scales/scale.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace fangxin::drivers {

/// Worst first: the answer is the first that holds.
enum class WeighAnswer {
    no_scale,
    silent,
    stale,
    fault,
    zero_error,
    over,
    under,
    motion,
    below_minimum,
    pan_not_cleared,
    ok
};

/// From the register of instruments (WEIGH-2).
struct WeighingLimits {
    std::int64_t min_mg = 0;
    std::int64_t max_mg = 0;
    std::int64_t e_mg = 0;
    std::int64_t fresh_ms = 500;
};

struct WeighQuestion {
    std::int64_t now_ms = 0;
    std::int64_t item_tare_mg = 0;  ///< taken off by us, beside what the scale takes off
};

/// After a weighed line the same load must not be sold again: the gate opens when a stable reading
/// shows gross below the minimum or more than two e away from what was sold. Two e, because one e
/// is how far a display may stand from the final weight (OIML R 76, 4.4.2), before and after.
/// Gross and not net: the scale's tare key would else open it with the goods still on the pan.
/// A lost scale opens nothing.
class WeighingGate {
  public:
    explicit WeighingGate(const WeighingLimits& limits) : limits_(limits) {}

    /// Every reading, as it came: an empty pan between two questions must not be missed.
    void observe(const Reading& reading);
    WeighAnswer may_sell(const LatestReading& latest, const WeighQuestion& question) const;
    /// This reading has become a line of the basket.
    void sold(const Reading& reading);
    /// That line was voided: the same load may be sold after all.
    void not_sold() { sold_gross_mg_.reset(); }

  private:
    bool moved(const Reading& reading) const;
    WeighAnswer judge(const Reading& reading, std::int64_t item_tare_mg) const;

    WeighingLimits limits_;
    std::optional<std::int64_t> sold_gross_mg_;  ///< until the pan was cleared or changed
};

}  // namespace fangxin::drivers

namespace fangxin::domain {

template <>
struct EnumTable<drivers::WeighAnswer> {
    using enum drivers::WeighAnswer;
    static constexpr auto rows =
        std::to_array<EnumText<drivers::WeighAnswer>>({{no_scale, "no_scale"},
                                                       {silent, "silent"},
                                                       {stale, "stale"},
                                                       {fault, "fault"},
                                                       {zero_error, "zero_error"},
                                                       {over, "over"},
                                                       {under, "under"},
                                                       {motion, "motion"},
                                                       {below_minimum, "below_minimum"},
                                                       {pan_not_cleared, "pan_not_cleared"},
                                                       {ok, "ok"}});
};

}  // namespace fangxin::domain
