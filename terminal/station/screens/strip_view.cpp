#include "terminal/station/screens/strip_view.hpp"

namespace fangxin::terminal {

void draw_strip(kit::Ui& ui, const Strip& strip, kit::Rect rect) {
    using kit::Role;
    ui.fill(rect, Role::text, 14);
    kit::Rect inner = kit::inset(rect, kit::Padding{20, 4});
    kit::draw_icon(ui, kit::centered(kit::take_left(inner, 28, 12), {28, 28}), strip.icon,
                   Role::background);
    ui.text(inner, strip.words, {.size = 22, .role = Role::background, .shrink = true});
}

void draw_strip_over_dialog(kit::Ui& ui, const Strip& strip) {
    ui.begin_layer();  // the dialog's own, so that it stays within reach
    draw_strip(ui, strip, {240, 4, 800, 48});
    ui.end_layer();
}

}  // namespace fangxin::terminal
