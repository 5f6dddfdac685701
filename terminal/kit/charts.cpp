#include "terminal/kit/charts.hpp"

#include <algorithm>
#include <vector>

namespace fangxin::kit {

namespace {

constexpr float caption_size = 16;
constexpr float caption_height = 28;

/// Every n-th label, so that they do not run into each other.
std::size_t label_step(Ui& ui, std::span<const ChartPoint> points, float step) {
    float widest = 0;
    for (const ChartPoint& point : points) {
        widest = std::max({widest, ui.width_of(point.label, {caption_size, Weight::regular}),
                           ui.width_of(point.words, {caption_size, Weight::regular})});
    }
    return static_cast<std::size_t>((widest + 6) / step) + 1;
}

void caption(Ui& ui, Point center, std::string_view words) {
    const float width = ui.width_of(words, {caption_size, Weight::regular}) + 2;
    ui.text({center.x - width / 2, center.y - caption_height / 2, width, caption_height}, words,
            {.size = caption_size, .role = Role::muted, .align = Align::center});
}

}  // namespace

void bar_chart(Ui& ui, Rect rect, std::span<const ChartPoint> points, Role role) {
    if (points.empty()) return;
    float most = 0;
    for (const ChartPoint& point : points)
        most = std::max(most, point.value);
    const float step = rect.w / static_cast<float>(points.size());
    const float bar = std::min(step * 0.82F, 64.0F);
    const float base = rect.bottom() - caption_height - 4;
    const float height = base - rect.y - caption_height;
    const std::size_t every = label_step(ui, points, step);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const ChartPoint& point = points[i];
        const float x = rect.x + (static_cast<float>(i) + 0.5F) * step;
        const float tall = most > 0 ? std::max(0.0F, point.value) / most * height : 0;
        ui.fill({x - bar / 2, base - tall, bar, tall}, role, std::min(4.0F, tall / 2));
        if (i % every != 0) continue;
        caption(ui, {x, base - tall - caption_height / 2}, point.words);
        caption(ui, {x, rect.bottom() - caption_height / 2}, point.label);
    }
    ui.divider({rect.x, base}, rect.w);
}

void line_chart(Ui& ui, Rect rect, const LineChart& chart) {
    const std::span<const ChartPoint> points = chart.points;
    if (points.empty()) return;
    float low = chart.lower.value_or(points[0].value);
    float high = chart.upper.value_or(points[0].value);
    for (const ChartPoint& point : points) {
        low = std::min(low, point.value);
        high = std::max(high, point.value);
    }
    const float base = rect.bottom() - caption_height - 4;
    const Rect plot{rect.x, rect.y + caption_height, rect.w, base - rect.y - caption_height - 8};
    const float range = high > low ? high - low : 1;
    const auto y_of = [&](float v) { return plot.bottom() - (v - low) / range * plot.h; };
    if (chart.lower && chart.upper) {
        const float top = y_of(*chart.upper);
        ui.fill({plot.x, top, plot.w, y_of(*chart.lower) - top}, Role::ok_soft, 4);
    }
    const float step = plot.w / static_cast<float>(points.size());
    std::vector<Point> line;
    for (std::size_t i = 0; i < points.size(); ++i) {
        line.push_back({plot.x + (static_cast<float>(i) + 0.5F) * step, y_of(points[i].value)});
    }
    if (line.size() > 1) ui.canvas().polyline(line, ui.color(chart.role), 3);
    const std::size_t every = label_step(ui, points, step);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool outside = (chart.upper && points[i].value > *chart.upper) ||
                             (chart.lower && points[i].value < *chart.lower);
        ui.canvas().circle(line[i], 5, ui.color(outside ? Role::block : chart.role));
        if (i % every != 0) continue;
        caption(ui, {line[i].x, line[i].y - 10 - caption_height / 2}, points[i].words);
        caption(ui, {line[i].x, rect.bottom() - caption_height / 2}, points[i].label);
    }
    ui.divider({rect.x, base}, rect.w);
}

}  // namespace fangxin::kit
