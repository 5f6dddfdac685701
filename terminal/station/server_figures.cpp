#include "terminal/station/server_figures.hpp"

namespace fangxin::terminal {

std::optional<std::int64_t> ServerFigures::ask(const std::string& block) {
    if (!wanted_ || !station_.online()) return std::nullopt;
    std::int64_t wait_ms = asked_ms_ + ask_every_ms - Station::monotonic_ms();
    if (wait_ms > 0) return wait_ms;
    wanted_ = false;
    asked_ms_ = Station::monotonic_ms();
    station_.ask_figures(++asked_, block);
    return std::nullopt;
}

void ServerFigures::want_after(std::int64_t ms) {
    if (Station::monotonic_ms() - asked_ms_ >= ms) wanted_ = true;
}

void ServerFigures::take(const sync::Figures& figures) {
    figures_ = figures;
    told_at_ms_ = station_.now().utc_ms;
}

const sync::Figures* ServerFigures::told() const {
    constexpr std::int64_t old_ms = 120'000;
    if (!figures_) return nullptr;
    bool stale = station_.now().utc_ms - told_at_ms_ > old_ms;
    return station_.online() && stale ? nullptr : &*figures_;
}

std::optional<domain::StoreTime> ServerFigures::as_of() const {
    if (!figures_ || station_.online()) return std::nullopt;
    return station_.at(told_at_ms_);
}

}  // namespace fangxin::terminal
