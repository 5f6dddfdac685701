#include "terminal/station/screens/pin_entry_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

constexpr float field_height = 60;
constexpr float trouble_height = 56;
constexpr float confirm_height = 84;

struct Box {
    std::string_view label;
    bool active = false;
    bool enabled = true;
};

struct DrawnBox {
    kit::Rect room;  ///< what is left for the content
    bool touched = false;
};
/// The frame of a field that the pad writes into.
DrawnBox field_box(kit::Ui& ui, kit::Rect rect, const Box& box) {
    using kit::Role;
    kit::Touch touch = ui.target({.what = box.label,
                                  .rect = rect,
                                  .id = kit::id_of(box.label, 0xB0C5),
                                  .enabled = box.enabled,
                                  .focusable = !box.active});
    ui.fill(rect, box.active ? Role::surface : Role::raised, 12);
    ui.border(rect, box.active ? Role::primary : Role::line, {12, box.active ? 2.0F : 1.0F});
    if (touch.focused) ui.focus_ring(rect, 12);
    kit::Rect inner = kit::inset(rect, kit::Padding{.across = 18});
    float width = std::min(ui.width_of(box.label, {20, kit::Weight::regular}) + 1, inner.w * 0.45F);
    ui.text(kit::take_left(inner, width, 12), box.label, {.role = Role::muted, .shrink = true});
    return {inner, touch.activated};
}

void draw_trouble(kit::Ui& ui, kit::Rect rect, std::string_view words) {
    if (words.empty()) return;
    ui.fill(rect, kit::Role::block_soft, 10);
    kit::Rect inner = kit::inset(rect, kit::Padding{.across = 14});
    kit::draw_icon(ui, kit::centered(kit::take_left(inner, 24, 10), {24, 24}), kit::Icon::warning,
                   kit::Role::block);
    ui.text(inner, words, {.size = 18, .role = kit::Role::block, .lines = 2, .shrink = true});
}

PinAction action_of(std::string_view value) {
    if (value == "back") return pin::Erase{};
    if (value == "clear") return pin::Clear{};
    return pin::Digit{value.front()};
}

std::optional<PinAction> draw_buttons(kit::Ui& ui, kit::Rect rect, const PinButtons& buttons,
                                      bool can_confirm) {
    std::optional<PinAction> action;
    if (!buttons.cancel.empty() &&
        kit::button(ui, kit::take_left(rect, rect.w * 0.36F, 12), buttons.cancel,
                    {.grade = kit::Grade::final, .key = kit::Key::escape}))
        action = pin::Cancel{};
    if (kit::button(ui, rect, buttons.confirm,
                    {.look = kit::Look::primary,
                     .grade = kit::Grade::final,
                     .key = kit::Key::enter,
                     .enabled = can_confirm,
                     .size = 28,
                     .id = kit::id_of("confirm", 0xB0C5)}))
        action = pin::Confirm{};
    return action;
}

}  // namespace

std::optional<PinAction> draw_pin_entry(kit::Ui& ui, const PinEntryView& view, kit::Rect rect,
                                        const PinButtons& buttons) {
    std::optional<PinAction> action;
    if (view.asks_number) {
        DrawnBox number = field_box(ui, kit::take_top(rect, field_height, 8),
                                    {view.number_label, view.number_active, view.can_type});
        ui.text(number.room, view.number,
                {.size = 28, .weight = kit::Weight::bold, .align = kit::Align::right});
        if (number.touched) action = pin::Touch{PinField::number};
    }
    DrawnBox box = field_box(ui, kit::take_top(rect, field_height, 8),
                             {view.pin_label, view.pin_active, view.can_type});
    float width = std::min(box.room.w, static_cast<float>(view.places - 1) * 36 + 20);
    kit::pin_dots(ui, kit::take_right(box.room, width), view.typed, view.places);
    if (box.touched) action = pin::Touch{PinField::pin};
    draw_trouble(ui, kit::take_top(rect, trouble_height, 8), view.trouble);
    if (auto last =
            draw_buttons(ui, kit::take_bottom(rect, confirm_height, 12), buttons, view.can_confirm))
        action = last;
    constexpr float highest_pad = 4 * 84 + 3 * 8;
    rect = kit::take_bottom(rect, std::min(rect.h, highest_pad));
    std::vector<kit::PadKey> keys = kit::pin_pad(view.clear);
    for (kit::PadKey& key : keys)
        key.enabled = view.can_type;
    if (auto value = kit::keypad(ui, rect, {.columns = 3, .rows = 4}, keys))
        action = action_of(*value);
    if (view.counts_down) ui.frame_after(250);
    return action;
}

}  // namespace fangxin::terminal
