#include "terminal/screens/override_model.hpp"

#include "terminal/screens/checkout_model.hpp"
#include "tests/support/till_facts.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);

// SALE-3
TEST(OverrideDialog, ShowsWhatTheLineComesToBeforeItIsConfirmed) {
    const domain::Basket basket = till_facts::basket_of({till_facts::pieces("抽纸", 1'590, 2)});
    OverrideState state{.line = 1};
    EXPECT_FALSE(present(state, basket, zh).can_confirm);
    for (const char* key : {"1", "4", ".", "5"})
        update(state, basket, price_override::PadKey{key});
    const OverrideView view = present(state, basket, zh);
    EXPECT_EQ(view.list_price + " " + view.typed + " " + view.amount, "¥15.90 ¥14.50 ¥29.00");
    update(state, basket, price_override::Reason{1});
    const auto effect = update(state, basket, price_override::Confirm{});
    ASSERT_TRUE(effect);
    const auto& wanted = std::get<effect::OverridePrice>(*effect);
    EXPECT_EQ(wanted.unit_price_fen, 1'450);
    EXPECT_EQ(wanted.reason, 1U);
}

TEST(OverrideDialog, IsOpenedFromTheLineAndClosesWithIt) {
    CheckoutFacts facts = till_facts::at_work();
    CheckoutState state{.selected = 1};
    update(state, facts, basket::Change{LineAction::price});
    EXPECT_EQ(state.dialog, Dialog::price_override);
    facts.basket.lines.erase(facts.basket.lines.begin());
    follow(state, facts);
    EXPECT_EQ(state.dialog, Dialog::none);
}

TEST(OverrideDialog, IsNotForALabelsAmount) {
    domain::Line line = till_facts::pieces("香蕉", 598);
    line.label_amount = true;
    EXPECT_FALSE(may_override(line));
}

}  // namespace
}  // namespace fangxin::terminal::till
