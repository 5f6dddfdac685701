// Two ways to find goods without selling them: the price check, by scan or keyed code, and the
// search as one types, by name, pinyin or code. Pure; any thread.
#pragma once

#include "domain/goods.hpp"
#include "domain/verdict.hpp"
#include "terminal/kit/geometry.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/screens/effects.hpp"
#include "terminal/screens/till_words.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

struct PriceFacts {
    struct Answer {
        std::string code;  ///< as it was asked
        std::string name;  ///< empty: unknown
        std::string item;
        Price price;
        Judged judged;
        std::int64_t pieces = 1;  ///< that the code stands for: a case has several
    };
    std::optional<Answer> answer;
};
struct PriceState {
    std::string typed;
    std::string asked;  ///< answers to anything else are of an earlier customer
};
struct PriceView {
    std::string typed;
    bool can_ask = false;
    bool answered = false;
    std::string name;
    std::string code;
    std::string price;       ///< of all that the code stands for
    std::string of_a_piece;  ///< of a case: how many, and what one of them costs
    Sign sign;
};

namespace price {
/// A key of the pad: a digit, `back`, `clear`.
struct PadKey {
    std::string value;
};
struct Ask {};
}  // namespace price
using PriceAction = std::variant<price::PadKey, price::Ask>;

PriceView present(const PriceState& state, const PriceFacts& facts, const kit::TextTable& texts);
std::optional<Effect> update(PriceState& state, const PriceAction& action);

struct SearchHit {
    std::string item;
    std::string name;
    std::string code;
    Price price;
    bool is_code = false;  ///< what is typed is this code whole: it is sold as if scanned
};
struct SearchFacts {
    std::string text;  ///< what the hits are of
    std::vector<SearchHit> hits;
};
struct SearchState {
    std::string text;
    std::size_t selected = 0;
};
struct SearchView {
    struct Row {
        std::string item;
        std::string name;
        std::string code;
        std::string price;
        bool selected = false;
    };
    std::string text;
    std::vector<Row> rows;  ///< at most 8 of the selected one's page
    std::string page;       ///< `1/3`
    bool searched = false;  ///< something was typed, and these are its hits
    kit::Rect keyboard;     ///< left free for the keyboard on the screen
};

namespace search {
struct Typed {
    std::string text;
};
struct Move {
    int by = 1;
};
struct NextPage {};
struct Pick {
    std::size_t place = 0;
};
struct PickSelected {};
}  // namespace search
using SearchAction =
    std::variant<search::Typed, search::Move, search::NextPage, search::Pick, search::PickSelected>;

SearchView present(const SearchState& state, const SearchFacts& facts);

/// A digit after a name picks the row of that number; a text of digits is a code and goes on.
struct SearchAnswer {
    std::optional<Effect> effect;
    bool done = false;  ///< an item was picked
};
SearchAnswer update(SearchState& state, const SearchFacts& facts, const SearchAction& action);

}  // namespace fangxin::terminal::till
