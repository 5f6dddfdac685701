#include "terminal/screens/fair_scale_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

namespace fangxin::terminal::fair {

namespace {

using kit::Key;
using kit::Rect;
using kit::Role;

std::string joined(const Both& words) { return words.zh + "  " + words.en; }

class Drawing {
  public:
    Drawing(kit::Ui& ui, const View& view) : ui_(ui), view_(view) {}

    std::optional<Action> all(Rect rest) {
        ui_.fill(rest, Role::background);
        rest = kit::inset(rest, 24);
        head(kit::take_top(rest, 84, 14));
        foot(kit::take_bottom(rest, 88, 14));
        if (view_.comparison || !view_.choices.empty()) {
            Rect right = kit::take_right(rest, 560, 18);
            weight(rest);
            if (view_.comparison) {
                comparison(right, *view_.comparison);
            } else {
                choices(right);
            }
        } else {
            weight(rest);
        }
        if (view_.pad) pad(*view_.pad);
        return action_;
    }

  private:
    void head(Rect rect) {
        Rect right = kit::take_right(rect, rect.w * 0.5F, 16);
        const std::string title = joined(view_.title);
        ui_.text(rect, title, {.size = 46, .weight = kit::Weight::bold, .shrink = true});
        ui_.text(kit::take_top(right, right.h / 2), view_.purpose.zh,
                 {.size = 24, .align = kit::Align::right, .shrink = true});
        ui_.text(right, view_.purpose.en,
                 {.size = 20, .role = Role::muted, .align = kit::Align::right, .shrink = true});
    }

    /// Chinese above, English below it.
    void both(Rect rect, const Both& words, float size, Role role,
              kit::Align align = kit::Align::left) {
        ui_.text(kit::take_top(rect, rect.h * 0.56F), words.zh,
                 {.size = size,
                  .weight = kit::Weight::bold,
                  .role = role,
                  .align = align,
                  .shrink = true});
        ui_.text(rect, words.en,
                 {.size = size * 0.72F, .role = role, .align = align, .shrink = true});
    }

    void weight(Rect rect) {
        const bool weighs = view_.trouble.zh.empty();
        kit::card(ui_, rect,
                  {Role::surface, weighs ? Role::line : Role::block, weighs ? 1.0F : 3.0F});
        Rect inner = kit::inset(rect, kit::Padding{30, 22});
        Rect papers = kit::take_bottom(inner, 108, 10);
        ui_.text(kit::take_top(papers, 36), view_.certificate.zh, {.size = 22, .shrink = true});
        ui_.text(kit::take_top(papers, 34), view_.certificate.en,
                 {.size = 19, .role = Role::muted, .shrink = true});
        ui_.text(papers, view_.limits, {.size = 19, .role = Role::muted, .shrink = true});
        if (!weighs) {
            both(kit::centered(inner, {inner.w, 150}), view_.trouble, 44, Role::block,
                 kit::Align::center);
            return;
        }
        Rect marks = kit::take_top(inner, 48);
        float x = marks.x;
        for (const View::Mark& mark : view_.marks)
            x += kit::tag(ui_, {x, marks.center().y}, joined(mark.words), {.role = mark.role}) + 12;
        kit::big_number(ui_, inner,
                        {.digits = view_.weight,
                         .behind = "kg",
                         .size = inner.w > 800 ? 250.0F : 140.0F,
                         .role = view_.weight_role});
    }

