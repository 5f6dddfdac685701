#include "terminal/station/screens/list_page_view.hpp"

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

constexpr float gap = 10;

kit::Icon icon_of(ListSign sign) {
    switch (sign) {
        case ListSign::none:
            return kit::Icon::none;
        case ListSign::item:
            return kit::Icon::shelf;
        case ListSign::warning:
            return kit::Icon::warning;
        case ListSign::block:
            return kit::Icon::cross;
        case ListSign::clock:
            return kit::Icon::clock;
        case ListSign::check:
            return kit::Icon::check;
        case ListSign::speech:
            return kit::Icon::speech;
    }
    return kit::Icon::none;
}

/// All actions but the writing, which is not the list's.
using Touched =
    std::variant<list_page::Open, list_page::Move, list_page::OpenSelected, list_page::TouchSearch,
                 list_page::ClearSearch, list_page::TryAgain, list_page::Back>;

class Drawing {
  public:
    Drawing(kit::Ui& ui, const ListPageView& view, std::string_view composing)
        : ui_(ui), view_(view), composing_(composing) {}

    std::optional<Touched> run(Rect rect, bool wide) {
        rect = kit::inset(rect, wide ? 16.0F : 12.0F);
        if (wide) head(kit::take_top(rect, 72, 12));
        if (view_.searches) search(kit::take_top(rect, 64, 10));
        if (!view_.notice.empty()) {
            kit::banner(ui_, kit::take_top(rect, 48, 10),
                        {.words = view_.notice, .role = Role::warn, .icon = kit::Icon::warning});
        }
        if (view_.instead) {
            instead(rect);
        } else {
            rows(rect);
        }
        keys();
        return action_;
    }

  private:
    void head(Rect rect) {
        if (kit::button(ui_, kit::take_left(rect, 180, 20), view_.back,
                        {.grade = kit::Grade::main,
                         .key = view_.writing ? Key::none : Key::escape,
                         .icon = kit::Icon::back,
                         .size = 20}))
            action_ = list_page::Back{};
        float width = ui_.width_of(view_.count, {20, kit::Weight::regular}) + 1;
        ui_.text(kit::take_right(rect, width, 12), view_.count,
                 {.role = Role::muted, .align = kit::Align::right});
        ui_.text(rect, view_.title, {.size = 28, .weight = kit::Weight::bold, .may_shorten = true});
    }

    void search(Rect rect) {
        if (!view_.typed.empty()) {
            if (kit::button(ui_, kit::take_right(rect, 110, 10), view_.clear))
                action_ = list_page::ClearSearch{};
        }
        auto answer = kit::text_field(ui_, rect,
                                      {.text = view_.typed,
                                       .placeholder = view_.search_words,
                                       .composing = composing_,
                                       .icon = kit::Icon::search,
                                       .active = view_.writing,
                                       .id = kit::id_of("list search")});
        bool wanted = !view_.writing && ui_.take_key(Key::f3);
        if (answer.touched || wanted) action_ = list_page::TouchSearch{};
    }

    void instead(Rect rect) {
        const ListPageView::Instead& state = *view_.instead;
        kit::card(ui_, rect);
        Rect foot = rect;
        if (!state.retry.empty()) {
            foot = kit::inset(kit::take_bottom(rect, 104), 16);
            foot = kit::centered(foot, {std::min(foot.w, 320.0F), 72});
            if (kit::button(
                    ui_, foot, state.retry,
                    {.look = kit::Look::primary, .grade = kit::Grade::main, .key = Key::f5}))
                action_ = list_page::TryAgain{};
        }
        if (state.turns) {
            kit::spinner(ui_, kit::centered(rect, {64, 64}));
            Rect below{rect.x, rect.center().y + 44, rect.w, 40};
            ui_.text(below, state.title,
                     {.size = 22, .role = Role::muted, .align = kit::Align::center});
            return;
        }
        kit::empty_state(ui_, rect,
                         {.icon = state.is_bad ? kit::Icon::warning : kit::Icon::list,
                          .title = state.title,
                          .hint = state.hint});
    }

    void rows(Rect rect) {
        float height = ui_.is_large_text() ? 100.0F : 84.0F;
        float step = height + gap;
        float content = static_cast<float>(view_.rows.size()) * step - gap;
        kit::Ui::ScrollArea area{kit::id_of("list page", kit::id_of(view_.title)), rect, content};
        follow(area, step);
        float offset = ui_.begin_scroll(area);
        float width = content > rect.h ? rect.w - 16 : rect.w;
        auto first = static_cast<std::size_t>(std::max(0.0F, offset) / step);
        for (std::size_t i = first; i < view_.rows.size(); ++i) {
            float y = rect.y - offset + static_cast<float>(i) * step;
            if (y >= rect.bottom()) break;
            if (row({rect.x, y, width, height}, i)) action_ = list_page::Open{i};
        }
        ui_.end_scroll(area);
    }

