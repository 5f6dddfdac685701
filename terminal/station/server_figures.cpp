#include "terminal/station/server_figures.hpp"

namespace fangxin::terminal {

FiguresStand stand_of(bool online, std::optional<std::int64_t> age_ms,
                      std::optional<std::int64_t> waited_ms) {
    constexpr std::int64_t old_ms = 120'000;
    if (!online) return FiguresStand::offline;
    if (age_ms && *age_ms <= old_ms) return FiguresStand::told;
    bool patient = waited_ms.value_or(0) < figures_patience_ms;
    return patient ? FiguresStand::awaited : FiguresStand::silent;
}

std::optional<std::int64_t> ServerFigures::ask(const std::string& block) {
    if (!station_.online()) unanswered_since_ms_.reset();  // nobody could have answered
    if (!wanted_ || !station_.online()) return std::nullopt;
    std::int64_t now_ms = Station::monotonic_ms();
    std::int64_t wait_ms = asked_ms_ + ask_every_ms - now_ms;
    if (wait_ms > 0) return wait_ms;
    wanted_ = false;
    asked_ms_ = now_ms;
    if (!unanswered_since_ms_) unanswered_since_ms_ = now_ms;
    station_.ask_figures(++asked_, block);
    return std::nullopt;
}

void ServerFigures::want_after(std::int64_t ms) {
    if (Station::monotonic_ms() - asked_ms_ >= ms) wanted_ = true;
}

void ServerFigures::take(const sync::Figures& figures) {
    figures_ = figures;
    told_at_ms_ = station_.now().utc_ms;
    unanswered_since_ms_.reset();
}

const sync::Figures* ServerFigures::latest() const {
    bool of_today = figures_ && station_.at(told_at_ms_).date() == station_.now().date();
    return of_today ? &*figures_ : nullptr;
}

FiguresStand ServerFigures::stand() const {
    std::optional<std::int64_t> age_ms;
    std::optional<std::int64_t> waited_ms;
    if (latest() != nullptr) age_ms = station_.now().utc_ms - told_at_ms_;
    if (unanswered_since_ms_) waited_ms = Station::monotonic_ms() - *unanswered_since_ms_;
    return stand_of(station_.online(), age_ms, waited_ms);
}

const sync::Figures* ServerFigures::told() const {
    FiguresStand now = stand();
    bool is_old = now == FiguresStand::awaited || now == FiguresStand::silent;
    return is_old ? nullptr : latest();
}

std::optional<domain::StoreTime> ServerFigures::told_at() const {
    if (latest() == nullptr) return std::nullopt;
    return station_.at(told_at_ms_);
}

std::optional<std::int64_t> ServerFigures::patience_ms() const {
    if (!unanswered_since_ms_) return std::nullopt;
    return *unanswered_since_ms_ + figures_patience_ms - Station::monotonic_ms();
}

}  // namespace fangxin::terminal
