#include "drivers/pictures/read_confirmation.hpp"

#include <algorithm>

namespace fangxin::drivers {

std::optional<Decoded> ReadConfirmation::frame(const std::optional<Decoded>& reading,
                                               std::int64_t now_ms) {
    // First: what this very frame shows has not left, however long the frame before took.
    std::string as_scanned = reading ? reading->as_scanned() : std::string();
    bool stays = reading && stays_in_view(as_scanned, now_ms);
    std::erase_if(in_view_, [&](const Sighting& sighting) {
        return now_ms - sighting.at_ms >= rules_.gone_after_ms && now_ms > sighting.at_ms;
    });
    if (!reading || stays || !confirmed(*reading, as_scanned, now_ms)) return std::nullopt;
    in_view_.push_back({.as_scanned = as_scanned, .at_ms = now_ms});
    return reading;
}

void ReadConfirmation::forget() {
    in_view_.clear();
    once_.reset();
}

bool ReadConfirmation::is_in_view(const std::string& as_scanned) const {
    return std::ranges::find(in_view_, as_scanned, &Sighting::as_scanned) != in_view_.end();
}

bool ReadConfirmation::stays_in_view(const std::string& as_scanned, std::int64_t now_ms) {
    auto at = std::ranges::find(in_view_, as_scanned, &Sighting::as_scanned);
    if (at == in_view_.end()) return false;
    at->at_ms = now_ms;
    return true;
}

bool ReadConfirmation::confirmed(const Decoded& reading, const std::string& as_scanned,
                                 std::int64_t now_ms) {
    if (reading.engine == Engine::zxing && reading.sure) return true;
    if (known_ && known_(as_scanned)) return true;
    bool twice =
        once_ && once_->as_scanned == as_scanned && now_ms - once_->at_ms <= rules_.agree_within_ms;
    once_.reset();
    if (!twice) once_ = {.as_scanned = as_scanned, .at_ms = now_ms};
    return twice;
}

}  // namespace fangxin::drivers
