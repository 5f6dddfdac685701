// The second window, for the customer: a greeting, what was scanned last and the total, the weight
// while it is weighed, the change. It names prices, never what was refused or why. Pure.
#pragma once

#include "domain/basket.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/screens/pay_model.hpp"
#include "terminal/screens/weigh_model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal::till {

struct CustomerFacts {
    std::string shop_name;
    bool open = true;  ///< somebody works at this till
    domain::Basket basket;
    std::optional<WeighFacts> weighing;
    std::optional<PaidFacts> paid;  ///< while the till shows it
    bool test_shop = false;
};

struct CustomerView {
    enum class Page { greeting, basket, weighing, paid };
    struct Line {
        std::string name;
        std::string how_much;
        std::string amount;
    };
    Page page = Page::greeting;
    std::string shop;
    std::string headline;
    std::string hint;
    std::vector<Line> lines;  ///< the newest last
    std::string items;
    std::string saved;
    std::string total;
    std::string name;  ///< being weighed
    std::string weight;
    std::string price;
    std::string amount;
    std::string change;
    std::string paid;
};

CustomerView present(const CustomerFacts& facts, const kit::TextTable& texts);

}  // namespace fangxin::terminal::till
