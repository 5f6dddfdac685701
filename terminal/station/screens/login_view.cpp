#include "terminal/station/screens/login_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/pin_entry_view.hpp"
#include "terminal/station/screens/widths.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

using kit::Key;
using kit::Rect;
using kit::Role;

Key person_key(std::size_t index) {
    return static_cast<Key>(static_cast<std::size_t>(Key::f1) + index);
}

class Drawing {
  public:
    Drawing(kit::Ui& ui, const LoginView& view) : ui_(ui), view_(view) {}

    std::optional<LoginAction> wide(Rect rect) {
        rect = kit::inset(rect, 16);
        Rect right = kit::take_right(rect, 480, 16);
        if (view_.waiting) {
            right = {rect.x, rect.y, right.right() - rect.x, rect.h};
            head(kit::take_top(right, 84, 12));
            Rect foot = kit::take_bottom(right, 72, 16);
            switches(kit::take_left(foot, 360));
            kit::card(ui_, right);
            waiting(right);
            return action_;
        }
        pad_card(right);
        head(kit::take_top(rect, 84, 12));
        Rect foot = kit::take_bottom(rect, 72, 16);
        if (!view_.clock.empty()) clock_button(kit::take_top(rect, 72, 12));
        kit::card(ui_, rect);
        if (view_.locked) {
            locked(rect);
        } else {
            people(kit::inset(rect, 20), 2);
        }
        Rect first = kit::take_left(foot, (foot.w - 16) / 2, 16);
        if (!back_button(first)) other_button(first);
        switches(foot);
        return action_;
    }

    std::optional<LoginAction> narrow(Rect rect) {
        rect = kit::inset(rect, 12);
        if (view_.at_entry && !view_.waiting) {
            narrow_pad(rect);
            return action_;
        }
        head(kit::take_top(rect, 72, 8));
        switches(kit::take_bottom(rect, 60, 8));
        if (view_.waiting) {
            kit::card(ui_, rect);
            waiting(rect);
            return action_;
        }
        if (view_.can_go_back) back_button(kit::take_bottom(rect, 72, 8));
        other_button(kit::take_bottom(rect, 72, 8));
        if (!view_.clock.empty()) clock_button(kit::take_top(rect, 72, 8));
        people(rect, 1);
        return action_;
    }

  private:
    void head(Rect rect) {
        float growth = ui_.is_large_text() ? 1.2F : 1;
        Rect where = kit::take_bottom(rect, 30 * growth);
        ui_.text(rect, view_.shop,
                 {.size = 28, .weight = kit::Weight::bold, .may_shorten = true, .shrink = true});
        float width = ui_.text(where, view_.where, {.role = Role::muted});
        if (view_.test_shop.empty()) return;
        kit::tag(ui_, {where.x + width + 12, where.center().y}, view_.test_shop,
                 {.role = Role::warn, .icon = kit::Icon::warning});
    }

    void clock_button(Rect rect) {
        if (kit::button(ui_, rect, view_.clock,
                        {.grade = kit::Grade::main,
                         .key = Key::f12,
                         .icon = kit::Icon::warning,
                         .words = Role::warn,
                         .size = 20}))
            action_ = login::AnswerClock{};
    }

    void switches(Rect rect) {
        kit::Grid grid{.columns = 2, .rows = 1};
        kit::Grade grade = rect.h >= 72 ? kit::Grade::main : kit::Grade::normal;
        if (kit::button(ui_, kit::cell(rect, grid, 0), view_.language,
                        {.grade = grade, .key = Key::f10, .size = 20}))
            action_ = login::ToggleLanguage{};
        if (kit::button(ui_, kit::cell(rect, grid, 1), view_.theme,
                        {.grade = grade, .key = Key::f11, .size = 20}))
            action_ = login::ToggleTheme{};
    }

