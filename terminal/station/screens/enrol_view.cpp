#include "terminal/station/screens/enrol_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/widths.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

using kit::Key;
using kit::Rect;
using kit::Role;

constexpr std::size_t longest_code = 512;
constexpr float narrow_below = 560;

struct Drawing {
    kit::Ui& ui;
    const EnrolView& view;
    std::optional<EnrolAction> action;

    float words(Rect& rect, const std::string& text, const kit::TextStyle& style, float gap) {
        const float height = ui.height_of(text, {style.size, style.weight}, {rect.w, style.lines});
        ui.text(kit::take_top(rect, height, gap), text, style);
        return height;
    }

    void head(Rect& rect) {
        const bool is_narrow = rect.w < narrow_below;
        const float height = is_narrow ? 56.0F : 72.0F;
        Rect line = kit::take_top(rect, height, is_narrow ? 10.0F : 16.0F);
        Rect icon = kit::take_left(line, height, 16);
        if (view.turns) {
            kit::spinner(ui, kit::centered(icon, {height - 16, height - 16}));
        } else {
            kit::sign(ui, icon, kit::Icon::lock, {.role = Role::primary});
        }
        ui.text(line, view.where,
                {.size = 24, .weight = kit::Weight::bold, .role = Role::muted, .shrink = true});
        words(rect, view.title,
              {.size = is_narrow ? 26.0F : 32.0F,
               .weight = kit::Weight::bold,
               .vertical = kit::Vertical::top,
               .lines = 3},
              10);
        words(rect, view.hint, {.role = Role::muted, .vertical = kit::Vertical::top, .lines = 6},
              20);
    }

    void trouble(Rect& rect) {
        if (view.trouble.empty()) return;
        const float height = rect.w < narrow_below ? 100.0F : 72.0F;
        kit::banner(ui, kit::take_top(rect, height, 16),
                    {.words = view.trouble, .role = Role::block, .icon = kit::Icon::warning});
    }

    void code(Rect& rect) {
        auto answer = kit::text_field(ui, kit::take_top(rect, 72, 16),
                                      {.text = view.typed,
                                       .placeholder = view.placeholder,
                                       .active = true,
                                       .longest = longest_code,
                                       .id = kit::id_of("enrolment code")});
        if (answer.changed) action = enrol::Type{*answer.changed};
        if (answer.entered) action = enrol::Send{};
        const bool is_narrow = rect.w < narrow_below;
        Rect first = kit::take_top(rect, 72, 12);
        Rect second = kit::take_right(first, (first.w - 12) / 2, 12);
        if (kit::button(
                ui, first, view.read_stick,
                {.grade = kit::Grade::main, .key = Key::f2, .size = is_narrow ? 18.0F : 20.0F}))
            action = enrol::ReadStick{};
        if (kit::button(ui, second, view.send,
                        {.look = kit::Look::primary,
                         .grade = kit::Grade::main,
                         .key = Key::f1,
                         .enabled = view.can_send}))
            action = enrol::Send{};
    }

    void fingerprint(Rect& rect) {
        Rect box = kit::take_top(rect, 96, 16);
        kit::card(ui, box, {.fill = Role::primary_soft, .border = Role::primary});
        ui.text(
            kit::inset(box, 12), view.fingerprint,
            {.size = 40, .weight = kit::Weight::bold, .align = kit::Align::center, .shrink = true});
    }

    void foot(Rect rect) {
        Rect second = kit::take_right(rect, (rect.w - 16) / 2, 16);
        if (!view.at_code &&
            kit::button(ui, rect, view.again,
                        {.grade = kit::Grade::main, .key = Key::escape, .icon = kit::Icon::back}))
            action = enrol::Again{};
        if (view.at_code && !view.camera.empty() &&
            kit::button(
                ui, rect, view.camera,
                {.grade = kit::Grade::main, .key = Key::f3, .icon = kit::Icon::camera, .size = 18}))
            action = enrol::CameraAsked{};
        if (kit::button(ui, second, view.language,
                        {.grade = kit::Grade::main, .key = Key::f10, .size = 20}))
            action = enrol::ToggleLanguage{};
    }
};

}  // namespace

std::optional<EnrolAction> draw(kit::Ui& ui, const EnrolView& view, kit::Rect rect) {
    Drawing drawing{ui, view, {}};
    const bool is_wide = rect.w >= wide_from;
    rect = kit::inset(rect, is_wide ? 16.0F : 12.0F);
    Rect foot = kit::take_bottom(rect, 72, is_wide ? 16.0F : 8.0F);
    kit::card(ui, rect);
    Rect inner = kit::inset(rect, is_wide ? 30.0F : 16.0F);
    if (is_wide) inner = kit::centered(inner, {std::min(inner.w, 860.0F), inner.h});
    drawing.head(inner);
    drawing.trouble(inner);
    if (view.at_code) drawing.code(inner);
    if (!view.fingerprint.empty()) drawing.fingerprint(inner);
    drawing.foot(foot);
    return drawing.action;
}

}  // namespace fangxin::terminal
