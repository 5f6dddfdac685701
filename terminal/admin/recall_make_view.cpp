#include "terminal/admin/recall_make_view.hpp"

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
constexpr kit::Key field_key = kit::Key::f8;
constexpr kit::Key extent_key = kit::Key::f9;
constexpr kit::Key level_key = kit::Key::f10;

class MakeDrawing {
  public:
    MakeDrawing(kit::Ui& ui, const RecallMakeView& view) : ui_(ui), view_(view) {}

    std::optional<RecallMakeAnswer> run(Rect rest) {
        Rect head = take_top(rest, line, 12);
        if (kit::button(ui_, take_left(head, 200, 16), view_.back,
                        {.key = kit::Key::escape, .icon = kit::Icon::back}))
            answer_ = MakeLeft{};
        ui_.text(head, view_.title, {.size = 26, .weight = kit::Weight::bold, .shrink = true});
        Rect left = take_left(rest, (rest.w - 16) / 2, 16);
        kit::card(ui_, left);
        kit::card(ui_, rest);
        what(kit::inset(left, kit::Padding{20, 12}));
        why(kit::inset(rest, kit::Padding{20, 12}));
        if (view_.next_field != RecallField::none && ui_.take_key(field_key))
            act(FieldTouched{view_.next_field});
        if (view_.confirm) confirm(*view_.confirm);
        return std::move(answer_);
    }

  private:
    void act(RecallMakeAction action) { answer_ = RecallMakeAnswer(std::move(action)); }

    void heading(Rect& rest, const std::string& words) {
        ui_.text(take_top(rest, ui_.grown(32), 4), words,
                 {.weight = kit::Weight::bold, .shrink = true});
    }

    void field(Rect rect, const RecallMakeView::Field& of, int lines = 1) {
        kit::FieldAnswer answer = kit::text_field(
            ui_, rect,
            {.text = of.text,
             .placeholder = of.placeholder,
             .composing = of.composing,
             .label = of.label,
             .icon = of.field == RecallField::item ? kit::Icon::search : kit::Icon::none,
             .active = of.active,
             .lines = lines,
             .id = kit::id_of("recall field", static_cast<int>(of.field))});
        if (of.field == view_.next_field && ui_.shows_key_caps() && !of.active) {
            const float width = kit::key_cap_width(ui_, field_key);
            const float taken = 100 + width + ui_.width_of(of.label, {20, kit::Weight::regular}) +
                                ui_.width_of(of.text.empty() ? of.placeholder : of.text,
                                             {22, kit::Weight::regular});
            const float middle = lines > 1 ? rect.bottom() - 20 : rect.center().y;
            if (taken < rect.w || (lines > 1 && of.text.empty()))
                kit::key_cap(ui_, {rect.right() - width - 12, middle}, field_key);
        }
        if (answer.changed) {
            act(FieldTyped{std::move(*answer.changed)});
        } else if (answer.entered) {
            act(FieldLeft{});
        } else if (answer.touched) {
            act(FieldTouched{of.field});
        }
    }

    void what(Rect rest) {
        heading(rest, view_.item_title);
        if (view_.search) {
            field(take_top(rest, line, gap), *view_.search);
            for (const RecallMakeFacts::Choice& each : view_.found) {
                const Rect at = take_top(rest, 64, gap);
                if (kit::list_row(ui_, at,
                                  {.title = each.name,
                                   .note = each.note,
                                   .bold = false,
                                   .id = kit::id_of(each.item)}))
                    act(ItemPicked{each.item});
            }
            if (!view_.found_hint.empty()) {
                ui_.text(take_top(rest, ui_.grown(40)), view_.found_hint,
                         {.role = Role::muted, .align = kit::Align::center});
            }
            if (!view_.found.empty()) return;  // one step at a time
        } else {
            Rect row = take_top(rest, line, gap);
            if (kit::button(ui_, take_right(row, 140, 12), view_.change)) act(ItemDropped{});
            ui_.text(take_top(row, row.h * 0.56F), view_.item_name,
                     {.size = 22, .weight = kit::Weight::bold, .may_shorten = true});
            ui_.text(row, view_.item_note, {.size = 17, .role = Role::muted});
        }
        take_top(rest, 4);
        packs(rest);
    }

    void packs(Rect rest) {
        heading(rest, view_.packs_title);
        if (const auto index =
                draw_chips(ui_, take_top(rest, line, gap), view_.extents, extent_key))
            act(ExtentChosen{*index});
        if (!view_.packs.empty()) {
            const Rect row = take_top(rest, line, gap);
            const kit::Grid grid{static_cast<int>(view_.packs.size()), 1, gap};
            for (std::size_t i = 0; i < view_.packs.size(); ++i)
                field(kit::cell(row, grid, static_cast<int>(i)), view_.packs[i]);
        }
        if (view_.batches.empty()) {
            kit::empty_state(ui_, rest, {.title = {}, .hint = view_.batches_hint});
            return;
        }
        constexpr float row = 60;
        const kit::Ui::ScrollArea area{kit::id_of("recall batches"), rest,
                                       row * static_cast<float>(view_.batches.size())};
        Rect inner{rest.x, rest.y - ui_.begin_scroll(area), rest.w, area.content_height};
        for (std::size_t i = 0; i < view_.batches.size(); ++i)
            batch(take_top(inner, row), i);
        ui_.end_scroll(area);
    }

