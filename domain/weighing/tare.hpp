// Gross, tare and net (WEIGH-1, OIML R 76 4.6, 4.7): a tare is taken by the scale from what lies on
// it, or preset: keyed, or known of the item. A preset tare is marked PT wherever it is shown.
// Pure; any thread.
#pragma once

#include "domain/enum_text.hpp"
#include "domain/weighing/api.hpp"
#include "domain/weighing/parameters.hpp"
#include "domain/weighing/reading.hpp"

#include <array>
#include <cstdint>

namespace fangxin::weighing {

/// Always gross = net + taken_tare + preset_tare.
struct Weights {
    std::int64_t gross_mg = 0;
    std::int64_t taken_tare_mg = 0;   ///< by the scale
    std::int64_t preset_tare_mg = 0;  ///< by us
    std::int64_t net_mg = 0;
    std::int64_t tare_mg() const { return taken_tare_mg + preset_tare_mg; }
    bool operator==(const Weights&) const = default;
};

FANGXIN_WEIGHING_API Weights weights_of(const Reading& reading, std::int64_t preset_tare_mg);

enum class TareAnswer { ok, negative, not_a_step, above_limit };

/// Whether this tare may be keyed: whole scale intervals (5 g on a scale of e = 5 g), at most the
/// scale's tare limit. 0 is "no tare".
FANGXIN_WEIGHING_API TareAnswer may_preset(std::int64_t tare_mg, const Parameters& parameters);

/// An item's tare as this scale takes it off: up to the next whole interval, so that net weights
/// are whole intervals too and nobody pays for a wrapping.
FANGXIN_WEIGHING_API std::int64_t item_tare_mg(std::int64_t tare_mg, const Parameters& parameters);

}  // namespace fangxin::weighing

namespace fangxin::domain {

template <>
struct EnumTable<weighing::TareAnswer> {
    using enum weighing::TareAnswer;
    static constexpr auto rows =
        std::to_array<EnumText<weighing::TareAnswer>>({{ok, "ok"},
                                                       {negative, "negative"},
                                                       {not_a_step, "not_a_step"},
                                                       {above_limit, "above_limit"}});
};

}  // namespace fangxin::domain
