// Rectangles in design units (terminal 1280×800, handheld 480×800), from which a view cuts its
// screen: take a bar off the top, split the rest into columns, inset a card. Plain values, any
// thread. Pixels exist only behind Canvas.
#pragma once

#include <algorithm>

namespace fangxin::kit {

struct Point {
    float x = 0;
    float y = 0;
    bool operator==(const Point&) const = default;
};

struct Size {
    float w = 0;
    float h = 0;
    bool operator==(const Size&) const = default;
};

struct Rect {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    constexpr float right() const { return x + w; }
    constexpr float bottom() const { return y + h; }
    constexpr Point center() const { return {x + w / 2, y + h / 2}; }
    constexpr bool empty() const { return w <= 0 || h <= 0; }
    /// The right and lower edges belong to the neighbour.
    constexpr bool contains(Point p) const {
        return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
    }
    bool operator==(const Rect&) const = default;
};

constexpr Rect inset(Rect r, float all) {
    return {r.x + all, r.y + all, r.w - 2 * all, r.h - 2 * all};
}

struct Padding {
    float across = 0;  ///< left and right
    float down = 0;    ///< above and below
};
constexpr Rect inset(Rect r, Padding p) {
    return {r.x + p.across, r.y + p.down, r.w - 2 * p.across, r.h - 2 * p.down};
}

constexpr Rect intersection(Rect a, Rect b) {
    const float x = std::max(a.x, b.x);
    const float y = std::max(a.y, b.y);
    return {x, y, std::max(0.0F, std::min(a.right(), b.right()) - x),
            std::max(0.0F, std::min(a.bottom(), b.bottom()) - y)};
}

/// The same but for what computing with fractions loses.
constexpr bool nearly_same(Rect a, Rect b) {
    constexpr float lost = 0.05F;
    auto near = [](float one, float other) { return one - other < lost && other - one < lost; };
    return near(a.x, b.x) && near(a.y, b.y) && near(a.w, b.w) && near(a.h, b.h);
}

/// Cuts a strip off `rest` and returns it; `gap` is left out between the strip and what remains.
constexpr Rect take_top(Rect& rest, float height, float gap = 0) {
    const Rect strip{rest.x, rest.y, rest.w, height};
    rest = {rest.x, rest.y + height + gap, rest.w, rest.h - height - gap};
    return strip;
}
constexpr Rect take_bottom(Rect& rest, float height, float gap = 0) {
    const Rect strip{rest.x, rest.bottom() - height, rest.w, height};
    rest.h -= height + gap;
    return strip;
}
constexpr Rect take_left(Rect& rest, float width, float gap = 0) {
    const Rect strip{rest.x, rest.y, width, rest.h};
    rest = {rest.x + width + gap, rest.y, rest.w - width - gap, rest.h};
    return strip;
}
constexpr Rect take_right(Rect& rest, float width, float gap = 0) {
    const Rect strip{rest.right() - width, rest.y, width, rest.h};
    rest.w -= width + gap;
    return strip;
}

/// Equal cells with gaps between; cell 0 is at the top left, counting goes along the rows.
struct Grid {
    int columns = 1;
    int rows = 1;
    float gap = 8;
};
constexpr Rect cell(Rect area, Grid grid, int index) {
    const auto columns = static_cast<float>(grid.columns);
    const auto rows = static_cast<float>(grid.rows);
    const float w = (area.w - grid.gap * (columns - 1)) / columns;
    const float h = (area.h - grid.gap * (rows - 1)) / rows;
    const auto column = static_cast<float>(index % grid.columns);
    const int row_index = index / grid.columns;
    const auto row = static_cast<float>(row_index);
    return {area.x + column * (w + grid.gap), area.y + row * (h + grid.gap), w, h};
}

/// A rectangle of `size` in the middle of `area`.
constexpr Rect centered(Rect area, Size size) {
    return {area.x + (area.w - size.w) / 2, area.y + (area.h - size.h) / 2, size.w, size.h};
}

/// How design units become pixels: one scale for both axes, the rest is letterbox.
struct Viewport {
    int width_px = 0;
    int height_px = 0;
    float scale = 1;
    Point offset_px;  ///< where the design's origin lies

    constexpr Point to_design(Point px) const {
        return {(px.x - offset_px.x) / scale, (px.y - offset_px.y) / scale};
    }
};

/// The largest scale at which `design` fits; a window of nothing gets a scale that divides safely.
constexpr Viewport fit(Size design, int width_px, int height_px) {
    Viewport view{width_px, height_px, 1, {}};
    const auto w = static_cast<float>(width_px);
    const auto h = static_cast<float>(height_px);
    view.scale = std::clamp(std::min(w / design.w, h / design.h), 1e-4F, 16.0F);
    view.offset_px = {static_cast<float>(static_cast<int>((w - design.w * view.scale) / 2)),
                      static_cast<float>(static_cast<int>((h - design.h * view.scale) / 2))};
    return view;
}

}  // namespace fangxin::kit
