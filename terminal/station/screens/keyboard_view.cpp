#include "terminal/station/screens/keyboard_view.hpp"

#include "terminal/kit/icons.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

using kit::KeyRole;
using kit::Rect;
using kit::Role;

constexpr float candidates_height = 60;
constexpr float widest_quarter = 26;
constexpr float pad_quarter = 19;  ///< of the number pad, whose keys are eight quarters wide

struct Colors {
    Role fill = Role::surface;
    Role border = Role::line;
    Role words = Role::text;
};

Colors colors_of(const kit::KeyView& key) {
    if (!key.enabled) return {Role::raised, Role::line, Role::disabled};
    if (key.pressed) return {Role::primary_soft, Role::primary, Role::primary};
    if (key.role == KeyRole::done) return {Role::primary, Role::primary, Role::on_strong};
    if (key.role == KeyRole::sign || key.role == KeyRole::space) return {};
    return {Role::raised, Role::line, Role::text};
}

/// One target that lies against its neighbours, and the face drawn inside of it.
struct Face {
    std::string_view what;
    kit::Id id = 0;
    Colors colors;
    bool enabled = true;
    float gap = 3;
};
bool draw_face(kit::Ui& ui, Rect rect, const Face& face) {
    kit::Touch touch = ui.target({.what = face.what,
                                  .rect = rect,
                                  .id = face.id,
                                  .min_size = 44,
                                  .spacing = kit::Spacing::joined,
                                  .enabled = face.enabled,
                                  .focusable = false});
    Rect inner = kit::inset(rect, face.gap);
    ui.fill(inner, touch.down ? Role::primary_soft : face.colors.fill, 9);
    ui.border(inner, face.colors.border, {9, 1});
    if (touch.focused) ui.border(inner, Role::focus, {9, 3});
    return touch.activated;
}

bool draw_key(kit::Ui& ui, Rect rect, const kit::KeyView& key) {
    Colors colors = colors_of(key);
    bool tapped = draw_face(ui, rect, {key.label, kit::id_of(key.id, 0x6B), colors, key.enabled});
    if (key.role == KeyRole::backspace) {
        kit::draw_icon(ui, kit::centered(rect, {30, 30}), kit::Icon::backspace, colors.words);
        return tapped;
    }
    bool is_sign = key.role == KeyRole::sign;
    ui.text(kit::inset(rect, 4), key.label,
            {.size = is_sign ? 26.0F : 19.0F,
             .weight = key.role == KeyRole::done ? kit::Weight::bold : kit::Weight::regular,
             .role = colors.words,
             .align = kit::Align::center,
             .shrink = true,
             .enabled = key.enabled});
    return tapped;
}

bool draw_arrow(kit::Ui& ui, Rect rect, kit::Icon icon, bool enabled) {
    Colors colors = enabled ? Colors{} : Colors{Role::raised, Role::line, Role::disabled};
    std::string_view what = icon == kit::Icon::back ? "<" : ">";
    bool tapped = draw_face(ui, rect, {what, kit::id_of(what, 0xCA4D), colors, enabled});
    kit::draw_icon(ui, kit::centered(rect, {26, 26}), icon, colors.words);
    return tapped;
}

/// The spelling, which is a button of its own; returns true if it was tapped.
bool draw_spelling(kit::Ui& ui, Rect& rest, std::string_view spelling) {
    float wanted = ui.width_of(spelling, {18, kit::Weight::regular}) + 25;
    float width = std::min(wanted, std::floor(rest.w * 0.34F));
    Rect at = kit::take_left(rest, std::max(std::ceil(width), 56.0F), 4);
    bool tapped = draw_face(
        ui, at,
        {spelling, kit::id_of("spelling", 0xCA4D), {Role::raised, Role::line, Role::primary}});
    ui.text(kit::inset(at, kit::Padding{.across = 12}), spelling,
            {.size = 18, .role = Role::primary, .may_shorten = true});
    return tapped;
}

