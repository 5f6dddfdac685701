// A page with a list that can be searched by name, pinyin or number: held baskets, tasks, batches,
// complaints, on till and handheld. Pure; any thread.
#pragma once

#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal {

enum class ListSign { none, item, warning, block, clock, check, speech };

struct ListEntry {
    std::string id;  ///< what OpenEntry gives back
    std::string title;
    std::string note;
    std::string value;  ///< right, bold: what is due
    kit::Role value_role = kit::Role::text;
    std::string tag;
    kit::Role tag_role = kit::Role::primary;
    ListSign sign = ListSign::none;
    kit::Role sign_role = kit::Role::primary;
};

enum class ListCondition { ready, loading, failed, offline };

struct ListPageFacts {
    std::string title;
    std::vector<ListEntry> entries;  ///< in the order in which they are shown
    ListCondition condition = ListCondition::ready;
    std::string trouble;     ///< in words, for `failed`
    std::string nothing;     ///< in words, when there are no entries at all
    std::string what_to_do;  ///< under it
    bool searches = true;
};

struct ListPageState {
    std::string typed;
    bool writing = false;
    std::optional<std::string> selected;  ///< id
};

namespace list_page {
struct Open {
    std::size_t row = 0;  ///< of the view's
};
struct Move {
    int by = 1;
};
struct OpenSelected {};
struct TouchSearch {};
struct Wrote {
    std::string text;
    bool done = false;
};
struct ClearSearch {};
struct TryAgain {};
/// Out of the search, then out of the page.
struct Back {};
}  // namespace list_page
using ListPageAction =
    std::variant<list_page::Open, list_page::Move, list_page::OpenSelected, list_page::TouchSearch,
                 list_page::Wrote, list_page::ClearSearch, list_page::TryAgain, list_page::Back>;

struct OpenEntry {
    std::string id;
};
/// Read the list again.
struct ReloadList {};
struct LeaveList {};
using ListPageEffect = std::variant<OpenEntry, ReloadList, LeaveList>;

struct ListPageView {
    std::string title;
    std::string count;
    bool searches = true;
    bool writing = false;
    std::string typed;
    std::string search_words;
    std::string clear;
    /// What is true of the whole list: offline, or that an older one is shown.
    std::string notice;
    std::vector<ListEntry> rows;
    std::optional<std::size_t> selected;
    struct Instead {
        std::string title;
        std::string hint;
        bool turns = false;
        bool is_bad = false;
        std::string retry;
    };
    std::optional<Instead> instead;  ///< of rows
    std::string back;
};

ListPageView present(const ListPageState& state, const ListPageFacts& facts,
                     const kit::TextTable& texts);
std::optional<ListPageEffect> update(ListPageState& state, const ListPageFacts& facts,
                                     const ListPageAction& action);

}  // namespace fangxin::terminal
