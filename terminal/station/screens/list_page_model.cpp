#include "terminal/station/screens/list_page_model.hpp"

#include "domain/search_text.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

/// Indices of the entries in which every word that is typed is found.
std::vector<std::size_t> found(const ListPageState& state, const ListPageFacts& facts) {
    std::vector<domain::SearchPattern> patterns;
    std::u16string folded = domain::fold_words(state.typed);
    for (std::u16string_view rest = folded; !rest.empty();) {
        std::size_t end = std::min(rest.find(u' '), rest.size());
        if (end > 0) patterns.emplace_back(std::u16string(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < facts.entries.size(); ++i) {
        const ListEntry& entry = facts.entries[i];
        bool fits = true;
        if (!patterns.empty()) {
            std::u16string name = domain::fold(entry.title + " " + entry.note + " " + entry.tag);
            fits = std::ranges::all_of(patterns,
                                       [&](const auto& pattern) { return pattern.is_in(name); });
        }
        if (fits) all.push_back(i);
    }
    return all;
}

std::optional<ListPageView::Instead> instead_of(const ListPageState& state,
                                                const ListPageFacts& facts,
                                                const kit::TextTable& texts) {
    if (facts.entries.empty()) {
        switch (facts.condition) {
            case ListCondition::loading:
                return ListPageView::Instead{texts.tr("Please wait…"), "", true, false, ""};
            case ListCondition::failed:
                return ListPageView::Instead{texts.tr("The list could not be read"), facts.trouble,
                                             false, true, texts.tr("Try again")};
            case ListCondition::offline:
                return ListPageView::Instead{texts.tr("The server cannot be reached"),
                                             texts.tr("This list comes from the server"), false,
                                             true, texts.tr("Try again")};
            case ListCondition::ready:
                return ListPageView::Instead{facts.nothing, facts.what_to_do, false, false, ""};
        }
    }
    if (state.typed.empty()) return std::nullopt;
    return ListPageView::Instead{texts.tr("Nothing found"), texts.tr("Try fewer letters"), false,
                                 false, ""};
}

class Doing {
  public:
    Doing(ListPageState& state, const ListPageFacts& facts) : state_(state), facts_(facts) {}

    std::optional<ListPageEffect> operator()(const list_page::Open& open) {
        auto rows = found(state_, facts_);
        if (open.row >= rows.size()) return {};
        return opened(facts_.entries[rows[open.row]].id);
    }
    std::optional<ListPageEffect> operator()(const list_page::Move& move) {
        auto rows = found(state_, facts_);
        if (rows.empty()) return {};
        int last = static_cast<int>(rows.size()) - 1;
        int at = move.by > 0 ? -1 : last + 1;
        for (int i = 0; i <= last; ++i) {
            if (facts_.entries[rows[static_cast<std::size_t>(i)]].id == state_.selected) at = i;
        }
        at = std::clamp(at + move.by, 0, last);
        state_.selected = facts_.entries[rows[static_cast<std::size_t>(at)]].id;
        return {};
    }
    std::optional<ListPageEffect> operator()(list_page::OpenSelected) {
        if (!state_.selected) return {};
        for (std::size_t row : found(state_, facts_)) {
            if (facts_.entries[row].id == *state_.selected) return opened(*state_.selected);
        }
        return {};
    }
    std::optional<ListPageEffect> operator()(list_page::TouchSearch) {
        state_.writing = facts_.searches;
        return {};
    }
    std::optional<ListPageEffect> operator()(const list_page::Wrote& wrote) {
        state_.typed = wrote.text;
        if (wrote.done) state_.writing = false;
        return {};
    }
    std::optional<ListPageEffect> operator()(list_page::ClearSearch) {
        state_.typed.clear();
        return {};
    }
    std::optional<ListPageEffect> operator()(list_page::TryAgain) { return ReloadList{}; }
    std::optional<ListPageEffect> operator()(list_page::Back) {
        if (state_.writing) {
            state_.writing = false;
            return {};
        }
        state_ = {};
        return LeaveList{};
    }

  private:
    ListPageEffect opened(std::string id) {
        state_.selected = id;
        state_.writing = false;
        return OpenEntry{std::move(id)};
    }

    ListPageState& state_;
    const ListPageFacts& facts_;
};

}  // namespace

ListPageView present(const ListPageState& state, const ListPageFacts& facts,
                     const kit::TextTable& texts) {
    ListPageView view;
    view.title = facts.title;
    view.searches = facts.searches;
    view.writing = state.writing;
    view.typed = state.typed;
    view.search_words = texts.tr("Name, pinyin or number");
    view.clear = texts.tr("Clear");
    view.back = texts.tr("Back");
    for (std::size_t row : found(state, facts)) {
        if (facts.entries[row].id == state.selected) view.selected = view.rows.size();
        view.rows.push_back(facts.entries[row]);
    }
    if (!view.rows.empty())
        view.count =
            texts.tr_n("{} entry", "{} entries", static_cast<std::int64_t>(view.rows.size()));
    if (view.rows.empty()) view.instead = instead_of(state, facts, texts);
    if (facts.entries.empty()) return view;
    if (facts.condition == ListCondition::offline)
        view.notice = texts.tr("Offline: this is what was known last");
    if (facts.condition == ListCondition::failed) view.notice = facts.trouble;
    return view;
}

std::optional<ListPageEffect> update(ListPageState& state, const ListPageFacts& facts,
                                     const ListPageAction& action) {
    Doing doing(state, facts);
    return std::visit(doing, action);
}

}  // namespace fangxin::terminal
