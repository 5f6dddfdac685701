#include "domain/weighing/check.hpp"

#include <cstdlib>

namespace fangxin::weighing {

namespace {

constexpr std::int64_t most_mg = 1'000'000'000'000;  // a thousand tonnes

/// Up to how many e each of the three steps goes.
constexpr std::array<std::int64_t, 3> borders_of(AccuracyClass accuracy) {
    switch (accuracy) {
        case AccuracyClass::II:
            return {5'000, 20'000, 100'000};
        case AccuracyClass::III:
            return {500, 2'000, 10'000};
        case AccuracyClass::IIII:
            break;
    }
    return {50, 200, 1'000};
}

}  // namespace

std::optional<std::int64_t> tolerance_in_service_mg(AccuracyClass accuracy, std::int64_t e_mg,
                                                    std::int64_t mass_mg) {
    if (e_mg <= 0 || e_mg > most_mg || mass_mg <= 0) return std::nullopt;
    std::int64_t allowed = 0;
    for (const std::int64_t border : borders_of(accuracy)) {
        allowed += e_mg;
        if (mass_mg <= border * e_mg) return allowed;
    }
    return std::nullopt;
}

ScaleCheck::ScaleCheck(const CheckTask& task) : task_(task) {}

void ScaleCheck::observe(const Reading& reading) {
    if (step_ == CheckStep::done || reading.state != ScaleState::stable) return;
    if (!reading.tare_told || reading.tare_mg != 0) return;
    last_mg_ = reading.gross_mg;
    const bool is_empty = std::abs(last_mg_) <= task_.e_mg;
    switch (step_) {
        case CheckStep::empty_pan:
            if (!is_empty) return;
            result_.zero_mg = last_mg_;
            step_ = CheckStep::put_mass;
            return;
        case CheckStep::put_mass:
            // Less than half of it is a hand, or a part of the mass.
            if (last_mg_ < task_.mass_mg / 2) return;
            result_.shown_mg = last_mg_;
            step_ = CheckStep::take_off;
            return;
        case CheckStep::take_off:
            // The load may still be settling: what it shows before it is taken off counts.
            if (last_mg_ >= task_.mass_mg / 2) result_.shown_mg = last_mg_;
            if (is_empty) end(true);
            return;
        case CheckStep::done:
            return;
    }
}

void ScaleCheck::give_up() {
    if (step_ == CheckStep::done) return;
    if (step_ == CheckStep::empty_pan) result_.zero_mg = last_mg_;
    if (step_ == CheckStep::put_mass) result_.shown_mg = last_mg_;
    end(false);
}

void ScaleCheck::end(bool came_back) {
    const auto tolerance = tolerance_in_service_mg(task_.accuracy, task_.e_mg, task_.mass_mg);
    result_.after_mg = last_mg_;
    result_.error_mg = result_.shown_mg - task_.mass_mg;
    result_.tolerance_mg = tolerance.value_or(0);
    result_.passed = came_back && tolerance && std::abs(result_.error_mg) <= *tolerance;
    step_ = CheckStep::done;
}

}  // namespace fangxin::weighing
