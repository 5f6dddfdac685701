// The keys of goods that carry no code, a category a tab. Pages run on from category to category,
// so that two arrow keys reach every one of them. Pure; any thread.
#pragma once

#include "domain/goods.hpp"
#include "terminal/kit/text_table.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

struct QuickKey {
    std::string item;
    std::string name;
    std::int64_t price_fen = 0;
    domain::Unit unit = domain::Unit::piece;
};
struct QuickCategory {
    std::string name;
    std::vector<QuickKey> keys;
};
using QuickFacts = std::vector<QuickCategory>;

struct QuickState {
    std::size_t category = 0;
    std::size_t page = 0;
};

struct QuickView {
    struct Tab {
        std::string words;
        std::size_t category = 0;
        bool selected = false;
    };
    struct Key {
        std::string item;
        std::string name;
        std::string price;
    };
    std::vector<Tab> tabs;  ///< at most 4, or 3 where more_tabs leads to the others
    std::string more_tabs;  ///< `1/2`; empty where all are shown
    std::vector<Key> keys;  ///< at most 12, or 11 where more_keys leads on
    std::string more_keys;  ///< `1/3`
};

namespace quick {
struct ShowCategory {
    std::size_t category = 0;
};
struct MoreTabs {};
struct MoreKeys {};
/// The page before or after, over the ends of categories.
struct Turn {
    int by = 1;
};
struct Sell {
    std::string item;
};
}  // namespace quick
using QuickAction =
    std::variant<quick::ShowCategory, quick::MoreTabs, quick::MoreKeys, quick::Turn, quick::Sell>;

QuickView present(const QuickState& state, const QuickFacts& facts);

/// The item to be sold, if one was touched.
std::optional<std::string> update(QuickState& state, const QuickFacts& facts,
                                  const QuickAction& action);

}  // namespace fangxin::terminal::till
