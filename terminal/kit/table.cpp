#include "terminal/kit/table.hpp"

#include <algorithm>
#include <cmath>

namespace fangxin::kit {

namespace {

constexpr float side_padding = 18;
constexpr float actions_height = 66;

class TableDrawing {
  public:
    TableDrawing(Ui& ui, Rect rect, const TableStyle& style)
        : ui_(ui), style_(style), id_(id_of(style.name, 0x7AB1E)) {
        Rect rest = rect;
        if (style.header_height > 0) header_ = take_top(rest, style.header_height);
        area_ = {.id = id_, .rect = rest, .content_height = content_height(), .is_of_rows = true};
    }

    TableAnswer run() {
        draw_header();
        move_by_keys();
        follow();
        const float offset = ui_.begin_scroll(area_);
        const float height = style_.row_height;
        const float beyond = ui_.beyond(area_, height);
        const auto first =
            static_cast<std::size_t>(std::max(0.0F, offset - actions_height - beyond) / height);
        for (std::size_t i = first; i < style_.row_count; ++i) {
            const float y = area_.rect.y - offset + top_of(i);
            if (y >= area_.rect.bottom() + beyond) break;
            const bool is_seen = y < area_.rect.bottom() && y + whole_height(i) > area_.rect.y;
            if (is_seen) {
                draw_row(i, y);
            } else {
                touch_row(i, y, {});
            }
        }
        ui_.end_scroll(area_);
        return answer_;
    }

  private:
    bool opens_actions() const { return style_.selected && !style_.actions.empty(); }
    float content_height() const {
        return static_cast<float>(style_.row_count) * style_.row_height +
               (opens_actions() ? actions_height : 0);
    }
    float top_of(std::size_t row) const {
        const bool below_actions = opens_actions() && row > *style_.selected;
        return static_cast<float>(row) * style_.row_height + (below_actions ? actions_height : 0);
    }

    float whole_height(std::size_t row) const {
        const bool is_open = opens_actions() && row == *style_.selected;
        return style_.row_height + (is_open ? actions_height : 0);
    }

    void draw_header() {
        if (style_.header_height <= 0) return;
        for (std::size_t c = 0; c < style_.columns.size(); ++c) {
            const Column& column = style_.columns[c];
            ui_.text(column_rect(c, header_.y, header_.h), column.title,
                     {.size = 18, .role = Role::muted, .align = column.align, .shrink = true});
        }
        ui_.divider({header_.x, header_.bottom() - 1}, header_.w);
    }

    /// Columns from left to right; the one of width 0 takes what is left.
    Rect column_rect(std::size_t wanted, float y, float height) const {
        float fixed = 0;
        for (const Column& column : style_.columns)
            fixed += column.width;
        const float wide = area_.rect.w - 2 * side_padding - fixed;
        float x = area_.rect.x + side_padding;
        for (std::size_t c = 0; c < wanted; ++c)
            x += width_of(c, wide);
        return {x, y, width_of(wanted, wide), height};
    }
    float width_of(std::size_t column, float wide) const {
        const float width = style_.columns[column].width;
        return width > 0 ? width : wide;
    }

    void move_by_keys() {
        if (!style_.arrows || style_.row_count == 0) return;
        const Id focus = ui_.memory().focus;
        const bool on_selected =
            style_.selected && focus == id_of(style_.name, *style_.selected + 1);
        if (focus != 0 && !on_selected) return;
        const std::size_t last = style_.row_count - 1;
        const auto page = static_cast<std::size_t>(
            std::max(1.0F, std::floor(area_.rect.h / style_.row_height) - 1));
        const std::size_t at = style_.selected.value_or(0);
        const bool none = !style_.selected;
        if (ui_.take_key(Key::down)) answer_.chosen = none ? 0 : std::min(at + 1, last);
        if (ui_.take_key(Key::up)) answer_.chosen = none ? last : at - std::min<std::size_t>(at, 1);
        if (ui_.take_key(Key::page_down)) answer_.chosen = std::min(at + page, last);
        if (ui_.take_key(Key::page_up)) answer_.chosen = at - std::min(at, page);
        if (ui_.take_key(Key::home)) answer_.chosen = 0;
        if (ui_.take_key(Key::end)) answer_.chosen = last;
        if (on_selected && answer_.chosen) {
            ui_.memory().focus = id_of(style_.name, *answer_.chosen + 1);
        }
    }