    void batch(Rect rect, std::size_t index) {
        const RecallMakeView::Batch& of = view_.batches[index];
        const kit::Touch touch = ui_.target({.what = of.lot,
                                             .rect = rect,
                                             .id = kit::id_of("recall batch", index),
                                             .spacing = kit::Spacing::joined,
                                             .enabled = !of.lot.empty()});
        if (of.covered) ui_.fill(rect, Role::block_soft, 8);
        if (touch.down) ui_.press_veil(rect, 8);
        ui_.divider({rect.x, rect.bottom() - 1}, rect.w);
        if (touch.focused) ui_.border(kit::inset(rect, 2), Role::focus, {8, 3});
        if (touch.activated) act(LotPicked{of.lot});
        Rect inner = kit::inset(rect, kit::Padding{10, 4});
        const Rect sign = take_left(inner, 26, 10);
        kit::draw_icon(ui_, kit::centered(sign, {22, 22}),
                       of.covered ? kit::Icon::check : kit::Icon::minus,
                       of.covered ? Role::block : Role::muted);
        ui_.text(take_top(inner, inner.h / 2), of.lot.empty() ? "—" : of.lot,
                 {.weight = kit::Weight::bold, .may_shorten = true});
        ui_.text(inner, of.words, {.size = 17, .role = Role::muted, .shrink = true});
    }

    void why(Rect rest) {
        heading(rest, view_.level_title);
        levels(take_top(rest, 76, 14));
        heading(rest, view_.reason_title);
        field(take_top(rest, ui_.is_large_text() ? 100.0F : 88.0F, 14), view_.reason, 2);
        const Rect make = take_bottom(rest, 84, gap);
        hint(take_bottom(rest, ui_.grown(34), 4));
        const kit::ButtonStyle style{.look = view_.make.look,
                                     .grade = kit::Grade::final,
                                     .key = view_.make.key,
                                     .enabled = view_.make.enabled,
                                     .size = 30};
        if (kit::button(ui_, make, view_.make.words, style)) act(MakeAsked{});
        effects(rest);
    }

    void effects(Rect rest) {
        const SectionView section{.title = view_.effect_title, .facts = {}, .lines = view_.effects};
        SectionDrawing place{.rect = rest, .measure_only = true};
        const kit::Ui::ScrollArea area{kit::id_of("recall effects"), rest,
                                       draw_section(ui_, section, place)};
        place.rect.y -= ui_.begin_scroll(area);
        place.measure_only = false;
        draw_section(ui_, section, place);
        ui_.end_scroll(area);
    }

    void levels(Rect rect) {
        const auto selected =
            std::ranges::find(view_.levels, true, &RecallMakeView::Level::selected);
        const auto count = static_cast<std::ptrdiff_t>(view_.levels.size());
        const std::ptrdiff_t next =
            selected == view_.levels.end() ? 0 : (selected - view_.levels.begin() + 1) % count;
        if (ui_.take_key(level_key))
            act(LevelChosen{view_.levels[static_cast<std::size_t>(next)].level});
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            const auto& each = view_.levels[static_cast<std::size_t>(i)];
            const Rect at = kit::cell(rect, {static_cast<int>(count), 1, gap}, static_cast<int>(i));
            if (kit::button(ui_, at, each.words,
                            {.grade = kit::Grade::main,
                             .key = i == next ? level_key : kit::Key::none,
                             .sub = each.deadline,
                             .selected = each.selected,
                             .size = 21}))
                act(LevelChosen{each.level});
        }
    }

    void hint(Rect rect) {
        const NoticeView& of = view_.hint;
        if (of.words.empty()) return;
        if (of.icon != kit::Icon::none) {
            kit::draw_icon(ui_, kit::centered(take_left(rect, 24, 8), {22, 22}), of.icon, of.role);
        }
        ui_.text(rect, of.words, {.size = 18, .role = of.role, .shrink = true});
    }

    void confirm(const RecallMakeView::Confirm& of) {
        const SectionView lines{.title = {}, .facts = {}, .lines = of.lines};
        constexpr float width = 760;
        SectionDrawing place{.rect = {0, 0, width - 52, 0}, .measure_only = true};
        const float needs = draw_section(ui_, lines, place) + ui_.grown(56);
        kit::Dialog dialog(ui_, {.size = {width, needs + 176},
                                 .title = of.title,
                                 .icon = kit::Icon::exclamation,
                                 .role = Role::block});
        Rect rest = dialog.body();
        const Rect foot = take_bottom(rest, 84, 16);
        if (kit::button(ui_, kit::cell(foot, {2, 1, 16}, 0), of.cancel,
                        {.grade = kit::Grade::final, .key = kit::Key::escape}))
            act(MakeDropped{});
        if (kit::button(ui_, kit::cell(foot, {2, 1, 16}, 1), of.confirm,
                        {.look = kit::Look::danger,
                         .grade = kit::Grade::final,
                         .key = kit::Key::f12,
                         .size = 28}))
            act(MakeConfirmed{});
        draw_section(ui_, lines, {.rect = rest});
    }

    kit::Ui& ui_;
    const RecallMakeView& view_;
    std::optional<RecallMakeAnswer> answer_;
};

}  // namespace

std::optional<RecallMakeAnswer> draw(kit::Ui& ui, const RecallMakeView& view, Rect rect) {
    return MakeDrawing(ui, view).run(rect);
}

}  // namespace fangxin::admin
