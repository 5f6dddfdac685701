#include "terminal/kit/button.hpp"

#include <algorithm>
#include <array>

namespace fangxin::kit {

namespace {

constexpr float radius = 12;
constexpr float cap_height = 26;
constexpr float cap_size = 16;

struct Colors {
    Role fill = Role::surface;
    Role border = Role::line;
    Role words = Role::text;
    Role sub = Role::muted;
};

Colors colors_of(const ButtonStyle& style) {
    if (!style.enabled) return {Role::raised, Role::line, Role::disabled, Role::disabled};
    if (style.selected) return {Role::primary_soft, Role::primary, Role::primary, Role::muted};
    switch (style.look) {
        case Look::primary:
            return {Role::primary, Role::primary, Role::on_strong, Role::on_strong};
        case Look::danger:
            return {Role::block, Role::block, Role::on_strong, Role::on_strong};
        default:
            return {Role::surface, Role::line, style.words, Role::muted};
    }
}

bool is_strong(const ButtonStyle& style) {
    return style.look == Look::primary || style.look == Look::danger;
}

float size_of(const ButtonStyle& style) {
    if (style.size > 0) return style.size;
    switch (style.grade) {
        case Grade::normal:
            return 20;
        case Grade::main:
            return 24;
        case Grade::final:
            return is_strong(style) ? 36.0F : 24.0F;
    }
    return 20;
}

void draw_face(Ui& ui, Rect rect, const ButtonStyle& style, const Touch& touch) {
    const Colors colors = colors_of(style);
    ui.fill(rect, colors.fill, radius);
    if (touch.down) ui.press_veil(rect, radius, colors.words);
    ui.border(rect, colors.border, {radius, 1});
    if (touch.focused) ui.focus_ring(rect, radius);
}

/// Words, and where they stand together with an icon and a key cap.
struct Content {
    std::string_view words;
    TextStyle text;
    float icon = 0;  ///< side, 0 for none
    Key cap = Key::none;
};

void draw_beside(Ui& ui, Rect area, const Content& content, const ButtonStyle& style) {
    const Colors colors = colors_of(style);
    const float cap = content.cap == Key::none ? 0 : key_cap_width(ui, content.cap);
    const float around =
        (cap > 0 ? cap + 10 : 0) +
        (content.icon > 0 ? content.icon + (content.words.empty() ? 0.0F : 8.0F) : 0);
    const float room = area.w - around;
    const float wanted = ui.width_of(content.words, {content.text.size, content.text.weight});
    const float width = std::min(wanted + 0.5F, room);
    float x = area.x + (area.w - width - around) / 2;
    if (content.words.empty()) x = area.x + (area.w - around) / 2;
    if (content.icon > 0) {
        const Rect at{x, area.center().y - content.icon / 2, content.icon, content.icon};
        draw_icon(ui, at, style.icon, colors.words);
        x += content.icon + 8;
    }
    ui.text({x, area.y, width, area.h}, content.words, content.text);
    if (cap > 0) {
        key_cap(ui, {x + width + 10, area.center().y}, content.cap,
                is_strong(style) && style.enabled ? Role::on_strong : colors.sub);
    }
}

void draw_words(Ui& ui, Rect rect, std::string_view words, const ButtonStyle& style) {
    const Colors colors = colors_of(style);
    const Rect area = inset(rect, Padding{rect.w < 120 ? 5.0F : 12.0F, 4});
    Content content;
    content.words = words;
    content.text.size = size_of(style);
    content.text.role = colors.words;
    content.text.align = Align::center;
    content.text.enabled = style.enabled;
    content.text.shrink = true;
    content.text.lines = area.h >= content.text.size * line_height * 2 ? 2 : 1;
    if (style.selected || is_strong(style)) content.text.weight = Weight::bold;
    if (style.icon != Icon::none) content.icon = content.text.size * 1.2F;
    if (ui.shows_key_caps()) content.cap = style.key;

    if (!style.sub.empty()) {
        Rect rest = area;
        const float middle = area.center().y + 4;
        rest.h = middle - rest.y;
        content.text.lines = 1;
        content.text.vertical = Vertical::bottom;
        draw_beside(ui, inset(rest, Padding{0, 1}), content, style);
        ui.text({area.x, middle, area.w, area.bottom() - middle}, style.sub,
                {.size = 16,
                 .role = colors.sub,
                 .align = Align::center,
                 .vertical = Vertical::top,
                 .shrink = true,
                 .enabled = style.enabled});
        return;
    }
    const bool stacked = content.cap != Key::none && rect.h >= 84 && rect.w < 180;
    if (!stacked) {
        draw_beside(ui, area, content, style);
        return;
    }
    Rect rest = area;
    const float words_height = std::max(area.h - cap_height - 22, 24.0F);
    Rect upper = take_top(rest, words_height + 14);
    upper.y += 6;
    upper.h -= 6;
    const Key cap = content.cap;
    content.cap = Key::none;
    content.text.lines = upper.h >= content.text.size * line_height * 2 ? 2 : 1;
    draw_beside(ui, upper, content, style);
    const float cap_width = key_cap_width(ui, cap);
    key_cap(ui, {area.center().x - cap_width / 2, rest.y + cap_height / 2 - 4}, cap,
            is_strong(style) ? Role::on_strong : colors.sub);
}

}  // namespace

float min_size_of(Grade grade) {
    switch (grade) {
        case Grade::normal:
            return 56;
        case Grade::main:
            return 72;
        case Grade::final:
            return 84;
    }
    return 56;
}

bool button(Ui& ui, Rect rect, std::string_view words, const ButtonStyle& style) {
    const Touch touch = ui.target({.what = words.empty() ? style.sub : words,
                                   .rect = rect,
                                   .id = style.id,
                                   .key = style.key,
                                   .min_size = min_size_of(style.grade),
                                   .enabled = style.enabled});
    draw_face(ui, rect, style, touch);
    draw_words(ui, rect, words, style);
    return touch.activated;
}

float key_cap_width(Ui& ui, Key key) {
    return std::max(cap_height, ui.width_of(name_of(key), {cap_size, Weight::regular}) + 16);
}

float key_cap(Ui& ui, Point at, Key key, Role role) {
    const float height = ui.is_large_text() ? cap_height * 1.2F : cap_height;
    const Rect rect{at.x, at.y - height / 2, key_cap_width(ui, key), height};
    Color edge = ui.color(role == Role::muted ? Role::line : role);
    if (role == Role::on_strong) edge.a = 150;
    ui.canvas().border(rect, edge, {6, 1});
    ui.text(rect, name_of(key),
            {.size = cap_size,
             .role = role,
             .align = Align::center,
             .enabled = role != Role::disabled});
    return rect.w;
}

std::optional<std::string_view> keypad(Ui& ui, Rect rect, Grid grid, std::span<const PadKey> keys) {
    std::optional<std::string_view> pressed;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const PadKey& key = keys[i];
        if (key.words.empty() && key.icon == Icon::none) continue;
        const Rect at = cell(rect, grid, static_cast<int>(i));
        const bool is_sign = key.words == key.value;
        const ButtonStyle style{.icon = key.icon,
                                .enabled = key.enabled,
                                .size = is_sign || key.words.empty() ? 28.0F : 22.0F,
                                .id = id_of(key.value, 0x9AD)};
        // The digits are their own key caps, so that none is drawn on them.
        const Touch touch = ui.target({.what = key.value,
                                       .rect = at,
                                       .id = style.id,
                                       .key = key.key,
                                       .enabled = key.enabled});
        draw_face(ui, at, style, touch);
        draw_words(ui, at, key.words, style);
        if (touch.activated) pressed = key.value;
    }
    return pressed;
}

namespace {

PadKey digit(int number) {
    constexpr std::string_view digits = "0123456789";
    const std::string_view one = digits.substr(static_cast<std::size_t>(number), 1);
    return {.words = one, .value = one, .key = digit_key(number)};
}

constexpr PadKey back_key{.value = "back", .key = Key::backspace, .icon = Icon::backspace};

}  // namespace

std::vector<PadKey> pin_pad(std::string_view clear_words) {
    return {digit(7), digit(8),
            digit(9), digit(4),
            digit(5), digit(6),
            digit(1), digit(2),
            digit(3), {.words = clear_words, .value = "clear", .key = Key::remove},
            digit(0), back_key};
}

std::vector<PadKey> money_pad(std::string_view clear_words) {
    return {digit(7), digit(8),
            digit(9), back_key,
            digit(4), digit(5),
            digit(6), {.words = clear_words, .value = "clear", .key = Key::remove},
            digit(1), digit(2),
            digit(3), {.words = "00", .value = "00"},
            digit(0), {.words = ".", .value = ".", .key = Key::dot}};
}

}  // namespace fangxin::kit