    /// Brings the selected row into sight when another was selected.
    void follow(const kit::Ui::ScrollArea& area, float step) {
        auto& scroll = ui_.memory().scrolls[area.id];
        if (view_.selected && view_.selected != scroll.shown) {
            float top = static_cast<float>(*view_.selected) * step;
            ui_.show_part(area, top, top + step - gap);
        }
        scroll.shown = view_.selected;
    }

    bool row(Rect rect, std::size_t index) {
        const ListEntry& entry = view_.rows[index];
        bool selected = view_.selected == index;
        kit::Touch touch = ui_.target(
            {.what = entry.title, .rect = rect, .id = kit::id_of(entry.id, 0x115), .min_size = 72});
        ui_.fill(rect, selected || touch.down ? Role::primary_soft : Role::surface, 14);
        ui_.border(rect, selected ? Role::primary : Role::line, {14, selected ? 2.0F : 1.0F});
        if (touch.focused) ui_.border(kit::inset(rect, 2), Role::focus, {12, 3});
        Rect inner = kit::inset(rect, kit::Padding{.across = 15, .down = 8});
        if (entry.sign != ListSign::none) {
            kit::sign(ui_, kit::centered(kit::take_left(inner, 58, 14), {58, 58}),
                      icon_of(entry.sign), {.role = entry.sign_role});
        }
        if (!entry.value.empty()) {
            float width = ui_.width_of(entry.value, {22, kit::Weight::bold}) + 1;
            ui_.text(kit::take_right(inner, std::min(width, inner.w * 0.45F), 12), entry.value,
                     {.size = 22,
                      .weight = kit::Weight::bold,
                      .role = entry.value_role,
                      .align = kit::Align::right,
                      .shrink = true});
        }
        float growth = ui_.is_large_text() ? 1.2F : 1;
        Rect block = kit::centered(inner, {inner.w, 60 * growth});
        if (entry.note.empty() && entry.tag.empty()) block.h = 34 * growth;
        if (entry.note.empty() && entry.tag.empty()) block.y = inner.center().y - block.h / 2;
        ui_.text(kit::take_top(block, 34 * growth), entry.title,
                 {.size = 24, .weight = kit::Weight::bold, .may_shorten = true});
        note(block, entry, selected);
        return touch.activated;
    }

    void note(Rect rect, const ListEntry& entry, bool selected) {
        if (!entry.tag.empty()) {
            float width = kit::tag(ui_, {rect.x, rect.center().y}, entry.tag,
                                   {.role = entry.tag_role, .on_soft = selected});
            kit::take_left(rect, width, 8);
        }
        if (rect.w > 40)
            ui_.text(rect, entry.note, {.size = 17, .role = Role::muted, .may_shorten = true});
    }

    void keys() {
        if (ui_.memory().focus != 0) return;
        if (ui_.take_key(Key::down)) action_ = list_page::Move{1};
        if (ui_.take_key(Key::up)) action_ = list_page::Move{-1};
        if (view_.writing) return;
        if (ui_.take_key(Key::page_down)) action_ = list_page::Move{6};
        if (ui_.take_key(Key::page_up)) action_ = list_page::Move{-6};
        if (ui_.take_key(Key::enter)) action_ = list_page::OpenSelected{};
    }

    kit::Ui& ui_;
    const ListPageView& view_;
    std::string_view composing_;
    std::optional<Touched> action_;
};

}  // namespace

std::optional<ListPageAction> draw(kit::Ui& ui, const kit::TextTable& texts,
                                   const ListPageView& view, Writing& writing, kit::Rect rect) {
    bool wide = rect.w >= wide_from;
    WritingAnswer answer;
    if (view.writing) {
        writing.open({.id = "list search", .longest = 120}, view.typed);
        answer = writing.draw(ui, texts, kit::take_bottom(rect, keyboard_height));
    } else if (writing.is_open("list search")) {
        writing.close();
    }
    Drawing drawing(ui, view, writing.composing());
    std::optional<Touched> touched = drawing.run(rect, wide);
    if (answer.changed || answer.done)
        return list_page::Wrote{answer.changed.value_or(view.typed), answer.done};
    if (!touched) return std::nullopt;
    return std::visit([](const auto& each) { return ListPageAction(each); }, *touched);
}

}  // namespace fangxin::terminal
