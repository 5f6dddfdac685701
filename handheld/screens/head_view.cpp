#include "handheld/screens/head_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"

namespace fangxin::handheld {

namespace {

constexpr float head_height = 60;
constexpr float notice_height = 44;

void draw_notice(kit::Ui& ui, const terminal::StationNotice& notice, kit::Rect& rest) {
    const kit::Rect strip = kit::take_top(rest, notice_height);
    ui.fill(strip, kit::soft_of(notice.role));
    kit::Rect inner = kit::inset(strip, kit::Padding{.across = 14});
    kit::draw_icon(ui, kit::centered(kit::take_left(inner, 22, 8), {22, 22}), notice.icon,
                   notice.role);
    ui.text(inner, notice.words, {.size = 18, .role = notice.role, .shrink = true});
}

}  // namespace

bool draw_head(kit::Ui& ui, const kit::TextTable& texts, const HeadView& view, kit::Rect& rest) {
    using kit::Role;
    const kit::Rect head = kit::take_top(rest, head_height);
    ui.fill(head, Role::surface);
    ui.divider({head.x, head.bottom() - 1}, head.w);
    kit::Rect inner = kit::inset(head, kit::Padding{.across = 14});
    bool back = false;
    if (view.can_go_back) {
        const kit::Rect at{head.x + 2, head.y + 1, 56, 58};
        const kit::Touch touch =
            ui.target({.what = texts.tr("Back"), .rect = at, .key = kit::Key::escape});
        back = touch.activated;
        if (touch.down) ui.fill(kit::inset(at, 4), Role::primary_soft, 12);
        if (touch.focused) ui.focus_ring(kit::inset(at, 4), 12);
        kit::draw_icon(ui, kit::centered(at, {28, 28}), kit::Icon::back, Role::text);
        kit::take_left(inner, 44);
    }
    const float clock_width = ui.width_of(view.clock, {18, kit::Weight::bold}) + 1;
    ui.text(kit::take_right(inner, clock_width, 10), view.clock,
            {.size = 18, .weight = kit::Weight::bold, .align = kit::Align::right});
    const kit::Rect light = kit::take_right(inner, kit::status_width(ui, view.server), 10);
    kit::status(ui, {light.x, light.center().y}, view.server, view.server_role);
    if (!view.test_shop.empty()) {
        const kit::TagStyle style{.role = Role::warn};
        const kit::Rect place =
            kit::take_right(inner, kit::tag_width(ui, view.test_shop, style), 8);
        kit::tag(ui, {place.x, place.center().y}, view.test_shop, style);
    }
    ui.text(inner, view.title, {.size = 22, .weight = kit::Weight::bold, .may_shorten = true});
    if (view.notice) draw_notice(ui, *view.notice, rest);
    return back;
}

}  // namespace fangxin::handheld
