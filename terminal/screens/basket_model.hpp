// The basket as a table: a row for each line, tags under its name, and what may be done with the
// line that is chosen. Pure; any thread.
#pragma once

#include "domain/basket.hpp"
#include "terminal/kit/table.hpp"
#include "terminal/kit/text_table.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

/// What the chosen line opens in place.
enum class LineAction { less, quantity, more, price, take_out };

struct BasketView {
    struct Button {
        LineAction action;
        bool enabled = true;
    };
    std::vector<kit::Row> rows;
    std::vector<int> numbers;  ///< of the lines, row by row
    std::optional<std::size_t> selected;
    std::vector<Button> buttons;
    std::string member;      ///< who the customer is; empty: nobody known
    std::string points;      ///< that he has
    bool can_select = true;  ///< while a question is open the basket only shows
};

/// `selected` is a line's number.
BasketView present_basket(const domain::Basket& basket, std::optional<int> selected,
                          const kit::TextTable& texts);

namespace basket {
struct Choose {
    int line = 0;
};
struct Change {
    LineAction action = LineAction::take_out;
};
}  // namespace basket
using BasketAction = std::variant<basket::Choose, basket::Change>;

/// Pieces may be counted: the line is neither weighed nor priced by a label, and may be sold.
bool may_change_quantity(const domain::Line& line);

}  // namespace fangxin::terminal::till
