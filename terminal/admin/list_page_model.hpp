// A page that is a table with search and filters and, beside it, all of the row that is chosen:
// items, batches, blocked attempts, complaints, terminals and the list of recalls are such pages.
// Each has a model of its own that fills this view; what is typed, chosen and filtered is kept here
// once for all. Pure; any thread.
#pragma once

#include "domain/search_text.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/picture.hpp"
#include "terminal/kit/table.hpp"
#include "terminal/kit/text_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::admin {

/// More rows than a person reads: the page asks to search instead.
inline constexpr std::size_t most_rows = 500;

/// What only the page knows. `filter` counts the page's chips, `picked` is a choice of its picker.
struct ListState {
    std::string search;
    bool searching = false;  ///< what is typed goes into the search
    std::size_t filter = 0;
    std::string picked;  ///< empty: all
    bool picking = false;
    std::string chosen;  ///< id of the row whose details are shown
    bool operator==(const ListState&) const = default;
};

struct SearchView {
    std::string text;
    std::string placeholder;
    std::string composing;
    bool active = false;
};

struct ChipView {
    std::string words;
    bool selected = false;
};

/// A filter with many choices: a button that opens them.
struct PickerView {
    struct Choice {
        std::string id;  ///< empty: all
        std::string words;
    };
    std::string title;
    std::string words;  ///< on the button
    std::vector<Choice> choices;
    std::size_t selected = 0;
    bool open = false;
};

struct ColumnView {
    std::string title;
    float width = 0;  ///< 0: what the others leave; one column only
    kit::Align align = kit::Align::left;
};

struct NoticeView {
    std::string words;
    kit::Role role = kit::Role::primary;
    kit::Icon icon = kit::Icon::none;
};

struct ActionView {
    std::string words;
    std::string sub;
    kit::Key key = kit::Key::none;
    kit::Look look = kit::Look::normal;
    bool enabled = true;
};

struct SectionView {
    std::string title;
    std::vector<kit::KeyValue> facts;
    std::vector<NoticeView> lines;  ///< whole sentences
};

/// One sign of a code with what it stands for underneath.
struct DigitBox {
    std::string digit;  ///< one, or as many as belong together
    std::string letter;
    kit::Role role = kit::Role::text;
};

/// All of the chosen row.
struct DetailView {
    std::string title;
    std::vector<kit::RowTag> tags;
    std::optional<NoticeView> notice;
    std::vector<DigitBox> boxes;
    kit::PicturePtr picture;  ///< a code to be scanned off the screen
    std::vector<kit::KeyValue> facts;
    std::vector<SectionView> sections;
    std::vector<ActionView> actions;
    float key_width = 104;  ///< of the names before the facts
};

/// How often: a bar with its name before and its number behind.
struct BarView {
    std::string words;
    std::int64_t count = 0;
    kit::Role role = kit::Role::primary;
};

struct ListPageView {
    std::string name;  ///< tells one page's table from another's
    std::optional<SearchView> search;
    std::vector<ChipView> chips;
    std::optional<PickerView> picker;
    std::optional<ActionView> action;  ///< of the page, not of a row
    std::vector<ColumnView> columns;
    std::vector<kit::Row> rows;
    std::vector<std::string> ids;  ///< of the rows
    std::optional<std::size_t> selected;
    float row_height = 65;
    std::string count;  ///< under the table
    kit::Icon empty_icon = kit::Icon::none;
    std::string empty_title;
    std::string empty_hint;
    std::string bars_title;
    std::vector<BarView> bars;  ///< above the details
    std::optional<DetailView> detail;
    std::string detail_hint;  ///< while no row is chosen
    float detail_width = 0;   ///< of the card beside the table; 0: as usual
};

struct RowChosen {
    std::string id;
};
struct SearchTouched {};
struct SearchTyped {
    std::string text;
};
/// Enter or Esc in the search: what was found is what is wanted.
struct SearchLeft {};
struct ChipChosen {
    std::size_t index = 0;
};
struct PickerOpened {};
struct PickerClosed {};
struct Picked {
    std::string id;
};
/// One of the chosen row's actions.
struct RowActed {
    std::size_t index = 0;
};
struct PageActed {};
using ListAction = std::variant<RowChosen, SearchTouched, SearchTyped, SearchLeft, ChipChosen,
                                PickerOpened, PickerClosed, Picked, RowActed, PageActed>;

/// Keeps what was chosen; RowActed and PageActed are the page's own business.
void update(ListState& state, const ListAction& action);

/// The rows after these are only counted, and not even made.
inline bool is_full(const ListPageView& view) { return view.rows.size() >= most_rows; }
/// Adds the row, and chooses it if it is the chosen one.
void add_row(ListPageView& view, const ListState& state, const std::string& id, kit::Row row);

/// What was found, when more would be read by nobody: `the first 500 of 812: search for one`.
struct Found {
    std::size_t shown = 0;
    std::size_t in_all = 0;
};
std::string count_text(const Found& found, const std::string& words, const kit::TextTable& texts);

}  // namespace fangxin::admin
