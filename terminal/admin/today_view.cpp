#include "terminal/admin/today_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Rect;
using kit::Role;

constexpr float gap = 16;
constexpr float duty_height = 56;
constexpr std::size_t most_duties = 4;  // whole ones: half a row is read by nobody
constexpr float least_middle = 212;
constexpr float duties_head = 64;
constexpr float duties_edge = 8;

/// A card that may be pressed: the veil and the ring of every other target.
kit::Touch card_target(kit::Ui& ui, Rect rect, const kit::Target& target) {
    kit::card(ui, rect);
    const kit::Touch touch = ui.target(target);
    if (touch.down) ui.press_veil(rect, 14);
    if (touch.focused) ui.focus_ring(rect, 14);
    return touch;
}

class TodayDrawing {
  public:
    TodayDrawing(kit::Ui& ui, const TodayView& view) : ui_(ui), view_(view) {}

    std::optional<TodayAction> run(Rect rest) {
        cards(take_top(rest, ui_.is_large_text() ? 152.0F : 132.0F, gap));
        const float room = rest.h - least_middle - gap - duties_head - duties_edge;
        const auto fit = static_cast<std::size_t>(std::max(1.0F, room / duty_height));
        shown_ = std::min(fit, most_duties);
        const Rect low = take_bottom(
            rest, duties_head + duties_edge + duty_height * static_cast<float>(shown_), gap);
        if (!view_.chart_title.empty()) chart(take_left(rest, (rest.w - gap) / 2, gap));
        recall(rest);
        duties(low);
        return action_;
    }

  private:
    void cards(Rect rect) {
        const kit::Grid grid{static_cast<int>(view_.cards.size()), 1, gap};
        for (std::size_t i = 0; i < view_.cards.size(); ++i) {
            const TodayView::Card& each = view_.cards[i];
            const Rect at = kit::cell(rect, grid, static_cast<int>(i));
            if (each.area == Area::today) {
                kit::card(ui_, at);
            } else if (card_target(ui_, at, {.what = each.title, .rect = at}).activated) {
                action_ = CardChosen{i};
            }
            Rect inner = kit::inset(at, kit::Padding{18, 8});
            ui_.text(take_top(inner, ui_.grown(28)), each.title,
                     {.size = 18, .role = Role::muted, .shrink = true});
            ui_.text(take_top(inner, 50), each.number,
                     {.size = 42, .weight = kit::Weight::bold, .shrink = true});
            inner.h += 6;
            ui_.text(inner, each.note,
                     {.size = 17,
                      .role = each.note_role,
                      .vertical = kit::Vertical::top,
                      .lines = 2,
                      .shrink = true});
        }
    }

    void chart(Rect rect) {
        kit::card(ui_, rect);
        Rect inner = kit::inset(rect, kit::Padding{20, 12});
        ui_.text(take_top(inner, ui_.grown(36)), view_.chart_title,
                 {.weight = kit::Weight::bold, .shrink = true});
        if (view_.bars.empty()) {
            kit::empty_state(ui_, inner, {.icon = kit::Icon::clock, .title = view_.chart_empty});
            return;
        }
        kit::bar_chart(ui_, inner, view_.bars);
    }

    void recall(Rect rect) {
        const bool runs = view_.recall_tag.has_value();
        if (!runs) {
            kit::card(ui_, rect);
        } else if (card_target(ui_, rect, {.what = view_.recall_title, .rect = rect}).activated) {
            action_ = RecallTouched{};
        }
        Rect inner = kit::inset(rect, kit::Padding{20, 12});
        Rect head = take_top(inner, ui_.grown(36), 2);
        if (runs) {
            const kit::TagStyle style{.role = view_.recall_tag->role};
            const float width = kit::tag_width(ui_, view_.recall_tag->words, style);
            const Rect at = take_right(head, width, 10);
            kit::tag(ui_, {at.x, at.center().y}, view_.recall_tag->words, style);
        }
        ui_.text(head, view_.recall_title, {.weight = kit::Weight::bold, .may_shorten = true});
        if (!runs) {
            kit::empty_state(ui_, inner, {.icon = kit::Icon::check, .title = view_.recall_empty});
            return;
        }
        const float row = ui_.grown(38);
        for (const TodayView::Terminal& each : view_.terminals) {
            if (inner.h < row) break;
            Rect line = take_top(inner, row);
            terminal(line, each);
        }
    }