    /// Shows the selected row when it has changed, or the row that was added.
    void follow() {
        Memory::Scroll& scroll = ui_.memory().scrolls[id_];
        std::optional<std::size_t> wanted = style_.selected;
        if (!wanted && style_.follow_last && style_.row_count > 0) wanted = style_.row_count - 1;
        if (wanted && wanted != scroll.shown && *wanted < style_.row_count) {
            const bool open = opens_actions() && wanted == style_.selected;
            const float top = top_of(*wanted);
            ui_.show_part(area_, top, top + style_.row_height + (open ? actions_height : 0));
        }
        scroll.shown = wanted;
    }

    /// Of a row out of sight this is all there is: nobody asks what is in it.
    Touch touch_row(std::size_t index, float y, std::string_view what) {
        return ui_.target({.what = what,
                           .rect = {area_.rect.x, y, area_.rect.w, style_.row_height},
                           .id = id_of(style_.name, index + 1),
                           .spacing = Spacing::joined});
    }

    void draw_row(std::size_t index, float y) {
        const bool selected = style_.selected == index;
        const bool open = selected && opens_actions();
        const Row row = style_.row(index);
        const Rect upper{area_.rect.x, y, area_.rect.w, style_.row_height};
        Rect whole = upper;
        if (open) whole.h += actions_height;
        const Touch touch = touch_row(index, y, row.cells.empty() ? row.note : row.cells[0].text);
        if (selected) ui_.fill(whole, Role::primary_soft);
        if (touch.down) ui_.press_veil(upper, 0);
        for (std::size_t c = 0; c < style_.columns.size() && c < row.cells.size(); ++c) {
            draw_cell(row, c, upper, selected);
        }
        if (row.struck) {
            ui_.canvas().line({upper.x + side_padding, upper.center().y},
                              {upper.right() - side_padding, upper.center().y},
                              ui_.color(Role::muted), 2);
        }
        ui_.divider({whole.x, whole.bottom() - 1}, whole.w);
        if (touch.focused) ui_.border(inset(upper, 2), Role::focus, {8, 3});
        if (touch.activated) answer_.chosen = index;
        if (open) draw_actions({whole.x, upper.bottom(), whole.w, actions_height});
    }

    void draw_cell(const Row& row, std::size_t column, Rect upper, bool selected) {
        const Cell& cell = row.cells[column];
        Rect at = column_rect(column, upper.y, upper.h);
        const bool is_wide = style_.columns[column].width <= 0;
        TextStyle text{.size = cell.size, .weight = cell.weight, .role = cell.role};
        text.align = style_.columns[column].align;
        text.may_shorten = is_wide;
        text.shrink = !is_wide;
        if (is_wide && column + 1 < style_.columns.size()) at.w -= 12;
        if (!is_wide || (row.note.empty() && row.tags.empty())) {
            ui_.text(at, cell.text, text);
            return;
        }
        // Title and note are one block in the middle of the row.
        constexpr float note_height = 24;
        const float title_height = cell.size * 1.25F * (ui_.is_large_text() ? 1.15F : 1);
        Rect block = centered(at, {at.w, title_height + note_height});
        ui_.text(take_top(block, title_height), cell.text, text);
        draw_note(row, block, selected);
    }

    void draw_note(const Row& row, Rect at, bool selected) {
        for (const RowTag& tag_view : row.tags) {
            if (at.w < 40) return;
            const float width = tag(ui_, {at.x, at.center().y}, tag_view.words,
                                    {.role = tag_view.role, .on_soft = selected});
            take_left(at, width, 6);
        }
        if (at.w < 40) return;
        ui_.text(at, row.note, {.size = 16, .role = Role::muted, .may_shorten = true});
    }

