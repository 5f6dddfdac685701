// Tables and list rows. A table scrolls by finger, wheel and arrow keys; the selected row opens its
// actions in place. What is in it, in which order, and what a search leaves, is the view's model.
#pragma once

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"

#include <functional>
#include <span>

namespace fangxin::kit {

struct Column {
    std::string_view title;
    float width = 0;  ///< 0: what the others leave; one column only
    Align align = Align::left;
};

struct Cell {
    std::string text;
    float size = 20;
    Weight weight = Weight::regular;
    Role role = Role::text;
};

struct RowTag {
    std::string words;
    Role role = Role::primary;
};

struct Row {
    std::vector<Cell> cells;   ///< as many as columns
    std::vector<RowTag> tags;  ///< under the wide column's text, before the note
    std::string note;          ///< small, under the wide column's text
    bool struck = false;       ///< voided: a line through it
};

struct RowAction {
    std::string_view words;
    Key key = Key::none;
    bool enabled = true;
    Role role = Role::text;
};

struct TableStyle {
    std::string_view name;  ///< tells two tables of a screen apart
    std::span<const Column> columns;
    std::size_t row_count = 0;
    /// Asked for the visible rows.
    std::function<Row(std::size_t)> row;
    std::optional<std::size_t> selected;
    std::span<const RowAction> actions;  ///< of the selected row
    float row_height = 65;
    float header_height = 40;  ///< 0: none
    bool arrows = true;        ///< up and down move the selection when nothing has the focus
    bool follow_last = false;  ///< a row that is added is scrolled to
};

struct TableAnswer {
    std::optional<std::size_t> chosen;  ///< a row was tapped or reached by an arrow key
    std::optional<std::size_t> action;  ///< an action of the selected row
};
/// Draws header and rows inside `rect`; the card around it is the caller's.
TableAnswer table(Ui& ui, Rect rect, const TableStyle& style);

/// A row that is a target of its own: sign, title over note, what is due at the right.
struct ListRow {
    std::string_view title;
    std::string_view note = {};
    Icon icon = Icon::none;
    Role icon_role = Role::primary;
    std::string_view value = {};
    Role value_role = Role::primary;
    bool bold = true;
    bool enabled = true;
    Key key = Key::none;
    Id id = 0;
};
bool list_row(Ui& ui, Rect rect, const ListRow& row);

/// An entry of the left column or the bottom bar of a program: where one is, with a count.
struct NavEntry {
    std::string_view words;
    bool selected = false;
    int count = 0;
    Icon icon = Icon::none;  ///< drawn above the words
    Key key = Key::none;
};
bool nav_entry(Ui& ui, Rect rect, const NavEntry& entry);

}  // namespace fangxin::kit
