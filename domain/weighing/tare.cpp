#include "domain/weighing/tare.hpp"

namespace fangxin::weighing {

Weights weights_of(const Reading& reading, std::int64_t preset_tare_mg) {
    return {.gross_mg = reading.gross_mg,
            .taken_tare_mg = reading.tare_mg,
            .preset_tare_mg = preset_tare_mg,
            .net_mg = reading.net_mg - preset_tare_mg};
}

TareAnswer may_preset(std::int64_t tare_mg, const Parameters& parameters) {
    if (tare_mg < 0) return TareAnswer::negative;
    if (tare_mg > parameters.max_tare_mg) return TareAnswer::above_limit;
    if (parameters.e_mg <= 0 || tare_mg % parameters.e_mg != 0) return TareAnswer::not_a_step;
    return TareAnswer::ok;
}

std::int64_t item_tare_mg(std::int64_t tare_mg, const Parameters& parameters) {
    if (tare_mg <= 0 || parameters.e_mg <= 0) return 0;
    std::int64_t over = tare_mg % parameters.e_mg;
    return over == 0 ? tare_mg : tare_mg - over + parameters.e_mg;
}

}  // namespace fangxin::weighing
