#include "handheld/screens/camera_view.hpp"

#include "handheld/screens/head_view.hpp"
#include "handheld/screens/page_parts.hpp"

#include <algorithm>

namespace fangxin::handheld {

namespace {

using camera::Action;
using kit::Rect;
using kit::Role;

/// What to do, with its sign, and what is read in full under it.
void draw_words(kit::Ui& ui, Rect& rest, const CameraView& view) {
    const bool has_reading = !view.reads.empty();
    Rect page = kit::inset(rest, kit::Padding{.across = page_margin});
    const float says = std::max(
        grown(ui, 44), ui.height_of(view.says, {20, kit::Weight::bold}, {page.w - 86, 2}) + 12);
    const float reads = has_reading ? grown(ui, 36) : 0;
    const Rect at = kit::take_bottom(page, says + reads + 16);
    kit::take_bottom(rest, at.h + 8);
    kit::card(ui, at, {.fill = kit::soft_of(view.role), .border = view.role, .border_width = 2});
    Rect inner = kit::inset(at, kit::Padding{14, 8});
    Rect line = kit::take_top(inner, says);
    const Rect sign = kit::take_left(line, 32, 12);
    kit::draw_icon(ui, kit::centered(sign, {30, 30}), view.icon, view.role);
    ui.text(line, view.says,
            {.size = 20, .weight = kit::Weight::bold, .role = view.role, .lines = 2});
    if (has_reading) ui.text(inner, view.reads, {.size = 20, .may_shorten = true});
}

}  // namespace

std::optional<Action> draw(kit::Ui& ui, const kit::TextTable& texts, const CameraView& view,
                           Rect rect) {
    std::optional<Action> action;
    if (draw_head(ui, texts, view.head, rect)) action = camera::Cancelled{};
    std::vector<FootButton> buttons{{view.cancel, {.key = kit::Key::f10}}};
    if (!view.take.empty()) {
        buttons.push_back({view.take,
                           {.look = kit::Look::primary,
                            .key = kit::Key::f12,
                            .icon = kit::Icon::camera,
                            .enabled = view.can_take}});
    }
    if (const auto pressed = draw_foot(ui, rect, buttons)) {
        action = *pressed == 0 ? Action{camera::Cancelled{}} : Action{camera::Taken{}};
    }
    if (!view.says.empty()) draw_words(ui, rect, view);
    const Rect room = kit::inset(rect, kit::Padding{page_margin, 8});
    if (view.instead) {
        kit::empty_state(ui, room, {view.instead->icon, view.instead->title, view.instead->hint});
    } else if (view.is_starting) {
        kit::spinner(ui, kit::centered(room, {64, 64}));
    } else if (view.picture != nullptr) {
        // At the top, so that it stays where it is while the words under it grow.
        const float height = room.w * static_cast<float>(view.picture->height) /
                             static_cast<float>(view.picture->width);
        kit::live_picture(ui, {room.x, room.y, room.w, std::min(room.h, height)}, view.picture,
                          view.frames);
    }
    return action;
}

}  // namespace fangxin::handheld
