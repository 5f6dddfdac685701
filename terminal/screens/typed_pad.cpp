#include "terminal/screens/typed_pad.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/panels.hpp"

namespace fangxin::terminal::till {

using kit::Role;

std::optional<std::string> draw(kit::Ui& ui, const TypedPad& pad, kit::Rect rect) {
    const kit::Rect well = kit::take_top(rect, 64, 10);
    ui.fill(well, Role::raised, 12);
    ui.border(well, Role::primary, {12, 2});
    const bool empty = pad.typed.empty();
    ui.text(kit::inset(well, kit::Padding{18, 0}), empty ? pad.placeholder : pad.typed,
            {.size = 30,
             .role = empty ? Role::muted : Role::text,
             .align = kit::Align::right,
             .shrink = true});
    const auto keys = kit::pin_pad(pad.clear);
    const auto key = kit::keypad(ui, rect, {3, 4, 8}, keys);
    return key ? std::optional<std::string>(*key) : std::nullopt;
}

}  // namespace fangxin::terminal::till