    void terminal(Rect line, const TodayView::Terminal& of) {
        const float width = ui_.width_of(of.answer.words, {19, kit::Weight::regular}) + 1;
        const Rect answer = take_right(line, std::min(width, line.w * 0.6F), 6);
        ui_.text(answer, of.answer.words,
                 {.size = 19, .role = of.answer.role, .align = kit::Align::right, .shrink = true});
        const Rect sign = take_right(line, 20, 8);
        kit::draw_icon(ui_, kit::centered(sign, {18, 18}),
                       of.answer.done ? kit::Icon::check : kit::Icon::clock, of.answer.role);
        ui_.text(line, of.name, {.size = 19, .may_shorten = true});
        ui_.divider({line.x, line.bottom() - 1}, answer.right() - line.x);
    }

    void duties(Rect rect) {
        kit::card(ui_, rect);
        Rect inner = kit::inset(rect, kit::Padding{2, duties_edge / 2});
        Rect head = kit::inset(take_top(inner, duties_head), kit::Padding{18, 0});
        ui_.divider({head.x, head.bottom() - 1}, head.w);
        const std::size_t end = std::min(view_.first_duty + shown_, view_.duties.size());
        if (view_.duties.size() > shown_) next_duties(head, end);
        ui_.text(head, view_.duties_title, {.weight = kit::Weight::bold, .shrink = true});
        if (view_.duties.empty()) {
            kit::empty_state(ui_, inner, {.icon = kit::Icon::check, .title = view_.duties_empty});
            return;
        }
        for (std::size_t i = view_.first_duty; i < end; ++i)
            duty(take_top(inner, duty_height), i, i + 1 == end);
    }

    void next_duties(Rect& head, std::size_t end) {
        Rect at = take_right(head, ui_.is_large_text() ? 196.0F : 160.0F, 16);
        at = {at.x, at.y, at.w, 56};
        if (kit::button(ui_, at, view_.next_duties,
                        {.key = kit::Key::digit_0, .icon = kit::Icon::down, .size = 19}))
            action_ = DutiesTurned{end};
        const std::string place =
            fmt::format("{}–{} / {}", view_.first_duty + 1, end, view_.duties.size());
        const float width = ui_.width_of(place, {19, kit::Weight::regular}) + 1;
        ui_.text(take_right(head, width, 16), place, {.size = 19, .role = Role::muted});
    }

    void duty(Rect rect, std::size_t index, bool is_last) {
        const TodayView::Row& row = view_.duties[index];
        const kit::Key key = kit::digit_key(static_cast<int>(index - view_.first_duty) + 1);
        const kit::Touch touch = ui_.target({.what = row.what,
                                             .rect = rect,
                                             .id = kit::id_of("duty", index),
                                             .key = key,
                                             .spacing = kit::Spacing::joined});
        if (touch.down) ui_.press_veil(rect, 8);
        if (touch.focused) ui_.border(kit::inset(rect, 2), Role::focus, {8, 3});
        if (touch.activated) action_ = DutyChosen{index};
        Rect inner = kit::inset(rect, kit::Padding{18, 0});
        if (!is_last) ui_.divider({inner.x, rect.bottom() - 1}, inner.w);
        const float tag_room = ui_.grown(104);
        const Rect tag = take_left(inner, tag_room, 12);
        kit::tag(ui_, {tag.x, tag.center().y}, row.tag, {.role = row.role, .width = tag_room});
        if (ui_.shows_key_caps()) {
            const Rect cap = take_right(inner, kit::key_cap_width(ui_, key), 10);
            kit::key_cap(ui_, {cap.x, cap.center().y}, key);
        }
        const Rect arrow = take_right(inner, 16, 4);
        kit::draw_icon(ui_, kit::centered(arrow, {16, 16}), kit::Icon::forward, Role::primary);
        const float go = ui_.width_of(view_.go, {20, kit::Weight::regular}) + 1;
        ui_.text(take_right(inner, go, 16), view_.go, {.role = Role::primary});
        const float due = ui_.width_of(row.due, {19, kit::Weight::regular}) + 1;
        ui_.text(take_right(inner, due, 14), row.due, {.size = 19, .role = row.due_role});
        ui_.text(inner, row.what, {.may_shorten = true});
    }

    kit::Ui& ui_;
    const TodayView& view_;
    std::size_t shown_ = most_duties;
    std::optional<TodayAction> action_;
};

}  // namespace

std::optional<TodayAction> draw(kit::Ui& ui, const TodayView& view, Rect rect) {
    return TodayDrawing(ui, view).run(rect);
}

}  // namespace fangxin::admin