    bool back_button(Rect rect) {
        if (!view_.can_go_back) return false;
        if (kit::button(ui_, rect, view_.back,
                        {.grade = kit::Grade::main, .key = Key::escape, .icon = kit::Icon::back}))
            action_ = login::Back{};
        return true;
    }

    void other_button(Rect rect) {
        if (view_.locked) {
            if (kit::button(ui_, rect, view_.not_me, {.grade = kit::Grade::main, .key = Key::f9}))
                action_ = login::NotMe{};
        } else if (kit::button(ui_, rect, view_.other_number,
                               {.grade = kit::Grade::main, .key = Key::f9})) {
            action_ = login::OtherNumber{};
        }
    }

    void people(Rect rect, int columns) {
        ui_.text(kit::take_top(rect, ui_.is_large_text() ? 40.0F : 34.0F, 10), view_.title,
                 {.size = 24, .weight = kit::Weight::bold});
        if (!view_.nobody.empty()) {
            kit::empty_state(ui_, rect, {.icon = kit::Icon::list, .title = view_.nobody});
            return;
        }
        constexpr float height = 84;
        constexpr float gap = 10;
        int rows = (static_cast<int>(view_.people.size()) + columns - 1) / columns;
        float content = static_cast<float>(rows) * (height + gap) - gap;
        kit::Ui::ScrollArea area{kit::id_of("login people"), rect, content};
        float offset = ui_.begin_scroll(area);
        float bar = content > rect.h ? 16.0F : 0;
        Rect inside{rect.x, rect.y - offset, rect.w - bar, content};
        for (std::size_t i = 0; i < view_.people.size(); ++i) {
            Rect at = kit::cell(inside, {columns, rows, gap}, static_cast<int>(i));
            if (person(at, i)) {
                action_ = login::Choose{i};
                ui_.memory().focus = 0;  // the next Enter ends the PIN, not the choice
            }
        }
        ui_.end_scroll(area);
    }

    bool person(Rect rect, std::size_t index) {
        const LoginView::PersonChoice& each = view_.people[index];
        kit::Touch touch = ui_.target({.what = each.name,
                                       .rect = rect,
                                       .id = kit::id_of("login person", index),
                                       .key = person_key(index),
                                       .min_size = 72});
        ui_.fill(rect, each.chosen ? Role::primary_soft : Role::surface, 12);
        if (touch.down) ui_.fill(rect, Role::primary_soft, 12);
        ui_.border(rect, each.chosen ? Role::primary : Role::line, {12, each.chosen ? 2.0F : 1.0F});
        if (touch.focused) ui_.border(kit::inset(rect, 2), Role::focus, {10, 3});
        Rect inner = kit::inset(rect, kit::Padding{.across = 16, .down = 8});
        if (ui_.shows_key_caps()) {
            float cap = kit::key_cap_width(ui_, person_key(index));
            Rect at = kit::take_right(inner, cap, 10);
            kit::key_cap(ui_, {at.x, at.center().y}, person_key(index));
        }
        if (each.locked) {
            kit::draw_icon(ui_, kit::centered(kit::take_right(inner, 26, 8), {26, 26}),
                           kit::Icon::lock, Role::block);
        }
        float growth = ui_.is_large_text() ? 1.15F : 1;
        Rect block = kit::centered(inner, {inner.w, 58 * growth});
        ui_.text(kit::take_top(block, 33 * growth), each.name,
                 {.size = 24, .weight = kit::Weight::bold, .may_shorten = true});
        ui_.text(block, each.note,
                 {.size = 17,
                  .role = each.locked ? Role::block : Role::muted,
                  .may_shorten = true,
                  .shrink = true});
        return touch.activated;
    }

