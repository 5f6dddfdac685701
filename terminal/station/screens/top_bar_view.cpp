#include "terminal/station/screens/top_bar_view.hpp"

#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

constexpr float cross = 18;

/// A light that is not well is a sign in a disc, so that it is told from the others without colours
/// as well.
float trouble_width(kit::Ui& ui, std::string_view words) {
    return cross + 6 + ui.width_of(words, {18, kit::Weight::bold});
}
void draw_trouble(kit::Ui& ui, kit::Point at, std::string_view words, kit::Role role) {
    using kit::Role;
    kit::Rect disc{at.x, at.y - cross / 2 - 1, cross, cross};
    ui.canvas().circle(disc.center(), cross / 2, ui.color(role));
    const bool warns = role == Role::warn;
    kit::draw_icon(ui, kit::inset(disc, 3.5F), warns ? kit::Icon::exclamation : kit::Icon::cross,
                   Role::on_strong);
    float width = ui.width_of(words, {18, kit::Weight::bold}) + 1;
    ui.text({at.x + cross + 6, at.y - 14, width, 28}, words,
            {.size = 18, .weight = kit::Weight::bold, .role = role});
}

/// As high as the bar and as wide as a finger.
bool touched(kit::Ui& ui, const TopBarView::Light& light, kit::Rect place) {
    if (!light.opens) return false;
    const float missing = std::max(0.0F, 60.0F - place.w) / 2;
    const kit::Rect wide{place.x - missing, place.y, place.w + 2 * missing, place.h};
    const kit::Touch touch = ui.target(
        {.what = light.words, .rect = wide, .id = kit::id_of("scale light"), .min_size = 50});
    if (touch.down) ui.press_veil(wide, 8);
    if (touch.focused) ui.focus_ring(wide, 8);
    return touch.activated;
}

void draw_notice(kit::Ui& ui, const std::optional<StationNotice>& notice, kit::Rect& rest) {
    if (!notice) return;
    kit::banner(ui, kit::take_top(rest, notice_height),
                {.words = notice->words, .role = notice->role, .icon = notice->icon});
}

}  // namespace

bool draw_top_bar(kit::Ui& ui, const TopBarView& view, kit::Rect& rest) {
    using kit::Role;
    bool opened = false;
    kit::Rect bar = kit::take_top(rest, top_bar_height);
    ui.fill(bar, Role::surface);
    ui.divider({bar.x, bar.bottom() - 1}, bar.w);
    kit::Rect inner = kit::inset(bar, kit::Padding{.across = 20});
    float clock_width = ui.width_of(view.clock, {22, kit::Weight::bold}) + 1;
    ui.text(kit::take_right(inner, clock_width, 22), view.clock,
            {.size = 22, .weight = kit::Weight::bold, .align = kit::Align::right});
    float unsent_width = ui.width_of(view.unsent, {.size = ui.type_size(18)});
    ui.text(kit::take_right(inner, unsent_width, 22), view.unsent,
            {.size = 18, .role = view.unsent_role});
    for (auto light = view.lights.rbegin(); light != view.lights.rend(); ++light) {
        bool well = light->role == Role::ok;
        float width = well ? kit::status_width(ui, light->words) : trouble_width(ui, light->words);
        kit::Rect place = kit::take_right(inner, width, 20);
        kit::Point at{place.x, place.center().y};
        if (well) {
            kit::status(ui, at, light->words, light->role);
        } else {
            draw_trouble(ui, at, light->words, light->role);
        }
        opened = touched(ui, *light, place) || opened;
    }
    if (!view.test_shop.empty()) {
        const kit::TagStyle style{.role = Role::warn, .icon = kit::Icon::warning};
        const float width = kit::tag_width(ui, view.test_shop, style);
        const kit::Rect place = kit::take_left(inner, width, 14);
        kit::tag(ui, {place.x, place.center().y}, view.test_shop, style);
    }
    float shop_width =
        ui.width_of(view.shop, {.size = ui.type_size(18), .weight = kit::Weight::bold});
    ui.text(kit::take_left(inner, std::min(shop_width, inner.w / 2), 22), view.shop,
            {.size = 18, .weight = kit::Weight::bold, .may_shorten = true});
    for (const std::string& words : view.where) {
        float width = ui.width_of(words, {.size = ui.type_size(18)});
        if (inner.w < 40) break;
        ui.text(kit::take_left(inner, std::min(width, inner.w), 22), words,
                {.size = 18, .may_shorten = true});
    }
    draw_notice(ui, view.notice, rest);
    return opened;
}

}  // namespace fangxin::terminal
