// What a scale may be used for, as its entry in the register of instruments says (WEIGH-2). These
// values are protected (WEIGH-4, WELMEC 7.2 U7): a change of any of them is journalled, and all of
// them go into the seal. Values only; any thread.
#pragma once

#include "domain/enum_text.hpp"
#include "domain/weighing/api.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace fangxin::weighing {

/// A reading older than this is sold by nobody, whatever the register says (WEIGH-5).
inline constexpr std::int64_t longest_fresh_ms = 500;
/// One frame alone is never believed.
inline constexpr std::int64_t fewest_stable_frames = 2;
inline constexpr std::int64_t most_stable_frames = 50;

struct Parameters {
    std::int64_t min_mg = 0;
    std::int64_t max_mg = 0;
    std::int64_t e_mg = 0;
    std::int64_t max_tare_mg = 0;  ///< the largest preset tare; 0: none may be keyed
    std::int64_t stable_frames = fewest_stable_frames;
    std::int64_t fresh_ms = longest_fresh_ms;
    bool operator==(const Parameters&) const = default;
};

/// What makes parameters unfit to weigh by. A scale with such ones sells nothing.
enum class ParametersFault { none, range, interval, tare, stability, age };

FANGXIN_WEIGHING_API ParametersFault fault_of(const Parameters& parameters);

/// Always the same text for the same values: what the seal is taken of, one `name=value` a line.
FANGXIN_WEIGHING_API std::string canonical_text(const Parameters& parameters);

}  // namespace fangxin::weighing

namespace fangxin::domain {

template <>
struct EnumTable<weighing::ParametersFault> {
    using enum weighing::ParametersFault;
    static constexpr auto rows =
        std::to_array<EnumText<weighing::ParametersFault>>({{none, "none"},
                                                            {range, "range"},
                                                            {interval, "interval"},
                                                            {tare, "tare"},
                                                            {stability, "stability"},
                                                            {age, "age"}});
};

}  // namespace fangxin::domain