    void comparison(Rect rect, const View::Comparison& of) {
        kit::card(ui_, rect, {Role::surface, of.role, 3});
        Rect inner = kit::inset(rect, kit::Padding{28, 22});
        if (!of.name.empty()) {
            ui_.text(kit::take_top(inner, 48, 10), of.name,
                     {.size = 32, .weight = kit::Weight::bold, .may_shorten = true});
        }
        for (const View::Row& row : of.rows) {
            Rect line = kit::take_top(inner, 58, 4);
            const Rect name = kit::take_left(line, line.w * 0.5F, 10);
            both(name, row.name, 20, Role::muted);
            ui_.text(line, row.value,
                     {.size = 28,
                      .weight = kit::Weight::bold,
                      .align = kit::Align::right,
                      .shrink = true});
        }
        Rect answer = kit::take_bottom(inner, of.advice.zh.empty() ? 100.0F : 170.0F);
        ui_.fill(answer, kit::soft_of(of.role), 12);
        answer = kit::inset(answer, kit::Padding{18, 8});
        if (!of.advice.zh.empty()) both(kit::take_bottom(answer, 66), of.advice, 20, Role::text);
        both(answer, of.answer, 30, of.role);
    }

    void choices(Rect rect) {
        kit::card(ui_, rect);
        const Rect inner = kit::inset(rect, 16);
        constexpr float row = 72;
        const auto count = view_.choices.size();
        const kit::Ui::ScrollArea area{kit::id_of("lines"), inner,
                                       static_cast<float>(count) * (row + 10)};
        const float offset = ui_.begin_scroll(area);
        Rect at{inner.x, inner.y - offset, inner.w - 18, area.content_height};
        for (std::size_t i = 0; i < count; ++i) {
            if (kit::button(ui_, kit::take_top(at, row, 10), view_.choices[i],
                            {.grade = kit::Grade::main, .size = 24, .id = kit::id_of("line", i)})) {
                action_ = Choose{i};
            }
        }
        ui_.end_scroll(area);
    }

    void foot(Rect rect) {
        if (kit::button(ui_, kit::take_right(rect, 250, 14), view_.key_weight.zh,
                        {.grade = kit::Grade::final,
                         .key = Key::f2,
                         .sub = view_.key_weight.en,
                         .size = 24})) {
            action_ = OpenPad{};
        }
        if (view_.can_clear && kit::button(ui_, kit::take_right(rect, 250, 18), view_.clear.zh,
                                           {.grade = kit::Grade::final,
                                            .key = view_.pad ? Key::none : Key::escape,
                                            .sub = view_.clear.en,
                                            .size = 24})) {
            action_ = Clear{};
        }
        both(rect, view_.hint, 26, Role::text);
    }

    void pad(const View::Pad& of) {
        const kit::Dialog dialog(ui_, {.size = {540, 700}, .title = of.title.zh});
        Rect rest = dialog.body();
        ui_.text(kit::take_top(rest, 28, 6), of.title.en,
                 {.size = 18, .role = Role::muted, .shrink = true});
        Rect foot = kit::take_bottom(rest, 84, 12);
        const Rect well = kit::take_top(rest, 72, 10);
        ui_.fill(well, Role::raised, 12);
        ui_.border(well, Role::primary, {12, 2});
        kit::big_number(ui_, kit::inset(well, kit::Padding{20, 0}),
                        {.digits = of.typed, .behind = "kg", .size = 44});
        const auto keys = kit::pin_pad(of.erase);
        if (auto key = kit::keypad(ui_, rest, {3, 4, 8}, keys)) action_ = PadKey{std::string(*key)};
        if (kit::button(ui_, kit::take_left(foot, 170, 12), of.cancel.zh,
                        {.grade = kit::Grade::final,
                         .key = Key::escape,
                         .sub = of.cancel.en,
                         .size = 22})) {
            action_ = ClosePad{};
        }
        if (kit::button(ui_, foot, of.confirm.zh,
                        {.look = kit::Look::primary,
                         .grade = kit::Grade::final,
                         .key = Key::f12,
                         .sub = of.confirm.en,
                         .enabled = of.can_confirm,
                         .size = 24})) {
            action_ = ConfirmWeight{};
        }
    }

    kit::Ui& ui_;
    const View& view_;
    std::optional<Action> action_;
};

}  // namespace

std::optional<Action> draw(kit::Ui& ui, const View& view, kit::Rect rest) {
    return Drawing(ui, view).all(rest);
}

}  // namespace fangxin::terminal::fair
