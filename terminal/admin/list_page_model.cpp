#include "terminal/admin/list_page_model.hpp"

#include <algorithm>
#include <utility>

namespace fangxin::admin {

namespace {

struct Keeper {
    ListState& state;
    void operator()(const RowChosen& row) const { state.chosen = row.id; }
    void operator()(const SearchTouched&) const { state.searching = true; }
    void operator()(const SearchTyped& typed) const { state.search = typed.text; }
    void operator()(const SearchLeft&) const { state.searching = false; }
    void operator()(const ChipChosen& chip) const { state.filter = chip.index; }
    void operator()(const PickerOpened&) const { state.picking = true; }
    void operator()(const PickerClosed&) const { state.picking = false; }
    void operator()(const Picked& choice) const {
        state.picked = choice.id;
        state.picking = false;
    }
    void operator()(const RowActed&) const {}
    void operator()(const PageActed&) const {}
};

}  // namespace

void update(ListState& state, const ListAction& action) {
    // A finger on the table has done with writing: the keyboard makes way for the rows.
    if (!std::holds_alternative<SearchTyped>(action)) state.searching = false;
    std::visit(Keeper{state}, action);
}

void add_row(ListPageView& view, const ListState& state, const std::string& id, kit::Row row) {
    if (id == state.chosen) view.selected = view.rows.size();
    view.ids.push_back(id);
    view.rows.push_back(std::move(row));
}

std::string count_text(const Found& found, const std::string& words, const kit::TextTable& texts) {
    if (found.in_all <= found.shown) return words;
    return texts.tr("The first {} of {}: search to see others", found.shown, found.in_all);
}

}  // namespace fangxin::admin
