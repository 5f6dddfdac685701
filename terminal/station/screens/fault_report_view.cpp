#include "terminal/station/screens/fault_report_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/keyboard_view.hpp"
#include "terminal/station/screens/widths.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

using kit::Key;
using kit::Rect;
using kit::Role;

constexpr const char* field_id = "fault";
constexpr float head_height = 36;

class Drawing {
  public:
    Drawing(kit::Ui& ui, const FaultReportView& view) : ui_(ui), view_(view) {}

    std::optional<FaultReportAction> form(Rect rect) {
        const bool wide = rect.w >= wide_from;
        rect = kit::inset(rect, wide ? 16.0F : 12.0F);
        foot(kit::take_bottom(rect, 88, wide ? 16.0F : 8.0F), wide);
        if (!view_.trouble.empty()) {
            kit::banner(ui_, kit::take_top(rect, 68, 12),
                        {.words = view_.trouble, .role = Role::block, .icon = kit::Icon::warning});
        }
        if (!wide) {
            devices(kit::take_top(rect, head_height + 3 * 72 + 2 * gap, 10), 4);
            severities(kit::take_top(rect, head_height + ui_.grown(72) + 34, 10));
            if (!view_.save_hint.empty()) {
                ui_.text(
                    kit::take_bottom(rect, 32), view_.save_hint,
                    {.size = 18, .role = Role::muted, .align = kit::Align::center, .shrink = true});
            }
            return what(rect);
        }
        kit::card(ui_, rect);
        rect = kit::inset(rect, 20);
        ui_.text(kit::take_top(rect, 40, 12), view_.title,
                 {.size = 24, .weight = kit::Weight::bold});
        devices(kit::take_left(rect, (rect.w - 24) / 2, 24), 3);
        severities(kit::take_top(rect, head_height + ui_.grown(72) + 34, 16));
        return what(rect);
    }

    void written(Rect rect, const Writing& writing) {
        rect = kit::inset(rect, rect.w >= wide_from ? 20.0F : 12.0F);
        ui_.text(kit::take_top(rect, 44, 8), view_.what_label,
                 {.size = 26, .weight = kit::Weight::bold});
        const float height = std::min(rect.h, 240.0F);
        kit::text_field(ui_, kit::take_top(rect, height),
                        {.text = view_.what,
                         .composing = writing.composing(),
                         .active = true,
                         .lines = lines_in(height),
                         .longest = longest_fault,
                         .id = kit::id_of("written")});
    }

  private:
    static constexpr float gap = 8;

    int lines_in(float height) {
        return static_cast<int>((height - 26) / (ui_.type_size(22) * kit::line_height));
    }

    void label(Rect& rect, std::string_view words) {
        ui_.text(kit::take_top(rect, head_height), words,
                 {.size = 18, .role = Role::muted, .shrink = true});
    }

    void devices(Rect rect, int columns) {
        label(rect, view_.device_label);
        const int rows = (static_cast<int>(view_.devices.size()) + columns - 1) / columns;
        const auto lines = static_cast<float>(rows);
        rect.h = std::min(rect.h, lines * 96 + (lines - 1) * gap);
        const kit::Grid grid{.columns = columns, .rows = rows, .gap = gap};
        for (std::size_t i = 0; i < view_.devices.size(); ++i) {
            if (kit::button(ui_, kit::cell(rect, grid, static_cast<int>(i)), view_.devices[i].words,
                            {.selected = view_.devices[i].chosen,
                             .size = 20,
                             .id = kit::id_of("device", i)}))
                action_ = fault_report::ChooseDevice{view_.devices[i].device};
        }
    }

    void severities(Rect rect) {
        label(rect, view_.severity_label);
        ui_.text(kit::take_bottom(rect, 30), view_.response,
                 {.size = 18, .role = Role::muted, .shrink = true});
        const kit::Grid grid{.columns = 3, .rows = 1, .gap = gap};
        for (std::size_t i = 0; i < view_.severities.size(); ++i) {
            const Key key = static_cast<Key>(static_cast<std::size_t>(Key::f5) + i);
            if (kit::button(ui_, kit::cell(rect, grid, static_cast<int>(i)),
                            view_.severities[i].words,
                            {.grade = kit::Grade::main,
                             .key = key,
                             .selected = view_.severities[i].chosen,
                             .size = 19,
                             .id = kit::id_of("severity", i)}))
                action_ = fault_report::ChooseSeverity{view_.severities[i].severity};
        }
    }

    std::optional<FaultReportAction> what(Rect rect) {
        Rect head = kit::take_top(rect, head_height);
        if (ui_.shows_key_caps()) {
            Rect cap = kit::take_right(head, kit::key_cap_width(ui_, Key::f8), 8);
            kit::key_cap(ui_, {cap.x, cap.center().y - 1}, Key::f8);
        }
        ui_.text(head, view_.what_label, {.size = 18, .role = Role::muted, .shrink = true});
        const float height = std::min(rect.h, 240.0F);
        auto answer = kit::text_field(ui_, kit::take_top(rect, height),
                                      {.text = view_.what,
                                       .placeholder = view_.placeholder,
                                       .lines = lines_in(height),
                                       .id = kit::id_of(field_id, 0xF1E1D)});
        if (answer.touched || ui_.take_key(Key::f8)) action_ = fault_report::Touch{};
        return action_;
    }

    void foot(Rect rect, bool wide) {
        if (kit::button(ui_, kit::take_left(rect, wide ? 240.0F : 150.0F, 12), view_.back,
                        {.grade = kit::Grade::final, .key = Key::escape, .icon = kit::Icon::back}))
            action_ = fault_report::Leave{};
        const Rect place = wide ? kit::take_right(rect, 480, 16) : rect;
        if (kit::button(ui_, place, view_.save,
                        {.look = kit::Look::primary,
                         .grade = kit::Grade::final,
                         .key = Key::f12,
                         .enabled = view_.can_save,
                         .size = wide ? 28.0F : 24.0F}))
            action_ = fault_report::Save{};
        if (wide) {
            ui_.text(rect, view_.save_hint,
                     {.role = Role::muted, .align = kit::Align::right, .shrink = true});
        }
    }

    kit::Ui& ui_;
    const FaultReportView& view_;
    std::optional<FaultReportAction> action_;
};

}  // namespace

std::optional<FaultReportAction> draw(kit::Ui& ui, const kit::TextTable& texts,
                                      const FaultReportView& view, Writing& writing,
                                      kit::Rect rect) {
    Drawing drawing(ui, view);
    if (view.writing) {
        writing.open({.id = field_id, .longest = longest_fault}, view.what);
        const kit::Rect keyboard = kit::take_bottom(rect, keyboard_height);
        WritingAnswer answer = writing.take_typed(ui);
        drawing.written(rect, writing);
        writing.draw_keys(ui, texts, keyboard, answer);
        if (answer.changed || answer.done) return fault_report::Wrote{answer.changed, answer.done};
        return std::nullopt;
    }
    writing.close();
    if (!view.done) return drawing.form(rect);
    const auto answer = draw(ui, *view.done, rect);
    if (answer == SavedAnswer::another) return fault_report::Another{};
    return answer ? std::optional<FaultReportAction>(fault_report::Leave{}) : std::nullopt;
}

}  // namespace fangxin::terminal
