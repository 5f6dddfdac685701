#include "terminal/admin/form_view.hpp"

#include "terminal/admin/list_page_view.hpp"
#include "terminal/kit/button.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::admin {

namespace {

using kit::Rect;
using kit::Role;

constexpr float gap = 8;
constexpr float line = 56;
constexpr float wide_line = 88;
constexpr kit::Key field_key = kit::Key::f8;

class FormDrawing {
  public:
    FormDrawing(kit::Ui& ui, const FormView& view) : ui_(ui), view_(view) {}

    std::optional<FormAnswer> run(Rect rest) {
        const bool writes = std::ranges::any_of(view_.fields, &FormView::Field::active);
        Rect head = take_top(rest, line, 12);
        if (kit::button(
                ui_, take_left(head, 200, 16), view_.back,
                {.key = writes ? kit::Key::none : kit::Key::escape, .icon = kit::Icon::back}))
            answer_ = FormLeft{};
        ui_.text(head, view_.title, {.size = 26, .weight = kit::Weight::bold, .shrink = true});
        kit::card(ui_, rest);
        rest = kit::inset(rest, kit::Padding{20, 14});
        foot(take_bottom(rest, 84, 12));
        if (!writes) notes(rest);
        fields(rest, writes);
        if (!writes && ui_.take_key(field_key)) touch_first();
        return std::move(answer_);
    }

  private:
    void act(FormAction action) { answer_ = FormAnswer(std::move(action)); }

    void touch_first() {
        for (const FormView::Field& each : view_.fields) {
            if (each.choices.empty()) return act(FormFieldTouched{each.id});
        }
    }

    void foot(Rect rect) {
        const Rect done = take_right(rect, 320, 16);
        if (kit::button(ui_, done, view_.done.words,
                        {.look = kit::Look::primary,
                         .grade = kit::Grade::final,
                         .key = kit::Key::f12,
                         .enabled = view_.done.enabled,
                         .size = 24}))
            act(FormSubmitted{});
        if (view_.trouble.empty()) return;
        kit::draw_icon(ui_, kit::centered(take_left(rect, 30, 10), {26, 26}),
                       kit::Icon::exclamation, Role::block);
        ui_.text(rect, view_.trouble, {.size = 20, .role = Role::block, .lines = 2});
    }

    void notes(Rect& rest) {
        if (view_.notes.empty()) return;
        const SectionView section{.title = {}, .facts = {}, .lines = view_.notes};
        SectionDrawing place{.rect = rest, .measure_only = true};
        place.rect.h = draw_section(ui_, section, place);
        place.measure_only = false;
        draw_section(ui_, section, place);
        take_top(rest, place.rect.h, 10);
    }

    /// Side by side, a wide one alone.
    void fields(Rect rest, bool writes) {
        struct Row {
            std::vector<const FormView::Field*> cells;
            float height = line;
        };
        constexpr std::ptrdiff_t many = 12;
        const bool is_long = std::ranges::count_if(view_.fields, [](const FormView::Field& each) {
                                 return each.choices.empty();
                             }) > many;
        const std::size_t columns = is_long ? 3 : 2;
        std::vector<Row> rows;
        std::size_t active = 0;
        for (const FormView::Field& each : view_.fields) {
            const bool joins = !rows.empty() && rows.back().cells.size() < columns && !each.wide &&
                               !rows.back().cells[0]->wide;
            if (!joins) rows.push_back({});
            rows.back().cells.push_back(&each);
            if (each.wide && each.choices.empty()) rows.back().height = wide_line;
            if (each.active) active = rows.size() - 1;
        }
        const std::size_t first = writes && active > 0 ? active - 1 : 0;
        for (std::size_t i = first; i < rows.size(); ++i) {
            if (rest.h < rows[i].height) return;
            const Rect row = take_top(rest, rows[i].height, gap);
            const kit::Grid grid{rows[i].cells[0]->wide ? 1 : static_cast<int>(columns), 1, 16};
            for (std::size_t n = 0; n < rows[i].cells.size(); ++n)
                field(kit::cell(row, grid, static_cast<int>(n)), *rows[i].cells[n]);
        }
    }

    void field(Rect rect, const FormView::Field& of) {
        if (!of.choices.empty()) return choices(rect, of);
        kit::FieldAnswer answer = kit::text_field(ui_, rect,
                                                  {.text = of.text,
                                                   .placeholder = of.placeholder,
                                                   .composing = of.composing,
                                                   .label = of.label,
                                                   .active = of.active,
                                                   .lines = of.wide ? 2 : 1,
                                                   .id = kit::id_of("form field " + of.id)});
        if (answer.changed) {
            act(FormTyped{std::move(*answer.changed)});
        } else if (answer.entered) {
            act(FormFieldDone{});
        } else if (answer.touched) {
            act(FormFieldTouched{of.id});
        }
    }

    void choices(Rect rect, const FormView::Field& of) {
        ui_.text(take_left(rect, ui_.grown(130), 10), of.label,
                 {.size = 20, .role = Role::muted, .shrink = true});
        const kit::Grid grid{static_cast<int>(of.choices.size()), 1, gap};
        for (std::size_t i = 0; i < of.choices.size(); ++i) {
            const FormView::Choice& each = of.choices[i];
            if (kit::button(
                    ui_, kit::cell(rect, grid, static_cast<int>(i)), each.words,
                    {.selected = each.selected, .size = 19, .id = kit::id_of("form " + of.id, i)}))
                act(FormPicked{of.id, each.id});
        }
    }

    kit::Ui& ui_;
    const FormView& view_;
    std::optional<FormAnswer> answer_;
};

}  // namespace

std::optional<FormAnswer> draw(kit::Ui& ui, const FormView& view, Rect rect) {
    return FormDrawing(ui, view).run(rect);
}

}  // namespace fangxin::admin