    void locked(Rect rect) {
        Rect middle = kit::centered(rect, {rect.w - 60, 220});
        kit::sign(ui_, kit::take_top(middle, 96, 20), kit::Icon::lock, {.round = true});
        ui_.text(kit::take_top(middle, 48, 6), view_.title,
                 {.size = 36, .weight = kit::Weight::bold, .align = kit::Align::center});
        ui_.text(
            kit::take_top(middle, 36), view_.who,
            {.size = 24, .role = Role::muted, .align = kit::Align::center, .may_shorten = true});
    }

    void waiting(Rect rect) {
        const LoginView::Waiting& state = *view_.waiting;
        Rect middle = kit::centered(rect, {std::min(rect.w - 40, 640.0F), 300});
        Rect icon = kit::take_top(middle, 72, 20);
        if (state.turns) {
            kit::spinner(ui_, kit::centered(icon, {64, 64}));
        } else {
            kit::sign(ui_, icon, kit::Icon::warning, {.role = Role::warn, .round = true});
        }
        ui_.text(
            kit::take_top(middle, 44, 8), state.title,
            {.size = 28, .weight = kit::Weight::bold, .align = kit::Align::center, .shrink = true});
        if (state.part) kit::progress_bar(ui_, kit::take_top(middle, 14, 12), *state.part);
        ui_.text(middle, state.hint,
                 {.role = Role::muted,
                  .align = kit::Align::center,
                  .vertical = kit::Vertical::top,
                  .lines = 5});
    }

    /// Who the pad is for, and what his papers say.
    void who(Rect& rect) {
        float growth = ui_.is_large_text() ? 1.2F : 1;
        Rect name = kit::take_top(rect, 40 * growth);
        ui_.text(name, view_.who,
                 {.size = 28, .weight = kit::Weight::bold, .may_shorten = true, .shrink = true});
        ui_.text(kit::take_top(rect, 28 * growth, 8), view_.who_note,
                 {.size = 18, .role = Role::muted, .may_shorten = true});
    }

    void health(Rect& rect) {
        if (!view_.health) return;
        kit::banner(
            ui_, kit::take_top(rect, 66, 8),
            {.words = view_.health->words, .role = view_.health->role, .icon = kit::Icon::warning});
    }

    void pad_card(Rect rect) {
        kit::card(ui_, rect);
        rect = kit::inset(rect, 22);
        who(rect);
        health(rect);
        pad(rect);
    }

    void pad(Rect rect) {
        if (auto typed = draw_pin_entry(ui_, view_.entry, rect, {.confirm = view_.confirm}))
            action_ = *typed;
    }

    void narrow_pad(Rect rect) {
        if (view_.locked) {
            Rect foot = kit::take_bottom(rect, 60, 8);
            Rect left = kit::take_left(foot, foot.w / 2 - 4, 8);
            if (kit::button(ui_, left, view_.not_me, {.key = Key::f9})) action_ = login::NotMe{};
            if (kit::button(ui_, foot, view_.language, {.key = Key::f10}))
                action_ = login::ToggleLanguage{};
        }
        Rect top = kit::take_top(rect, ui_.is_large_text() ? 92.0F : 76.0F, 4);
        Rect sign = kit::take_left(top, 60, 14);
        if (view_.locked) {
            kit::sign(ui_, kit::centered(sign, {56, 56}), kit::Icon::lock, {.round = true});
        } else if (kit::button(ui_, kit::centered(sign, {60, 60}), "",
                               {.sub = "", .icon = kit::Icon::back, .id = kit::id_of("back")})) {
            action_ = login::Back{};
        }
        who(top);
        if (!view_.locked && ui_.take_key(Key::escape)) action_ = login::Back{};
        health(rect);
        pad(rect);
    }

    kit::Ui& ui_;
    const LoginView& view_;
    std::optional<LoginAction> action_;
};

}  // namespace

std::optional<LoginAction> draw(kit::Ui& ui, const LoginView& view, kit::Rect rect) {
    Drawing drawing(ui, view);
    return rect.w >= wide_from ? drawing.wide(rect) : drawing.narrow(rect);
}

}  // namespace fangxin::terminal
