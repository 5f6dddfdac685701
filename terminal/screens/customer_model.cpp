#include "terminal/screens/customer_model.hpp"

#include "domain/amount_text.hpp"
#include "terminal/screens/till_words.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

constexpr std::size_t most_lines = 5;

CustomerView::Line line_of(const domain::Line& line, const kit::TextTable& texts) {
    const std::string price = price_text({line.unit_price_fen, line.unit}, "¥");
    std::string how_much = line.net_mg > 0 ? domain::kilograms(line.net_mg) + " kg × " + price
                                           : fmt::format("{} × {}", line.quantity, price);
    if (line.label_amount) how_much = texts.tr("Amount as labelled");
    return {name_of(line, texts), std::move(how_much), domain::yuan(line.amount_fen, "¥")};
}

void fill_basket(CustomerView& view, const domain::Basket& basket, const kit::TextTable& texts) {
    const std::size_t first =
        basket.lines.size() > most_lines ? basket.lines.size() - most_lines : 0;
    std::int64_t items = 0;
    for (const domain::Line& line : basket.lines)
        items += line.quantity;
    for (std::size_t i = first; i < basket.lines.size(); ++i)
        view.lines.push_back(line_of(basket.lines[i], texts));
    view.items = texts.tr_n("{} item", "{} items", items);
    if (const auto saved = domain::saved_fen(basket); saved > 0) {
        view.saved = texts.tr("You save {}", domain::yuan(saved, "¥"));
    }
    view.total = domain::yuan(domain::total_fen(basket));
}

void fill_weighing(CustomerView& view, const WeighFacts& facts, const kit::TextTable& texts) {
    const WeighView weigh = present({}, facts, texts);
    view.page = CustomerView::Page::weighing;
    view.name = weigh.name;
    view.weight = weigh.weight;
    view.price = weigh.price;
    view.amount = weigh.amount;
    view.hint = weigh.tare;
}

}  // namespace

CustomerView present(const CustomerFacts& facts, const kit::TextTable& texts) {
    CustomerView view;
    view.shop =
        facts.shop_name.empty() ? texts.tr("Fangxin") : texts.tr("Fangxin · {}", facts.shop_name);
    if (facts.test_shop) {
        view.shop += " · ";
        view.shop += texts.tr("Test shop: nothing here is a real sale");
    }
    fill_basket(view, facts.basket, texts);
    if (facts.weighing) {
        fill_weighing(view, *facts.weighing, texts);
    } else if (!domain::is_empty(facts.basket)) {
        view.page = CustomerView::Page::basket;
    } else if (!facts.open) {
        view.headline = texts.tr("This till is closed");
        view.hint = texts.tr("Please go to the next till");
    } else if (facts.paid) {
        view.page = CustomerView::Page::paid;
        view.headline = texts.tr("Thank you, see you again");
        view.change = domain::yuan(facts.paid->change_fen);
        view.total = domain::yuan(facts.paid->total_fen - facts.paid->rounding_fen, "¥");
        view.paid = domain::yuan(facts.paid->paid_fen, "¥");
        view.hint = texts.tr("Please take your change and your receipt");
    } else {
        view.headline = texts.tr("Welcome");
        view.hint = texts.tr("What you buy is shown here");
    }
    return view;
}

}  // namespace fangxin::terminal::till
