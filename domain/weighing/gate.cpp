#include "domain/weighing/gate.hpp"

#include <algorithm>
#include <cstdlib>

namespace fangxin::weighing {

namespace {

/// A frame whose own sums are wrong is not understood, whatever its checksum says.
bool sound(const Reading& reading) {
    return reading.tare_mg >= 0 && reading.gross_mg == reading.net_mg + reading.tare_mg;
}

}  // namespace

WeighingGate::WeighingGate(const Parameters& parameters) : parameters_(parameters) {}

void WeighingGate::set_parameters(const Parameters& parameters) { parameters_ = parameters; }

void WeighingGate::observe(const Reading& reading) {
    if (moved(reading)) sold_gross_mg_.reset();
}

void WeighingGate::sold(const Reading& reading) { sold_gross_mg_ = reading.gross_mg; }

void WeighingGate::not_sold() { sold_gross_mg_.reset(); }

bool WeighingGate::moved(const Reading& reading) const {
    if (!sold_gross_mg_) return false;
    if (reading.state == ScaleState::under) return true;  // a container was taken off with the load
    if (reading.state != ScaleState::stable || !reading.tare_told) return false;
    return reading.gross_mg < parameters_.min_mg ||
           std::abs(reading.gross_mg - *sold_gross_mg_) > 2 * parameters_.e_mg;
}

WeighAnswer WeighingGate::may_sell(const LatestReading& latest,
                                   const WeighQuestion& question) const {
    if (fault_of(parameters_) != ParametersFault::none) return WeighAnswer::parameters;
    if (std::holds_alternative<NoScale>(latest)) return WeighAnswer::no_scale;
    if (std::holds_alternative<SilentScale>(latest)) return WeighAnswer::silent;
    const Reading& reading = std::get<CurrentReading>(latest).reading;
    if (std::abs(question.now_ms - reading.at_ms) > parameters_.fresh_ms) return WeighAnswer::stale;
    return judge(reading, question.preset_tare_mg);
}

WeighAnswer WeighingGate::judge(const Reading& reading, std::int64_t preset_tare_mg) const {
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
    if (!sound(reading) || preset_tare_mg < 0) return WeighAnswer::fault;
    if (!reading.tare_told) return WeighAnswer::tare_untold;
    if (reading.gross_mg > parameters_.max_mg) return WeighAnswer::over;
    if (reading.gross_mg < 0) return WeighAnswer::under;
    std::int64_t least_mg = std::max<std::int64_t>(parameters_.min_mg, 1);
    if (weights_of(reading, preset_tare_mg).net_mg < least_mg) return WeighAnswer::below_minimum;
    if (sold_gross_mg_ && !moved(reading)) return WeighAnswer::pan_not_cleared;
    return WeighAnswer::ok;
}

}  // namespace fangxin::weighing
