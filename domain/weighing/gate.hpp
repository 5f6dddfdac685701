// Whether the weight now on the scale may be sold (WEIGH-1, WEIGH-5). Pure: readings and the time
// come in, an answer goes out. The weighing screen owns one per scale; one thread.
#pragma once

#include "domain/enum_text.hpp"
#include "domain/weighing/api.hpp"
#include "domain/weighing/parameters.hpp"
#include "domain/weighing/reading.hpp"
#include "domain/weighing/tare.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace fangxin::weighing {

/// Worst first: the answer is the first that holds.
enum class WeighAnswer {
    parameters,
    no_scale,
    silent,
    stale,
    fault,
    zero_error,
    over,
    under,
    motion,
    tare_untold,
    below_minimum,
    pan_not_cleared,
    ok
};

struct WeighQuestion {
    std::int64_t now_ms = 0;
    std::int64_t preset_tare_mg = 0;  ///< taken off by us, beside what the scale takes off
};

/// After a weighed line the same load must not be sold again: the gate opens when a stable reading
/// shows gross below the minimum or more than two e away from what was sold. Two e, because one e
/// is how far a display may stand from the final weight (OIML R 76, 4.4.2), before and after.
/// Gross and not net: the scale's tare key would else open it with the goods still on the pan.
/// A lost scale opens nothing, nor does one that has taken tare and does not tell how much.
class FANGXIN_WEIGHING_API WeighingGate {
  public:
    explicit WeighingGate(const Parameters& parameters);
    /// The register has other ones now; what is sold stays sold.
    void set_parameters(const Parameters& parameters);
    const Parameters& parameters() const { return parameters_; }

    /// Every reading, as it came: an empty pan between two questions must not be missed.
    void observe(const Reading& reading);
    WeighAnswer may_sell(const LatestReading& latest, const WeighQuestion& question) const;
    /// This reading has become a line of the basket.
    void sold(const Reading& reading);
    /// That line was voided: the same load may be sold after all.
    void not_sold();

  private:
    bool moved(const Reading& reading) const;
    WeighAnswer judge(const Reading& reading, std::int64_t preset_tare_mg) const;

    Parameters parameters_;
    std::optional<std::int64_t> sold_gross_mg_;  ///< until the pan was cleared or changed
};

}  // namespace fangxin::weighing

namespace fangxin::domain {

template <>
struct EnumTable<weighing::WeighAnswer> {
    using enum weighing::WeighAnswer;
    static constexpr auto rows =
        std::to_array<EnumText<weighing::WeighAnswer>>({{parameters, "parameters"},
                                                        {no_scale, "no_scale"},
                                                        {silent, "silent"},
                                                        {stale, "stale"},
                                                        {fault, "fault"},
                                                        {zero_error, "zero_error"},
                                                        {over, "over"},
                                                        {under, "under"},
                                                        {motion, "motion"},
                                                        {tare_untold, "tare_untold"},
                                                        {below_minimum, "below_minimum"},
                                                        {pan_not_cleared, "pan_not_cleared"},
                                                        {ok, "ok"}});
};

}  // namespace fangxin::domain
