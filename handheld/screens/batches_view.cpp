#include "handheld/screens/batches_view.hpp"

#include "handheld/screens/head_view.hpp"
#include "handheld/screens/page_parts.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/table.hpp"

#include <array>

namespace fangxin::handheld {

namespace {

using batches::Action;
using kit::Key;
using kit::Rect;
using kit::Role;

std::optional<Action> draw_filters(kit::Ui& ui, const BatchesView& view, Rect& rest) {
    std::optional<Action> action;
    constexpr std::array keys{Key::f1, Key::f2, Key::f3, Key::f4, Key::f5};
    const Rect row =
        kit::inset(kit::take_top(rest, grown(ui, 70)), kit::Padding{.across = page_margin});
    for (std::size_t i = 0; i < view.filters.size(); ++i) {
        const BatchesView::Filter& filter = view.filters[i];
        const Rect at = kit::cell(row, {.columns = 5, .rows = 1, .gap = 8}, static_cast<int>(i));
        if (draw_tile(ui, at,
                      {.count = filter.count,
                       .words = filter.words,
                       .role = filter.role,
                       .selected = filter.selected,
                       .key = keys[i]})) {
            action = batches::FilterChosen{filter.filter};
        }
    }
    return action;
}

std::optional<Action> draw_list(kit::Ui& ui, const BatchesView& view, Rect rest) {
    if (!view.more.empty()) {
        const Rect foot = kit::take_bottom(rest, grown(ui, 40));
        ui.text(foot, view.more,
                {.size = 17, .role = Role::muted, .align = kit::Align::center, .shrink = true});
    }
    const auto opened = draw_rows(ui,
                                  {.name = "batches",
                                   .rect = rest,
                                   .count = view.rows.size(),
                                   .row_height = grown(ui, 80),
                                   .gap = 8},
                                  [&](std::size_t i, Rect at) {
                                      const BatchesView::Row& row = view.rows[i];
                                      return kit::list_row(ui, at,
                                                           {.title = row.name,
                                                            .note = row.note,
                                                            .value = row.mark.words,
                                                            .value_role = row.mark.role,
                                                            .id = kit::id_of("batch", i + 1)});
                                  });
    if (!opened) return std::nullopt;
    return batches::Opened{view.rows[*opened].index};
}

}  // namespace

std::optional<Action> draw(kit::Ui& ui, const kit::TextTable& texts, const BatchesView& view,
                           Rect rect) {
    std::optional<Action> action;
    const auto take = [&](std::optional<Action> from) {
        if (from) action = std::move(from);
    };
    if (draw_head(ui, texts, view.head, rect)) action = batches::Left{};
    if (view.loading) {
        kit::spinner(ui, kit::centered(rect, {64, 64}));
        return action;
    }
    if (!view.is_unreadable) {
        kit::take_top(rect, 12);
        const Rect field =
            kit::inset(kit::take_top(rect, 60, 10), kit::Padding{.across = page_margin});
        const auto typed = kit::text_field(ui, field,
                                           {.text = view.search,
                                            .placeholder = view.placeholder,
                                            .icon = kit::Icon::search,
                                            .active = true,
                                            .longest = 60,
                                            .id = kit::id_of("search for a batch")});
        if (typed.changed) action = batches::Wrote{*typed.changed};
        if (typed.touched) action = batches::FieldTouched{};
        take(draw_filters(ui, view, rect));
    }
    if (view.rows.empty()) {
        kit::empty_state(ui, rect,
                         {.icon = view.is_unreadable ? kit::Icon::warning : kit::Icon::shelf,
                          .title = view.empty_title,
                          .hint = view.empty_hint});
    } else {
        take(draw_list(ui, view, rect));
    }
    return action;
}

}  // namespace fangxin::handheld
