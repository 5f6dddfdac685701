#include "handheld/screens/pads.hpp"

#include "handheld/screens/page_parts.hpp"

#include <algorithm>

namespace fangxin::handheld {

using kit::Icon;
using kit::Rect;
using kit::Role;
using kit::Weight;

std::optional<std::string> draw_digit_pad(kit::Ui& ui, Rect& rest, const DigitPad& pad) {
    constexpr float gap = 8;
    const float key_height = std::clamp((rest.h - pad.above - 4 * gap) / 4, 56.0F, 68.0F);
    const Rect at = kit::take_bottom(rest, 4 * key_height + 3 * gap, 8);
    std::vector<kit::PadKey> keys = kit::pin_pad(pad.clear);
    if (pad.with_point) keys[9] = {.words = ".", .value = ".", .key = kit::Key::dot};
    const auto key = kit::keypad(ui, kit::inset(at, kit::Padding{.across = page_margin}),
                                 {.columns = 3, .rows = 4, .gap = gap}, keys);
    if (!key) return std::nullopt;
    return std::string(*key);
}

std::optional<std::string> draw_lot_pad(kit::Ui& ui, Rect& rest) {
    constexpr std::string_view signs = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-/.";
    constexpr int columns = 7;
    constexpr int rows = 6;
    constexpr float gap = 8;
    const Rect at = kit::take_bottom(rest, rows * 58 + (rows - 1) * gap, 8);
    std::vector<kit::PadKey> keys;
    for (std::size_t i = 0; i < signs.size(); ++i) {
        keys.push_back({.words = signs.substr(i, 1), .value = signs.substr(i, 1)});
    }
    keys.push_back({});
    keys.push_back({});
    keys.push_back({.value = "back", .key = kit::Key::backspace, .icon = Icon::backspace});
    const auto key = kit::keypad(ui, kit::inset(at, kit::Padding{.across = page_margin}),
                                 {.columns = columns, .rows = rows, .gap = gap}, keys);
    if (key) return std::string(*key);
    ui.own_text();
    return ui.take_text();
}

void draw_reading(kit::Ui& ui, Rect rect, const Reading& reading) {
    ui.fill(rect, Role::surface, 12);
    ui.border(rect, Role::primary, {12, 2});
    const Rect inner = kit::inset(rect, kit::Padding{16, 2});
    if (reading.text.empty()) {
        ui.text(inner, reading.placeholder,
                {.size = 24, .role = Role::muted, .align = kit::Align::center, .shrink = true});
        return;
    }
    if (reading.unit.empty()) {
        ui.text(inner, reading.text,
                {.size = reading.size,
                 .weight = Weight::bold,
                 .align = kit::Align::center,
                 .may_shorten = true,
                 .shrink = true});
        return;
    }
    // Ten digits and a unit have to fit where two are usual.
    const float gap = reading.size * 0.2F;
    const float wanted = ui.width_of(reading.text, {reading.size, Weight::bold}) +
                         ui.width_of(reading.unit, {reading.size * 0.54F, Weight::regular}) + gap;
    const float size = reading.size * std::min(1.0F, inner.w / wanted);
    kit::big_number(ui, inner,
                    {.digits = reading.text,
                     .behind = reading.unit,
                     .size = size,
                     .align = kit::Align::center});
}

void take_reading(kit::Ui& ui, Rect& rest, const Reading& reading) {
    draw_reading(ui, kit::inset(kit::take_top(rest, 72, 8), kit::Padding{.across = page_margin}),
                 reading);
}

std::optional<std::size_t> draw_years(kit::Ui& ui, Rect& rest, std::span<const Year> years) {
    if (years.empty()) return std::nullopt;
    const Rect row = kit::inset(kit::take_top(rest, 64, 8), kit::Padding{.across = page_margin});
    std::optional<std::size_t> chosen;
    for (std::size_t i = 0; i < years.size(); ++i) {
        const Rect at = kit::cell(row, {.columns = 2, .rows = 1, .gap = 8}, static_cast<int>(i));
        if (kit::button(ui, at, years[i].words,
                        {.key = i == 0 ? kit::Key::f5 : kit::Key::f6,
                         .selected = years[i].selected,
                         .size = 22})) {
            chosen = i;
        }
    }
    return chosen;
}

namespace {

bool draw_step(kit::Ui& ui, Rect at, bool up) {
    const kit::Touch touch = ui.target({.what = up ? "more" : "less",
                                        .rect = at,
                                        .id = kit::id_of(up ? "more" : "less"),
                                        .key = up ? kit::Key::plus : kit::Key::minus,
                                        .min_size = 84});
    ui.fill(at, Role::surface, 12);
    if (touch.down) ui.fill(at, Role::primary_soft, 12);
    ui.border(at, Role::line, {12, 1});
    if (touch.focused) ui.focus_ring(at, 12);
    kit::draw_icon(ui, kit::centered(at, {40, 40}), up ? Icon::plus : Icon::minus, Role::text);
    return touch.activated;
}

}  // namespace

QuantityAnswer draw_quantity(kit::Ui& ui, Rect& rest, const QuantityPad& pad) {
    QuantityAnswer answer;
    answer.key =
        draw_digit_pad(ui, rest, {.clear = pad.clear, .with_point = pad.is_weighed, .above = 92});
    Rect row = kit::inset(kit::take_bottom(rest, 84, 8), kit::Padding{.across = page_margin});
    if (draw_step(ui, kit::take_left(row, 84, 8), false)) answer.step_up = false;
    if (draw_step(ui, kit::take_right(row, 84, 8), true)) answer.step_up = true;
    draw_reading(ui, row, {.text = pad.reading, .unit = pad.unit});
    return answer;
}

}  // namespace fangxin::handheld
