#include "domain/weighing/parameters.hpp"

#include <fmt/format.h>

namespace fangxin::weighing {

ParametersFault fault_of(const Parameters& parameters) {
    const Parameters& p = parameters;
    if (p.e_mg <= 0) return ParametersFault::interval;
    if (p.min_mg < 0 || p.max_mg <= 0 || p.min_mg > p.max_mg) return ParametersFault::range;
    if (p.max_tare_mg < 0 || p.max_tare_mg > p.max_mg) return ParametersFault::tare;
    if (p.stable_frames < fewest_stable_frames || p.stable_frames > most_stable_frames) {
        return ParametersFault::stability;
    }
    if (p.fresh_ms < 1 || p.fresh_ms > longest_fresh_ms) return ParametersFault::age;
    return ParametersFault::none;
}

std::string canonical_text(const Parameters& parameters) {
    return fmt::format(
        "parameters=1\nmin_mg={}\nmax_mg={}\ne_mg={}\nmax_tare_mg={}\n"
        "stable_frames={}\nfresh_ms={}\n",
        parameters.min_mg, parameters.max_mg, parameters.e_mg, parameters.max_tare_mg,
        parameters.stable_frames, parameters.fresh_ms);
}

}  // namespace fangxin::weighing
