#include "drivers/scales/weighing_gate.hpp"

#include <algorithm>
#include <cstdlib>

namespace fangxin::drivers {

void WeighingGate::observe(const Reading& reading) {
    if (moved(reading)) sold_gross_mg_.reset();
}

void WeighingGate::sold(const Reading& reading) { sold_gross_mg_ = reading.gross_mg; }

bool WeighingGate::moved(const Reading& reading) const {
    if (!sold_gross_mg_) return false;
    if (reading.state == ScaleState::under) return true;  // a container was taken off with the load
    if (reading.state != ScaleState::stable) return false;
    return reading.gross_mg < limits_.min_mg ||
           std::abs(reading.gross_mg - *sold_gross_mg_) > 2 * limits_.e_mg;
}

WeighAnswer WeighingGate::may_sell(const LatestReading& latest,
                                   const WeighQuestion& question) const {
    if (std::holds_alternative<NoScale>(latest)) return WeighAnswer::no_scale;
    if (std::holds_alternative<SilentScale>(latest)) return WeighAnswer::silent;
    const Reading& reading = std::get<CurrentReading>(latest).reading;
    if (std::abs(question.now_ms - reading.at_ms) > limits_.fresh_ms) return WeighAnswer::stale;
    return judge(reading, question.item_tare_mg);
}

WeighAnswer WeighingGate::judge(const Reading& reading, std::int64_t item_tare_mg) const {
    switch (reading.state) {
        case ScaleState::fault:
            return WeighAnswer::fault;
        case ScaleState::zero_error:
            return WeighAnswer::zero_error;
        case ScaleState::over:
            return WeighAnswer::over;
        case ScaleState::under:
            return WeighAnswer::under;
        case ScaleState::motion:
            return WeighAnswer::motion;
        case ScaleState::stable:
            break;
    }
    if (reading.gross_mg > limits_.max_mg) return WeighAnswer::over;
    std::int64_t least_mg = std::max<std::int64_t>(limits_.min_mg, 1);
    if (reading.net_mg - item_tare_mg < least_mg) return WeighAnswer::below_minimum;
    if (sold_gross_mg_ && !moved(reading)) return WeighAnswer::pan_not_cleared;
    return WeighAnswer::ok;
}

}  // namespace fangxin::drivers
