#include "terminal/kit/live_picture.hpp"

#include <algorithm>

namespace fangxin::kit {

namespace {

constexpr float line_width = 5;
constexpr float label_height = 34;
constexpr float label_size = 18;

/// In the colour of its meaning on a wider dark or light one: seen on any picture.
void draw_line(Ui& ui, std::span<const Point> corners, Role role) {
    ui.canvas().polyline(corners, ui.color(Role::surface), line_width + 4, true);
    ui.canvas().polyline(corners, ui.color(role), line_width, true);
}

void draw_label(Ui& ui, Rect within, std::span<const Point> corners, const FoundFrame& frame) {
    if (frame.words.empty()) return;
    float left = corners[0].x, right = left, top = corners[0].y, bottom = top;
    for (const Point& corner : corners) {
        left = std::min(left, corner.x);
        right = std::max(right, corner.x);
        top = std::min(top, corner.y);
        bottom = std::max(bottom, corner.y);
    }
    const float height = ui.grown(label_height);
    const float wanted = ui.width_of(frame.words, {label_size, Weight::bold}) + 24;
    const float width = std::min(wanted, within.w - 8);
    const float x =
        std::clamp((left + right - width) / 2, within.x + 4, within.right() - width - 4);
    const bool has_room_under = bottom + 8 + height <= within.bottom();
    const float y = has_room_under ? bottom + 8 : std::max(within.y + 4, top - 8 - height);
    const Rect label{x, y, width, height};
    ui.fill(label, Role::surface, 8);
    ui.border(label, frame.role, {8, 2});
    ui.text({x + 10, y, width - 20, height}, frame.words,
            {.size = label_size,
             .weight = Weight::bold,
             .role = frame.role,
             .align = Align::center,
             .may_shorten = true});
}

}  // namespace

void live_picture(Ui& ui, Rect rect, const PicturePtr& picture,
                  std::span<const FoundFrame> frames) {
    if (picture == nullptr || picture->width <= 0 || picture->height <= 0) return;
    const auto w = static_cast<float>(picture->width);
    const auto h = static_cast<float>(picture->height);
    const float scale = std::min(rect.w / w, rect.h / h);
    const Rect shown = centered(rect, {w * scale, h * scale});
    ui.canvas().push_clip(shown);
    ui.canvas().picture(shown, picture, 12);
    for (const FoundFrame& frame : frames) {
        std::array<Point, 4> corners;
        std::ranges::transform(frame.corners, corners.begin(), [&](Point corner) {
            return Point{shown.x + corner.x * scale, shown.y + corner.y * scale};
        });
        draw_line(ui, corners, frame.role);
        draw_label(ui, shown, corners, frame);
    }
    ui.canvas().pop_clip();
}

}  // namespace fangxin::kit
