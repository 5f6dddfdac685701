#include "terminal/station/screens/approval_view.hpp"

#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/pin_entry_view.hpp"

#include <algorithm>

namespace fangxin::terminal {

std::optional<ApprovalAction> draw(kit::Ui& ui, const ApprovalView& view) {
    kit::Rect screen = ui.screen();
    kit::Dialog dialog(ui, {.size = {std::min(560.0F, screen.w - 16), std::min(784.0F, screen.h)},
                            .title = view.title,
                            .icon = kit::Icon::lock});
    kit::Rect body = dialog.body();
    float line = ui.type_size(20) * kit::line_height;
    ui.text(kit::take_top(body, 2 * line, 6), view.what,
            {.vertical = kit::Vertical::top, .lines = 2, .may_shorten = true});
    float note = ui.type_size(18) * kit::line_height;
    ui.text(kit::take_top(body, note, 8), view.who,
            {.size = 18, .role = kit::Role::muted, .may_shorten = true});
    return draw_pin_entry(ui, view.entry, body, {.confirm = view.confirm, .cancel = view.cancel});
}

}  // namespace fangxin::terminal
