// The drawing half of Ui; the touching half is ui.cpp.
#include "terminal/kit/ui.hpp"

#include <algorithm>
#include <array>

namespace fangxin::kit {

void Ui::fill(Rect rect, Role role, float radius) {
    canvas().fill(rect, color(role), radius);
    if (pass_.log != nullptr) pass_.log->fills.push_back({rect, role});
}

void Ui::divider(Point from, float width) {
    canvas().line(from, {from.x + width, from.y}, color(Role::line), 1);
}

void Ui::focus_ring(Rect rect, float radius) {
    canvas().border(inset(rect, -4), color(Role::focus), {radius + 4, 3});
}

void Ui::press_veil(Rect rect, float radius, Role on) {
    Color veil = color(on);
    veil.a = 40;
    canvas().fill(rect, veil, radius);
}

float Ui::type_size(float size) const {
    constexpr float large_enough = 44;
    return std::max(size, std::min(size * pass_.settings.text_scale, large_enough));
}

float Ui::width_of(std::string_view words, Type type) {
    type.size = type_size(type.size);
    return measure(canvas().glyphs().fonts(), words, type);
}

float Ui::height_of(std::string_view words, Type type, Limits limits) {
    type.size = type_size(type.size);
    const Lines lines = wrap(canvas().glyphs().fonts(), words, type, limits);
    return static_cast<float>(lines.lines.size()) * type.size * line_height;
}

void Ui::log_text(std::string_view words, Rect room, Rect ink, const TextStyle& style,
                  bool shortened) {
    if (pass_.log == nullptr || words.empty()) return;
    const Rect clip = canvas().clip();
    const bool is_partly_seen = ink.y < clip.y || ink.bottom() > clip.bottom();
    if (parts_open_ > 0 && is_partly_seen) return;  // a row at the edge of its list
    TextEntry entry;
    entry.text = std::string(words);
    entry.room = room;
    entry.ink = ink;
    entry.size = style.size;
    entry.role = style.role;
    entry.on = pass_.log->under(ink.center());
    entry.shortened = shortened;
    entry.may_shorten = style.may_shorten;
    entry.enabled = style.enabled;
    entry.layer = layer_;
    pass_.log->texts.push_back(std::move(entry));
}

void Ui::draw_line(Rect room, std::string_view words, const TextStyle& style, float middle) {
    const Type type{style.size, style.weight};
    float x = room.x;
    if (style.align != Align::left) {
        const float left_over = room.w - measure(canvas().glyphs().fonts(), words, type);
        x += style.align == Align::center ? left_over / 2 : left_over;
    }
    canvas().text({x, middle + type.size * middle_to_baseline}, words, type, color(style.role));
}

float Ui::text(Rect room, std::string_view words, const TextStyle& given) {
    if (words.empty()) return 0;
    Fonts& fonts = canvas().glyphs().fonts();
    TextStyle style = given;
    style.size = type_size(style.size);
    Lines lines;
    const auto lay_out = [&] {
        const Type type{style.size, style.weight};
        if (style.lines > 1) {
            lines = wrap(fonts, words, type, {room.w, style.lines});
            return;
        }
        Cut cut = cut_to(fonts, words, type, room.w);
        lines.shortened = cut.shortened;
        lines.widest = measure(fonts, cut.text, type);
        lines.lines.clear();
        lines.lines.push_back(std::move(cut.text));
    };
    lay_out();
    const float smallest = std::max(14.0F, style.size * 0.6F);
    while (style.shrink && lines.shortened && style.size > smallest) {
        style.size = std::max(smallest, style.size - 1);
        lay_out();
    }
    const float step = style.size * line_height;
    const auto count = static_cast<float>(lines.lines.size());
    const float height = count * step;
    float top = room.y;
    if (style.vertical == Vertical::middle) top += (room.h - height) / 2;
    if (style.vertical == Vertical::bottom) top += room.h - height;
    for (std::size_t i = 0; i < lines.lines.size(); ++i) {
        const float middle = top + (static_cast<float>(i) + 0.5F) * step;
        draw_line(room, lines.lines[i], style, middle);
    }
    if (pass_.log != nullptr) {
        const float leading = step - style.size;
        float x = room.x;
        if (style.align == Align::center) x += (room.w - lines.widest) / 2;
        if (style.align == Align::right) x += room.w - lines.widest;
        const Rect ink{x, top + leading / 2, lines.widest, height - leading};
        log_text(words, room, ink, style, lines.shortened);
    }
    return lines.widest;
}

}  // namespace fangxin::kit
