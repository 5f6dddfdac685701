#include "domain/weighing/stability.hpp"

namespace fangxin::weighing {

StabilityFilter::StabilityFilter(std::int64_t frames) : frames_(frames) {}

Reading StabilityFilter::apply(Reading reading) {
    if (reading.state != ScaleState::stable) {
        run_ = 0;
        return reading;
    }
    bool same = run_ > 0 && reading.gross_mg == gross_mg_ && reading.net_mg == net_mg_;
    if (!same) run_ = 0;
    if (run_ < frames_) ++run_;
    gross_mg_ = reading.gross_mg;
    net_mg_ = reading.net_mg;
    if (run_ < frames_) reading.state = ScaleState::motion;
    return reading;
}

void StabilityFilter::reset() { run_ = 0; }

}  // namespace fangxin::weighing
