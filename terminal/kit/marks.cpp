#include "terminal/kit/marks.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::kit {

namespace {

constexpr float tag_height = 24;
constexpr float tag_size = 16;
constexpr float light = 11;

}  // namespace

float tag_width(Ui& ui, std::string_view words, const TagStyle& style) {
    if (style.width > 0) return style.width;
    const float icon = style.icon == Icon::none ? 0 : ui.grown(tag_size) + 4;
    return ui.width_of(words, {tag_size, Weight::regular}) + icon + 16;
}

float tag(Ui& ui, Point at, std::string_view words, const TagStyle& style) {
    const float height = ui.grown(tag_height);
    const Rect rect{at.x, at.y - height / 2, tag_width(ui, words, style), height};
    ui.fill(rect, style.on_soft ? Role::surface : soft_of(style.role), 6);
    Rect inner = inset(rect, Padding{8, 0});
    if (style.icon != Icon::none) {
        const float side = ui.grown(tag_size);
        const Rect left = take_left(inner, side, 4);
        draw_icon(ui, centered(left, {side, side}), style.icon, style.role);
    }
    ui.text({inner.x, inner.y, inner.w + 1, inner.h}, words,
            {.size = tag_size, .role = style.role, .align = Align::center});
    return rect.w;
}

float status_width(Ui& ui, std::string_view words) {
    return light + 7 + ui.width_of(words, {18, Weight::regular});
}

float status(Ui& ui, Point at, std::string_view words, Role role) {
    ui.canvas().circle({at.x + light / 2, at.y - 1}, light / 2, ui.color(role));
    const float width = ui.width_of(words, {18, Weight::regular}) + 1;
    const bool calm = role == Role::ok || role == Role::muted;
    ui.text({at.x + light + 7, at.y - 14, width, 28}, words,
            {.size = 18, .role = calm ? Role::muted : role});
    return light + 7 + width;
}

void badge(Ui& ui, Point at, int count, Role role) {
    if (count <= 0) return;
    const std::string words = count > 99 ? "99+" : fmt::format("{}", count);
    const float height = ui.grown(26);
    const float width = std::max(height, ui.width_of(words, {16, Weight::regular}) + 16);
    const Rect rect{at.x - width, at.y - height / 2, width, height};
    ui.fill(rect, role, height / 2);
    ui.text(rect, words, {.size = 16, .role = Role::on_strong, .align = Align::center});
}

void big_number(Ui& ui, Rect rect, const BigNumber& number) {
    const float small = number.size * 0.54F;
    const Type digits{number.size, Weight::bold};
    const Type beside{small, Weight::regular};
    const float gap = number.size * 0.12F;
    const auto width_with_gap = [&](std::string_view words) {
        return words.empty() ? 0 : ui.width_of(words, beside) + gap;
    };
    const float before = width_with_gap(number.before);
    const float middle = ui.width_of(number.digits, digits);
    const float behind = width_with_gap(number.behind);
    float x = rect.x;
    const float left_over = rect.w - before - middle - behind;
    if (number.align == Align::right) x += left_over;
    if (number.align == Align::center) x += left_over / 2;
    // All three stand on the baseline of the digits.
    const float lift = (ui.type_size(number.size) - ui.type_size(small)) * middle_to_baseline;
    const Rect low{x, rect.y + lift, before, rect.h};
    ui.text(low, number.before, {.size = small, .role = number.role});
    ui.text({x + before, rect.y, middle + 1, rect.h}, number.digits,
            {.size = number.size, .weight = Weight::bold, .role = number.role});
    ui.text({x + before + middle + gap, rect.y + lift, behind + 1, rect.h}, number.behind,
            {.size = small, .role = number.role});
}

float key_values(Ui& ui, Rect rect, std::span<const KeyValue> rows, const KeyValueStyle& style) {
    const float row_height = ui.grown(style.row_height);
    const float key_width = ui.grown(style.key_width);
    float y = rect.y;
    for (const KeyValue& row : rows) {
        const Rect value{rect.x + key_width, y, rect.w - key_width, row_height};
        const Weight weight = row.bold ? Weight::bold : Weight::regular;
        const float needs = ui.height_of(row.value, {style.size, weight}, {value.w, style.lines});
        const float height = std::max(row_height, needs);
        ui.text({rect.x, y, key_width - 6, row_height}, row.key,
                {.size = style.size, .role = Role::muted, .shrink = true});
        ui.text({value.x, y, value.w, height}, row.value,
                {.size = style.size, .weight = weight, .role = row.role, .lines = style.lines});
        y += height;
    }
    return y - rect.y;
}

void sign(Ui& ui, Rect rect, Icon icon, const SignStyle& style) {
    const float side = std::min(rect.w, rect.h);
    const Rect square = centered(rect, {side, side});
    ui.fill(square, style.strong ? style.role : soft_of(style.role), style.round ? side / 2 : 12);
    constexpr float pen = 2.8F;  // it stands beside words that are large and bold
    draw_icon(ui, inset(square, side * 0.2F), icon, style.strong ? Role::on_strong : style.role,
              pen);
}

void pin_dots(Ui& ui, Rect rect, int typed, int of) {
    constexpr float radius = 9;
    constexpr float step = 36;
    const float width = static_cast<float>(of - 1) * step;
    for (int i = 0; i < of; ++i) {
        const Point at{rect.center().x - width / 2 + static_cast<float>(i) * step, rect.center().y};
        if (i < typed) {
            ui.canvas().circle(at, radius, ui.color(Role::text));
        } else {
            ui.canvas().arc({at, radius - 1, 0, 1, 2}, ui.color(Role::muted));
        }
    }
}

}  // namespace fangxin::kit
