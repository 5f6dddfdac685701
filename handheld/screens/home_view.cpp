#include "handheld/screens/home_view.hpp"

#include "handheld/screens/head_view.hpp"
#include "handheld/screens/page_parts.hpp"
#include "terminal/kit/table.hpp"

#include <array>

namespace fangxin::handheld {

namespace {

using home::Action;
using home::Way;
using kit::Icon;
using kit::Key;
using kit::Rect;
using kit::Role;

std::optional<Action> draw_tiles(kit::Ui& ui, const HomeView& view, Rect& rest) {
    std::optional<Action> action;
    kit::take_top(rest, 12);
    const Rect row =
        kit::inset(kit::take_top(rest, grown(ui, 74)), kit::Padding{.across = page_margin});
    for (std::size_t i = 0; i < view.tiles.size(); ++i) {
        const int number = static_cast<int>(i);
        const Rect at = kit::cell(row, {.columns = 4, .rows = 1, .gap = 8}, number);
        const HomeView::Tile& tile = view.tiles[i];
        if (draw_tile(ui, at,
                      {.count = tile.count,
                       .words = tile.words,
                       .role = tile.role,
                       .selected = tile.selected,
                       .key = kit::digit_key(number + 1)})) {
            action = home::GroupChosen{view.tiles[i].group};
        }
    }
    return action;
}

std::optional<Action> draw_bar(kit::Ui& ui, const kit::TextTable& texts, const HomeView& view,
                               Rect& rest) {
    constexpr float bar_height = 84;
    const Rect bar = kit::take_bottom(rest, bar_height);
    ui.fill(bar, Role::surface);
    ui.divider({bar.x, bar.y}, bar.w);
    struct Entry {
        Way way;
        const char* words;
        Icon icon;
        Key key;
    };
    const std::array entries{
        Entry{Way::receive, texts.tr_c("a way", "Receive"), Icon::down, Key::f1},
        Entry{Way::batches, texts.tr_c("a way", "Batches"), Icon::shelf, Key::f2},
        Entry{Way::scan, texts.tr_c("a way", "Scan"), Icon::camera, Key::f3},
        Entry{Way::complaint, texts.tr_c("a way", "Complaint"), Icon::speech, Key::f4},
        Entry{Way::more, texts.tr_c("a way", "More"), Icon::list, Key::f5}};
    std::optional<Action> action;
    const float width = bar.w / static_cast<float>(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        if (entry.way == Way::receive && !view.can_receive) {
            Rect at{bar.x, bar.y + 1, width, bar.h - 1};
            Rect inner = kit::inset(at, kit::Padding{6, 10});
            kit::draw_icon(ui, kit::inset(kit::take_top(inner, 36, 2), 3), entry.icon,
                           Role::disabled);
            ui.text(inner, entry.words,
                    {.size = 18,
                     .role = Role::disabled,
                     .align = kit::Align::center,
                     .shrink = true,
                     .enabled = false});
            continue;
        }
        const Rect at{bar.x + static_cast<float>(i) * width, bar.y + 1, width, bar.h - 1};
        if (kit::nav_entry(ui, at, {.words = entry.words, .icon = entry.icon, .key = entry.key})) {
            action = home::WayTaken{entry.way};
        }
    }
    return action;
}

std::optional<Action> draw_tasks(kit::Ui& ui, const HomeView& view, Rect rest) {
    const auto opened = draw_rows(
        ui,
        {.name = "tasks", .rect = rest, .count = view.tasks.size(), .row_height = grown(ui, 86)},
        [&](std::size_t i, Rect at) {
            const HomeView::Task& task = view.tasks[i];
            return kit::list_row(ui, at,
                                 {.title = task.title,
                                  .note = task.note,
                                  .icon = task.icon,
                                  .icon_role = task.role,
                                  .value = task.due,
                                  .value_role = task.role,
                                  .id = kit::id_of("task", i + 1)});
        });
    if (!opened) return std::nullopt;
    const HomeView::Task& task = view.tasks[*opened];
    return home::TaskOpened{task.group, task.index};
}

std::optional<Action> draw_more(kit::Ui& ui, const kit::TextTable& texts, const HomeView& view) {
    struct Entry {
        Way way;
        const char* words;
        Icon icon;
    };
    std::vector<Entry> entries;
    if (view.can_recall) {
        entries.push_back({Way::recall, texts.tr("Make a recall…"), Icon::warning});
    }
    entries.push_back({Way::fault, texts.tr("Report a fault"), Icon::exclamation});
    entries.push_back({Way::settings, texts.tr_c("on the handheld", "Settings"), Icon::list});
    entries.push_back({Way::lock, texts.tr_c("on the handheld", "Lock"), Icon::lock});
    entries.push_back({Way::log_out, texts.tr_c("on the handheld", "Log out"), Icon::forward});
    const auto count = static_cast<float>(entries.size());
    const float height =
        52 + (ui.is_large_text() ? 68.0F : 56.0F) + static_cast<float>(count) * 80 + 64;
    std::optional<Action> action;
    kit::Dialog dialog(ui, {.size = {432, height}, .title = texts.tr_c("a way", "More")});
    Rect body = dialog.body();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        const bool danger = entry.way == Way::recall;
        if (kit::button(ui, kit::take_top(body, 72, 8), entry.words,
                        {.grade = kit::Grade::main,
                         .key = kit::digit_key(static_cast<int>(i) + 1),
                         .icon = entry.icon,
                         .words = danger ? Role::block : Role::text})) {
            action = home::WayTaken{entry.way};
        }
    }
    if (kit::button(ui, kit::take_bottom(body, 56), texts.tr("Close"), {.key = Key::escape})) {
        action = home::MoreClosed{};
    }
    return action;
}

}  // namespace

std::optional<Action> draw(kit::Ui& ui, const kit::TextTable& texts, const HomeView& view,
                           Rect rect) {
    std::optional<Action> action;
    const auto take = [&](std::optional<Action> from) {
        if (from) action = std::move(from);
    };
    draw_head(ui, texts, view.head, rect);
    take(draw_bar(ui, texts, view, rect));
    if (view.loading) {
        kit::spinner(ui, kit::centered(rect, {64, 64}));
    } else {
        if (!view.tiles.empty()) take(draw_tiles(ui, view, rect));
        if (view.empty) {
            kit::empty_state(
                ui, rect,
                {.icon = view.empty->icon, .title = view.empty->title, .hint = view.empty->hint});
        } else {
            take(draw_tasks(ui, view, rect));
        }
    }
    if (view.more_is_open) take(draw_more(ui, texts, view));
    return action;
}

}  // namespace fangxin::handheld