/// Draws as many from `first` on as fit; returns the one behind the last.
std::size_t draw_words(kit::Ui& ui, const kit::KeyboardView& view, std::size_t first, Rect rest,
                       std::optional<kit::KeyboardAction>& action) {
    std::size_t i = first;
    for (; i < view.candidates.size(); ++i) {
        const kit::CandidateView& candidate = view.candidates[i];
        float wanted = ui.width_of(candidate.text, {24, kit::Weight::regular}) + 29;
        float width = std::max(std::ceil(wanted), 56.0F);
        if (i == first) width = std::min(width, rest.w);  // a long one is cut, never left out
        if (width > rest.w) break;
        Rect place = kit::take_left(rest, width);
        Colors colors;
        if (i == 0) colors = {Role::primary_soft, Role::primary, Role::primary};
        if (draw_face(ui, place, {candidate.text, kit::id_of("candidate", i), colors}))
            action = candidate.action;
        ui.text(
            kit::inset(place, kit::Padding{.across = 12}), candidate.text,
            {.size = 24, .role = colors.words, .align = kit::Align::center, .may_shorten = true});
    }
    return i;
}

std::optional<kit::KeyboardAction> draw_candidates(kit::Ui& ui, const kit::KeyboardView& view,
                                                   CandidateWindow& window, Rect rect) {
    std::optional<kit::KeyboardAction> action;
    if (!view.notice.empty()) {
        ui.text(kit::inset(rect, kit::Padding{.across = 12}), view.notice,
                {.size = 18, .role = Role::muted, .shrink = true});
        return action;
    }
    std::string of = view.spelling;
    if (!view.candidates.empty()) of += "|" + view.candidates.front().text;
    if (of != window.of) window = {.of = of};
    if (view.spelling.empty()) return action;
    Rect forward = kit::take_right(rect, 56);
    Rect back = kit::take_right(rect, 56);
    if (draw_spelling(ui, rect, view.spelling)) action = kit::key::TakeSpelling{};
    std::size_t end = draw_words(ui, view, window.starts.back(), rect, action);
    bool hides_some = end < view.candidates.size();
    bool is_first = window.starts.size() == 1;
    if (draw_arrow(ui, forward, kit::Icon::forward, hides_some || view.has_next_page)) {
        if (hides_some) {
            window.starts.push_back(end);
        } else {
            action = kit::key::NextPage{};
        }
    }
    if (draw_arrow(ui, back, kit::Icon::back, !is_first || view.has_previous_page)) {
        if (is_first) {
            action = kit::key::PreviousPage{};
        } else {
            window.starts.pop_back();
        }
    }
    return action;
}

}  // namespace

std::optional<kit::KeyboardAction> draw_keyboard(kit::Ui& ui, const kit::KeyboardView& view,
                                                 CandidateWindow& window, kit::Rect rect) {
    ui.fill(rect, Role::background);
    ui.divider({rect.x, rect.y}, rect.w);
    rect = kit::inset(rect, kit::Padding{.across = 4, .down = 4});
    bool is_pad = view.rows.size() == 5;
    std::optional<kit::KeyboardAction> action;
    if (!is_pad) action = draw_candidates(ui, view, window, kit::take_top(rect, candidates_height));
    float quarter = std::min(rect.w / 40, widest_quarter);
    if (is_pad) quarter = std::min(rect.w / 24, pad_quarter);
    float height = std::floor(rect.h / static_cast<float>(view.rows.size()));
    for (std::size_t r = 0; r < view.rows.size(); ++r) {
        int quarters = 0;
        for (const kit::KeyView& key : view.rows[r])
            quarters += key.quarters;
        float x = rect.center().x - static_cast<float>(quarters) * quarter / 2;
        float y = rect.y + static_cast<float>(r) * height;
        for (const kit::KeyView& key : view.rows[r]) {
            float next = x + static_cast<float>(key.quarters) * quarter;
            Rect place{std::round(x), std::round(y), std::round(next) - std::round(x), height};
            if (draw_key(ui, place, key)) action = key.action;
            x = next;
        }
    }
    return action;
}

}  // namespace fangxin::terminal
