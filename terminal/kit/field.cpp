#include "terminal/kit/field.hpp"

#include "domain/text_width.hpp"

#include <algorithm>
#include <climits>

namespace fangxin::kit {

namespace {

FieldAnswer type_into(Ui& ui, const FieldStyle& style) {
    FieldAnswer answer;
    if (!style.active || !style.enabled || !ui.is_reachable()) return answer;
    ui.own_text();
    if (const std::optional<std::string> typed = ui.take_text()) {
        std::string text(style.text);
        for (std::string_view rest = *typed; !rest.empty();) {
            const std::string_view before = rest;
            const char32_t point = domain::take_code_point(rest);
            const std::string_view each = before.substr(0, before.size() - rest.size());
            if (point < 0x20 && (point != '\n' || style.lines == 1)) continue;
            if (text.size() + each.size() > style.longest) break;
            text += each;
        }
        if (text != style.text) answer.changed = std::move(text);
    }
    if (!style.text.empty() && ui.take_key(Key::backspace)) {
        answer.changed = without_last(style.text);
    }
    if (ui.memory().focus == 0 && ui.take_key(Key::enter)) answer.entered = true;
    return answer;
}

/// Keeps the end of a text that is too long in sight, where it is being written.
std::string_view visible_end(Ui& ui, std::string_view text, Type type, float width) {
    while (ui.width_of(text, type) > width && !text.empty()) {
        // Far too long: halve first, for measuring 10,000 characters again and again is slow.
        if (text.size() > 1'000) text.remove_prefix(text.size() - 800);
        domain::take_code_point(text);
    }
    return text;
}

struct Written {
    Rect room;
    Type type;
    TextStyle style;
};

void draw_one_line(Ui& ui, const Written& place, const FieldStyle& field) {
    const bool right = place.style.align == Align::right;
    const float composing = ui.width_of(field.composing, place.type);
    const Rect room = place.room;
    const std::string_view end = visible_end(ui, field.text, place.type, room.w - composing - 6);
    const float width = ui.width_of(end, place.type);
    const float x = right ? room.right() - width - composing - 4 : room.x;
    TextStyle style = place.style;
    style.align = Align::left;
    ui.text({x, room.y, width + 1, room.h}, end, style);
    const float size = ui.type_size(place.type.size);
    if (!field.composing.empty()) {
        style.role = Role::primary;
        ui.text({x + width, room.y, composing + 1, room.h}, field.composing, style);
        ui.canvas().fill({x + width, room.center().y + size * 0.55F, composing, 2},
                         ui.color(Role::primary));
    }
    if (!field.active) return;
    ui.canvas().fill({x + width + composing + 1, room.center().y - size * 0.6F, 2, size * 1.2F},
                     ui.color(Role::primary));
}

/// The last lines that fit, where it is being written.
std::string visible_lines(Ui& ui, std::string_view text, const TextStyle& style, Rect room) {
    const Type type{ui.type_size(style.size), style.weight};
    const Limits no_limit{room.w, INT_MAX};
    const Lines all = wrap(ui.canvas().glyphs().fonts(), text, type, no_limit);
    const auto fit = static_cast<int>(room.h / (type.size * line_height));
    const auto most = static_cast<std::size_t>(std::clamp(fit, 1, style.lines));
    const std::size_t first = all.lines.size() - std::min(all.lines.size(), most);
    std::string end;
    for (std::size_t i = first; i < all.lines.size(); ++i) {
        if (i > first) end += '\n';
        end += all.lines[i];
    }
    return end;
}

void draw_box(Ui& ui, const Written& place, const FieldStyle& field) {
    std::string text(field.text);
    text += field.composing;
    if (field.active) text += "|";
    TextStyle style = place.style;
    style.lines = field.lines;
    style.vertical = Vertical::top;
    style.may_shorten = true;
    const Rect room = inset(place.room, Padding{0, 10});
    ui.text(room, field.active ? visible_lines(ui, text, style, room) : text, style);
}

}  // namespace

std::string without_last(std::string_view text) {
    std::size_t last = text.size();
    while (last > 0 && (static_cast<unsigned char>(text[last - 1]) & 0xC0U) == 0x80)
        --last;
    if (last > 0) --last;
    return std::string(text.substr(0, last));
}

FieldAnswer text_field(Ui& ui, Rect rect, const FieldStyle& style) {
    const Touch touch = ui.target({.what = style.label.empty() ? style.placeholder : style.label,
                                   .rect = rect,
                                   .id = style.id,
                                   .enabled = style.enabled});
    FieldAnswer answer = type_into(ui, style);
    answer.touched = touch.activated;
    ui.fill(rect, style.active ? Role::surface : Role::raised, 12);
    ui.border(rect, style.active ? Role::primary : Role::line, {12, style.active ? 2.0F : 1.0F});
    if (touch.focused) ui.focus_ring(rect, 12);

    Rect inner = inset(rect, Padding{18, 2});
    if (style.icon != Icon::none) {
        draw_icon(ui, centered(take_left(inner, 26, 12), {26, 26}), style.icon, Role::muted);
    }
    if (!style.label.empty()) {
        const float width = ui.width_of(style.label, {20, Weight::regular}) + 1;
        ui.text(take_left(inner, width, 12), style.label, {.role = Role::muted});
    }
    Written place{inner, {22, Weight::regular}, {}};
    if (style.numeric) place.type = {std::min(44.0F, inner.h * 0.7F), Weight::bold};
    place.style = {.size = place.type.size,
                   .weight = place.type.weight,
                   .role = style.enabled ? Role::text : Role::disabled,
                   .align = style.numeric ? Align::right : Align::left,
                   .enabled = style.enabled};
    if (style.text.empty() && style.composing.empty() && !style.placeholder.empty()) {
        TextStyle faint = place.style;
        faint.role = Role::muted;
        faint.shrink = true;
        Rect after_caret = inner;
        if (style.active) take_left(after_caret, 8);
        ui.text(after_caret, style.placeholder, faint);
    }
    if (style.lines > 1) {
        draw_box(ui, place, style);
    } else {
        draw_one_line(ui, place, style);
    }
    return answer;
}

void key_in(std::string& text, std::string_view key, std::size_t longest) {
    if (key == "clear") {
        text.clear();
    } else if (key == "back") {
        text = without_last(text);
    } else if (text.size() + key.size() <= longest) {
        text += key;
    }
}

}  // namespace fangxin::kit
