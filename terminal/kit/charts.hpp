// Bars and lines whose values can be read without pointing at them: each is written where it is.
#pragma once

#include "terminal/kit/ui.hpp"

#include <span>
#include <string>

namespace fangxin::kit {

struct ChartPoint {
    std::string label;  ///< under it
    float value = 0;
    std::string words;  ///< over it
};

/// From zero up; negative values are drawn as zero.
void bar_chart(Ui& ui, Rect rect, std::span<const ChartPoint> points, Role role = Role::primary);

struct LineChart {
    std::span<const ChartPoint> points;
    Role role = Role::primary;
    /// The band in which values should lie, e.g. the temperatures of a cold store.
    std::optional<float> lower;
    std::optional<float> upper;
};
void line_chart(Ui& ui, Rect rect, const LineChart& chart);

}  // namespace fangxin::kit
