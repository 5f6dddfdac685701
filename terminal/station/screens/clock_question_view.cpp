#include "terminal/station/screens/clock_question_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/pin_entry_view.hpp"
#include "terminal/station/screens/widths.hpp"

namespace fangxin::terminal {

namespace {

using kit::Rect;
using kit::Role;

bool draw_choice(kit::Ui& ui, Rect rect, const ClockQuestionView::Choice& choice, kit::Key key) {
    kit::Touch touch = ui.target({.what = choice.title, .rect = rect, .key = key, .min_size = 84});
    ui.fill(rect, choice.chosen || touch.down ? Role::primary_soft : Role::surface, 14);
    ui.border(rect, choice.chosen ? Role::primary : Role::line, {14, choice.chosen ? 3.0F : 1.0F});
    if (touch.focused) ui.focus_ring(rect, 14);
    Rect inner = kit::inset(rect, kit::Padding{.across = 22, .down = 12});
    if (ui.shows_key_caps()) {
        Rect at = kit::take_right(inner, kit::key_cap_width(ui, key), 12);
        kit::key_cap(ui, {at.x, at.center().y}, key);
    }
    Rect title = kit::take_top(inner, 30);
    ui.text(title, choice.title, {.size = 18, .role = Role::muted, .shrink = true});
    float time = ui.width_of(choice.time, {28, kit::Weight::regular}) + 1;
    ui.text(kit::take_right(inner, time, 10), choice.time, {.size = 28});
    ui.text(inner, choice.date, {.size = 36, .weight = kit::Weight::bold, .shrink = true});
    return touch.activated;
}

struct Drawing {
    kit::Ui& ui;
    const ClockQuestionView& view;
    std::optional<ClockQuestionAction> action;

    void dates(Rect rect) {
        Rect sign = kit::take_top(rect, 72, 16);
        kit::sign(ui, kit::take_left(sign, 72), kit::Icon::clock, {.role = Role::warn});
        ui.text(kit::take_top(rect, 48, 6), view.title,
                {.size = 32, .weight = kit::Weight::bold, .shrink = true});
        float height = ui.height_of(view.why, {20, kit::Weight::regular}, {rect.w, 5});
        ui.text(kit::take_top(rect, height, 20), view.why,
                {.role = Role::muted, .vertical = kit::Vertical::top, .lines = 5});
        if (draw_choice(ui, kit::take_top(rect, 112, 14), view.clock, kit::Key::f1))
            choose(RightDate::clock);
        if (draw_choice(ui, kit::take_top(rect, 112, 14), view.journal, kit::Key::f2))
            choose(RightDate::journal);
    }
    void choose(RightDate right) {
        action = clock_question::Choose{right};
        ui.memory().focus = 0;  // the next Enter is the pad's
    }
    void back(Rect rect) {
        if (kit::button(
                ui, rect, view.back,
                {.grade = kit::Grade::main, .key = kit::Key::escape, .icon = kit::Icon::back}))
            action = clock_question::Back{};
    }
    void pad(Rect rect, const PinButtons& buttons) {
        ui.text(kit::take_top(rect, ui.is_large_text() ? 44.0F : 38.0F, 8), view.who,
                {.size = 26, .weight = kit::Weight::bold, .shrink = true});
        if (auto typed = draw_pin_entry(ui, view.entry, rect, buttons)) action = *typed;
    }
};

}  // namespace

std::optional<ClockQuestionAction> draw(kit::Ui& ui, const ClockQuestionView& view,
                                        kit::Rect rect) {
    Drawing drawing{ui, view, {}};
    if (rect.w >= wide_from) {
        rect = kit::inset(rect, 16);
        Rect right = kit::take_right(rect, 480, 16);
        kit::card(ui, right);
        drawing.pad(kit::inset(right, 22), {.confirm = view.confirm});
        Rect foot = kit::take_bottom(rect, 72, 16);
        drawing.back(kit::take_left(foot, 240));
        kit::card(ui, rect);
        drawing.dates(kit::inset(rect, 30));
        return drawing.action;
    }
    rect = kit::inset(rect, 12);
    if (view.at_pad) {
        drawing.pad(rect, {.confirm = view.confirm, .cancel = view.back});
        return drawing.action;
    }
    drawing.back(kit::take_bottom(rect, 72, 8));
    drawing.dates(rect);
    return drawing.action;
}

}  // namespace fangxin::terminal