    void draw_actions(Rect rect) {
        const Rect strip{rect.x + side_padding, rect.y, rect.w - 2 * side_padding, 56};
        const Grid grid{static_cast<int>(style_.actions.size()), 1, 8};
        for (std::size_t i = 0; i < style_.actions.size(); ++i) {
            const RowAction& action = style_.actions[i];
            const ButtonStyle button_style{.key = action.key,
                                           .enabled = action.enabled,
                                           .words = action.role,
                                           .id = id_of(style_.name, 0xAC7104 + i)};
            if (button(ui_, cell(strip, grid, static_cast<int>(i)), action.words, button_style)) {
                answer_.action = i;
            }
        }
    }

    Ui& ui_;
    const TableStyle& style_;
    Id id_;
    Rect header_;
    Ui::ScrollArea area_;
    TableAnswer answer_;
};

}  // namespace

TableAnswer table(Ui& ui, Rect rect, const TableStyle& style) {
    return TableDrawing(ui, rect, style).run();
}

bool list_row(Ui& ui, Rect rect, const ListRow& row) {
    const Touch touch = ui.target(
        {.what = row.title, .rect = rect, .id = row.id, .key = row.key, .enabled = row.enabled});
    ui.fill(rect, Role::surface, 14);
    if (touch.down) ui.press_veil(rect, 14);
    ui.border(rect, Role::line, {14, 1});
    if (touch.focused) ui.focus_ring(rect, 14);
    Rect inner = inset(rect, Padding{15, 8});
    if (row.icon != Icon::none) {
        const float side = std::min(60.0F, inner.h);
        sign(ui, centered(take_left(inner, side, 14), {side, side}), row.icon,
             {.role = row.icon_role});
    }
    if (ui.shows_key_caps() && row.key != Key::none) {
        const float width = key_cap_width(ui, row.key);
        const Rect at = take_right(inner, width, 10);
        key_cap(ui, {at.x, at.center().y}, row.key);
    }
    if (!row.value.empty()) {
        const float width = std::min(inner.w / 2, ui.width_of(row.value, {20, Weight::bold}) + 1);
        ui.text(take_right(inner, width, 10), row.value,
                {.weight = Weight::bold,
                 .role = row.value_role,
                 .align = Align::right,
                 .shrink = true});
    }
    const TextStyle title{.size = 24,
                          .weight = row.bold ? Weight::bold : Weight::regular,
                          .role = row.enabled ? Role::text : Role::disabled,
                          .may_shorten = true,
                          .enabled = row.enabled};
    if (row.note.empty()) {
        ui.text(inner, row.title, title);
    } else {
        const float growth = ui.is_large_text() ? 1.2F : 1;
        Rect block = centered(inner, {inner.w, 56 * growth});
        ui.text(take_top(block, 31 * growth), row.title, title);
        ui.text(block, row.note,
                {.size = 17, .role = Role::muted, .may_shorten = true, .enabled = row.enabled});
    }
    return touch.activated;
}

bool nav_entry(Ui& ui, Rect rect, const NavEntry& entry) {
    const Touch touch = ui.target(
        {.what = entry.words, .rect = rect, .key = entry.key, .spacing = Spacing::joined});
    const bool upright = entry.icon != Icon::none;
    if (entry.selected && !upright) ui.fill(rect, Role::primary_soft, 12);
    if (touch.down) ui.press_veil(rect, 12);
    if (touch.focused) ui.border(inset(rect, 2), Role::focus, {10, 3});
    TextStyle style{.size = 21, .shrink = true};
    if (entry.selected) style.weight = Weight::bold;
    if (entry.selected) style.role = Role::primary;
    if (!upright) {
        Rect inner = inset(rect, Padding{14, 0});
        if (entry.count > 0) {
            const Rect at = take_right(inner, 34, 4);
            badge(ui, {at.right(), at.center().y}, entry.count);
        }
        ui.text(inner, entry.words, style);
        return touch.activated;
    }
    Rect inner = inset(rect, Padding{6, 10});
    const Rect icon = take_top(inner, 36, 2);
    if (!entry.selected) style.role = Role::muted;
    draw_icon(ui, inset(icon, 3), entry.icon, style.role);
    if (entry.count > 0) badge(ui, {rect.center().x + 38, icon.y + 6}, entry.count);
    style.size = 18;
    style.align = Align::center;
    ui.text(inner, entry.words, style);
    return touch.activated;
}

}  // namespace fangxin::kit
