#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::kit {

void card(Ui& ui, Rect rect, const CardStyle& style) {
    ui.fill(rect, style.fill, style.radius);
    ui.border(rect, style.border, {style.radius, style.border_width});
}

Dialog::Dialog(Ui& ui, const Style& style) : ui_(ui) {
    ui.begin_layer();
    const Rect whole = ui.canvas().clip();
    ui.canvas().fill(whole, {8, 14, 20, 140});
    const Rect rect = centered(ui.screen(), style.size);
    card(ui, rect, {.radius = 16});
    body_ = inset(rect, 26);
    if (style.title.empty()) return;
    Rect head = take_top(body_, ui.is_large_text() ? 56.0F : 44.0F, 12);
    if (style.icon != Icon::none) {
        const Rect left = take_left(head, 36, 12);
        draw_icon(ui, centered(left, {34, 34}), style.icon, style.role);
    }
    ui.text(head, style.title, {.size = 28, .weight = Weight::bold, .shrink = true});
}

void banner(Ui& ui, Rect rect, const Notice& notice) {
    ui.fill(rect, soft_of(notice.role), 12);
    ui.border(rect, notice.role, {12, 1});
    Rect inner = inset(rect, Padding{18, 4});
    if (notice.icon != Icon::none) {
        draw_icon(ui, centered(take_left(inner, 26, 12), {26, 26}), notice.icon, notice.role);
    }
    const bool two_lines = inner.h > 20 * line_height * 2 * ui.grown(1);
    ui.text(inner, notice.words, {.role = notice.role, .lines = two_lines ? 2 : 1, .shrink = true});
}

void toast(Ui& ui, const Notice& notice, std::int64_t until_ms) {
    const bool has_icon = notice.icon != Icon::none;
    const float around = has_icon ? 84.0F : 48.0F;
    const Rect screen = ui.screen();
    const float wanted = ui.width_of(notice.words, {22, Weight::regular}) + around + 2;
    const float width = std::min(wanted, screen.w - 32);
    const Rect rect{(screen.w - width) / 2, screen.h - 180, width, 60};
    ui.fill(rect, Role::text, 30);
    Rect inner = inset(rect, Padding{24, 0});
    if (has_icon) {
        draw_icon(ui, centered(take_left(inner, 26, 10), {26, 26}), notice.icon, Role::background);
    }
    ui.text(inner, notice.words, {.size = 22, .role = Role::background, .shrink = true});
    ui.frame_after(until_ms - ui.now_ms());
}

void progress_bar(Ui& ui, Rect rect, float part) {
    const float radius = rect.h / 2;
    ui.fill(rect, Role::primary_soft, radius);
    const float filled = rect.w * std::clamp(part, 0.0F, 1.0F);
    if (filled > 1)
        ui.fill({rect.x, rect.y, std::max(filled, rect.h), rect.h}, Role::primary, radius);
}

void spinner(Ui& ui, Rect rect) {
    constexpr std::int64_t turn_ms = 1'000;
    const float at = static_cast<float>(ui.now_ms() % turn_ms) / static_cast<float>(turn_ms);
    const float side = std::min(rect.w, rect.h);
    const float width = std::max(2.0F, side / 9);
    const float radius = (side - width) / 2;
    ui.canvas().arc({rect.center(), radius, 0, 1, width}, ui.color(Role::primary_soft));
    ui.canvas().arc({rect.center(), radius, at, at + 0.28F, width}, ui.color(Role::primary));
    ui.frame_after(50);
}

void photo(Ui& ui, Rect rect, const PicturePtr& picture, std::string_view instead) {
    ui.fill(rect, Role::raised, 12);
    if (picture != nullptr && picture->width > 0 && picture->height > 0) {
        const auto w = static_cast<float>(picture->width);
        const auto h = static_cast<float>(picture->height);
        const float scale = std::min(rect.w / w, rect.h / h);
        ui.canvas().picture(centered(rect, {w * scale, h * scale}), picture, 12);
    } else {
        Rect inner = inset(rect, 8);
        const float side = std::min({56.0F, inner.w, inner.h / 2});
        Rect upper = take_top(inner, inner.h / 2 + side / 4);
        draw_icon(ui, {upper.center().x - side / 2, upper.bottom() - side - 4, side, side},
                  Icon::camera, Role::muted);
        ui.text(inner, instead,
                {.size = 18,
                 .role = Role::muted,
                 .align = Align::center,
                 .vertical = Vertical::top,
                 .lines = 2});
    }
    ui.border(rect, Role::line, {12, 1});
}

void empty_state(Ui& ui, Rect rect, const EmptyState& state) {
    const float title = ui.is_large_text() ? 44.0F : 36.0F;
    const float hint_height = ui.height_of(state.hint, {20, Weight::regular}, {rect.w - 40, 3});
    const float icon = state.icon == Icon::none ? 0 : 72.0F;
    Rect middle = centered(rect, {rect.w - 40, icon + 12 + title + 6 + hint_height});
    if (icon > 0) {
        const Rect at = take_top(middle, icon, 12);
        draw_icon(ui, inset(at, 6), state.icon, Role::muted);
    }
    ui.text(take_top(middle, title, 6), state.title,
            {.size = 24, .align = Align::center, .shrink = true});
    ui.text({middle.x, middle.y, middle.w, hint_height}, state.hint,
            {.role = Role::muted, .align = Align::center, .vertical = Vertical::top, .lines = 3});
}

}  // namespace fangxin::kit
