#include "terminal/admin/recall_live_view.hpp"

#include "terminal/admin/list_page_view.hpp"
#include "terminal/kit/button.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::admin {

namespace {

using kit::Rect;
using kit::Role;

class LiveDrawing {
  public:
    LiveDrawing(kit::Ui& ui, const RecallLiveView& view) : ui_(ui), view_(view) {}

    bool run(Rect rest) {
        Rect head = take_top(rest, 56, 12);
        const bool back = kit::button(ui_, take_left(head, 200, 16), view_.back,
                                      {.key = kit::Key::escape, .icon = kit::Icon::back});
        tags(head);
        ui_.text(head, view_.title, {.size = 26, .weight = kit::Weight::bold, .may_shorten = true});
        why(take_top(rest, ui_.grown(92), 12));
        if (view_.waiting) {
            kit::banner(
                ui_, take_top(rest, 48, 12),
                {.words = view_.waiting->words,
                 .role = view_.waiting->role == Role::muted ? Role::primary : view_.waiting->role,
                 .icon = view_.waiting->icon});
        }
        terminals(take_left(rest, 480, 16));
        Rect trace = take_bottom(rest, ui_.grown(168), 16);
        batches(rest);
        receipts(trace);
        return back;
    }

  private:
    void tags(Rect& head) {
        for (auto each = view_.tags.rbegin(); each != view_.tags.rend(); ++each) {
            const kit::TagStyle style{.role = each->role};
            const float width = kit::tag_width(ui_, each->words, style);
            const Rect at = take_right(head, width, 8);
            // A muted tag has the ground of a well, which on the background is hardly seen.
            kit::tag(ui_, {at.x, at.center().y}, each->words,
                     {.role = each->role, .on_soft = each->role == Role::muted});
        }
    }

    void why(Rect rect) {
        kit::card(ui_, rect);
        Rect inner = kit::inset(rect, kit::Padding{20, 12});
        ui_.text(take_top(inner, ui_.grown(28), 4), view_.made,
                 {.size = 18, .role = Role::muted, .may_shorten = true});
        ui_.text(inner, view_.reason, {.size = 20, .may_shorten = true});
    }

    Rect titled_card(Rect rect, const std::string& title) {
        kit::card(ui_, rect);
        Rect inner = kit::inset(rect, kit::Padding{20, 10});
        ui_.text(take_top(inner, ui_.grown(38)), title,
                 {.weight = kit::Weight::bold, .shrink = true});
        return inner;
    }

    void terminals(Rect rect) {
        const Rect inner = titled_card(rect, view_.terminals_title);
        if (view_.terminals.empty()) {
            kit::empty_state(ui_, inner, {.title = view_.terminals_empty});
            return;
        }
        const float row = ui_.grown(44);
        const kit::Ui::ScrollArea area{kit::id_of("live terminals"), inner,
                                       row * static_cast<float>(view_.terminals.size())};
        Rect rest{inner.x, inner.y - ui_.begin_scroll(area), inner.w, area.content_height};
        for (const RecallLiveView::Terminal& each : view_.terminals)
            terminal(take_top(rest, row), each);
        ui_.end_scroll(area);
    }

    void terminal(Rect line, const RecallLiveView::Terminal& of) {
        ui_.divider({line.x, line.bottom() - 1}, line.w);
        const float width = ui_.width_of(of.answer.words, {20, kit::Weight::regular}) + 1;
        ui_.text(take_right(line, std::min(width, line.w * 0.62F), 8), of.answer.words,
                 {.role = of.answer.role, .align = kit::Align::right, .shrink = true});
        kit::draw_icon(ui_, kit::centered(take_right(line, 22, 8), {20, 20}),
                       of.answer.done ? kit::Icon::check : kit::Icon::clock, of.answer.role);
        ui_.text(line, of.name, {.may_shorten = true});
    }

    void batches(Rect rect) {
        const Rect inner = titled_card(rect, view_.batches_title);
        if (view_.batches.empty()) {
            kit::empty_state(ui_, inner,
                             {.icon = kit::Icon::shelf, .title = {}, .hint = view_.batches_empty});
            return;
        }
        const float row = ui_.grown(66);
        const kit::Ui::ScrollArea area{kit::id_of("live batches"), inner,
                                       row * static_cast<float>(view_.batches.size())};
        Rect rest{inner.x, inner.y - ui_.begin_scroll(area), inner.w, area.content_height};
        for (const RecallLiveView::Batch& each : view_.batches)
            batch(take_top(rest, row), each);
        ui_.end_scroll(area);
    }

    void batch(Rect line, const RecallLiveView::Batch& of) {
        ui_.divider({line.x, line.bottom() - 1}, line.w);
        line = kit::inset(line, kit::Padding{0, 3});
        Rect right = take_right(line, 150, 8);
        ui_.text(take_top(right, line.h / 2), of.stock,
                 {.weight = kit::Weight::bold, .align = kit::Align::right, .shrink = true});
        const float width = kit::tag_width(ui_, of.tag.words, {.role = of.tag.role});
        kit::tag(ui_, {right.right() - width, right.center().y - 2}, of.tag.words,
                 {.role = of.tag.role});
        ui_.text(take_top(line, line.h / 2), of.lot,
                 {.weight = kit::Weight::bold, .may_shorten = true});
        ui_.text(line, of.dates, {.size = 18, .role = Role::muted, .shrink = true});
    }

    void receipts(Rect rect) {
        Rect inner = titled_card(rect, view_.trace_title);
        SectionView section{.title = {}, .facts = view_.trace, .lines = {}};
        section.lines.push_back({view_.lifting, Role::muted, kit::Icon::lock});
        draw_section(ui_, section, {.rect = inner});
    }

    kit::Ui& ui_;
    const RecallLiveView& view_;
};

}  // namespace

bool draw(kit::Ui& ui, const RecallLiveView& view, Rect rect) {
    return LiveDrawing(ui, view).run(rect);
}

}  // namespace fangxin::admin
