#include "terminal/station/screens/top_bar_view.hpp"

#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

namespace fangxin::terminal {

void draw_top_bar(kit::Ui& ui, const TopBarView& view, kit::Rect& rest) {
    using kit::Role;
    kit::Rect bar = kit::take_top(rest, top_bar_height);
    ui.fill(bar, Role::surface);
    ui.divider({bar.x, bar.bottom() - 1}, bar.w);
    kit::Rect inner = kit::inset(bar, kit::Padding{.across = 20});
    kit::Rect clock = kit::take_right(inner, 84, 16);
    ui.text(clock, view.clock,
            {.size = 22, .weight = kit::Weight::bold, .align = kit::Align::right});
    float unsent_width = ui.width_of(view.unsent, {.size = ui.type_size(18)});
    ui.text(kit::take_right(inner, unsent_width, 22), view.unsent,
            {.size = 18, .role = view.unsent_role});
    for (auto light = view.lights.rbegin(); light != view.lights.rend(); ++light) {
        float width = kit::status_width(ui, light->words);
        kit::Rect place = kit::take_right(inner, width, 20);
        kit::status(ui, {place.x, place.center().y}, light->words, light->role);
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
    if (!view.notice) return;
    kit::banner(
        ui, kit::take_top(rest, notice_height),
        {.words = view.notice->words, .role = view.notice->role, .icon = kit::Icon::warning});
}

}  // namespace fangxin::terminal
