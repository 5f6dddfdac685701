// The checkout played as a person plays it: taps where the buttons are, keys of the keyboard.
#include "terminal/screens/checkout_view.hpp"

#include "tests/support/kit_stage.hpp"
#include "tests/support/till_facts.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

class CheckoutScreen {
  public:
    explicit CheckoutScreen(CheckoutFacts given) : facts(std::move(given)) {}

    void tap(kit::Point at) {
        stage_->tap(at);
        play();
    }
    void key(kit::Key key) {
        stage_->key(key);
        play();
    }
    void type(const char* text) {
        stage_->type(text);
        play();
    }
    template <class E>
    bool said() const {
        for (const Effect& effect : effects) {
            if (std::holds_alternative<E>(effect)) return true;
        }
        return false;
    }
    std::size_t panel() const { return present(state, facts, texts_).panel.index(); }

    CheckoutFacts facts;
    CheckoutState state;
    std::vector<Effect> effects;

  private:
    void play() {
        stage_->play(
            [this](kit::Ui& ui) {
                follow(state, facts);
                const CheckoutView view = present(state, facts, texts_);
                const auto action = draw(ui, texts_, view, {0, 56, 1280, 744});
                if (!action) return;
                for (Effect& effect : update(state, facts, *action))
                    effects.push_back(std::move(effect));
            },
            0);
    }

    kit::TextTable texts_ = kit::TextTable::load(domain::Language::zh);
    std::unique_ptr<kit::Stage> stage_ = kit::test_stage();
};

constexpr std::size_t pay_panel = 4;

TEST(CheckoutScreen, IsPaidByTouchAlone) {
    CheckoutScreen screen(till_facts::at_work());
    screen.tap({1000, 736});  // pay
    EXPECT_EQ(screen.panel(), pay_panel);
    screen.tap({970, 234});   // 150
    screen.tap({1080, 720});  // finish
    ASSERT_TRUE(screen.said<effect::PayCash>());
    EXPECT_EQ(std::get<effect::PayCash>(screen.effects.back()).tendered_fen, 15'000);
}

// SALE-5: a payment is completed by its own key and never by Enter.
TEST(CheckoutScreen, IsPaidByKeysAloneButNotByEnter) {
    CheckoutScreen screen(till_facts::at_work());
    screen.key(kit::Key::enter);
    EXPECT_NE(screen.panel(), pay_panel);
    screen.key(kit::Key::f12);
    for (const int digit : {2, 0, 0})
        screen.key(kit::digit_key(digit));
    screen.key(kit::Key::enter);
    EXPECT_FALSE(screen.said<effect::PayCash>());
    screen.key(kit::Key::f12);
    EXPECT_TRUE(screen.said<effect::PayCash>());
}

// SAFE-3: a block is acknowledged by a touch or F8; Enter and Esc leave it standing.
TEST(CheckoutScreen, ABlockIsNotAcknowledgedByEnter) {
    CheckoutScreen screen(till_facts::at_work());
    screen.facts.prompt = till_facts::expired_tofu();
    for (const kit::Key key : {kit::Key::enter, kit::Key::escape, kit::Key::space, kit::Key::f12})
        screen.key(key);
    EXPECT_TRUE(screen.effects.empty());
    screen.key(kit::Key::f7);
    EXPECT_TRUE(screen.said<effect::PrintWithdrawalSlip>());
    screen.key(kit::Key::f8);
    EXPECT_TRUE(screen.said<effect::Acknowledge>());
}

// SAFE-3: nor by moving the focus to the button and pressing Enter.
TEST(CheckoutScreen, NoFocusMakesEnterPayOrAcknowledge) {
    CheckoutScreen screen(till_facts::at_work());
    screen.state.paying = PayState{"200"};
    for (const bool blocked : {false, true}) {
        if (blocked) screen.facts.prompt = till_facts::expired_tofu();
        for (int i = 0; i < 40; ++i) {
            screen.key(i % 2 == 0 ? kit::Key::tab : kit::Key::down);
            screen.key(kit::Key::enter);
            screen.key(kit::Key::space);
        }
    }
    EXPECT_TRUE(screen.effects.empty());
}

TEST(CheckoutScreen, ALineIsChosenByArrowsAndVoidedByDelete) {
    CheckoutScreen screen(till_facts::at_work());
    screen.key(kit::Key::up);
    EXPECT_EQ(screen.state.selected, 6);
    screen.key(kit::Key::remove);
    EXPECT_TRUE(screen.said<effect::VoidLine>());
}

TEST(CheckoutScreen, ALineIsChosenAndCountedByTouch) {
    CheckoutScreen screen(till_facts::at_work());
    screen.tap({300, 145});  // the first line
    EXPECT_EQ(screen.state.selected, 1);
    screen.tap({392, 206});  // +1
    ASSERT_TRUE(screen.said<effect::SetQuantity>());
    EXPECT_EQ(std::get<effect::SetQuantity>(screen.effects.back()).quantity, 2);
}

TEST(CheckoutScreen, QuickKeysLieOnTheKeyboardAsOnTheScreen) {
    CheckoutScreen screen(till_facts::at_work());
    screen.key(kit::Key::w);
    EXPECT_EQ(std::get<effect::SellItem>(screen.effects.back()).item, "苹果");
    screen.tap({840, 440});
    EXPECT_EQ(std::get<effect::SellItem>(screen.effects.back()).item, "香蕉");
    screen.key(kit::Key::right);
    screen.key(kit::Key::q);
    EXPECT_EQ(std::get<effect::SellItem>(screen.effects.back()).item, "白菜");
}

TEST(CheckoutScreen, ADateIsPickedByItsNumber) {
    CheckoutScreen screen(till_facts::at_work());
    screen.facts.prompt = till_facts::which_date(4);
    screen.key(kit::digit_key(2));
    EXPECT_EQ(std::get<effect::AnswerVerify>(screen.effects.back()).date, "2026-11-20");
    screen.key(kit::digit_key(0));
    for (const int digit : {1, 1, 2, 0})
        screen.key(kit::digit_key(digit));
    screen.key(kit::Key::f12);
    EXPECT_EQ(std::get<effect::AnswerVerify>(screen.effects.back()).date, "1120");
    screen.key(kit::Key::escape);
    EXPECT_TRUE(screen.said<effect::CannotRead>());
}

// WEIGH-1: an unsteady weight is added by no key and no touch.
TEST(CheckoutScreen, AddsAWeightOnlyWhenItMayBeSold) {
    CheckoutScreen screen(till_facts::at_work());
    screen.facts.prompt = till_facts::bananas(ScaleAnswer::motion);
    screen.key(kit::Key::f12);
    screen.key(kit::Key::enter);
    screen.tap({1100, 714});
    EXPECT_TRUE(screen.effects.empty());
    screen.facts.prompt = till_facts::bananas(ScaleAnswer::ok);
    screen.key(kit::Key::f12);
    EXPECT_TRUE(screen.said<effect::Weigh>());
}

TEST(CheckoutScreen, LettersAreTypedInTheSearchAndSellNothing) {
    CheckoutScreen screen(till_facts::at_work());
    screen.key(kit::Key::f4);
    screen.key(kit::Key::w);
    screen.type("qqw");
    EXPECT_FALSE(screen.said<effect::SellItem>());
    EXPECT_EQ(std::get<effect::Search>(screen.effects.back()).text, "qqw");
    screen.facts.search = till_facts::hits("qqw");
    screen.key(kit::Key::down);
    screen.key(kit::Key::enter);
    EXPECT_EQ(std::get<effect::SellItem>(screen.effects.back()).item, "1002");
    EXPECT_EQ(screen.state.dialog, Dialog::none);
}

TEST(CheckoutScreen, TheAgeIsAnsweredByKeys) {
    CheckoutScreen screen(till_facts::with_spirits());
    screen.key(kit::Key::f12);
    screen.key(kit::Key::enter);
    EXPECT_TRUE(screen.effects.empty());
    screen.key(kit::Key::n);
    EXPECT_TRUE(screen.said<effect::VoidLine>());
}

TEST(CheckoutScreen, AHeldBasketIsResumedByItsNumber) {
    CheckoutFacts facts;
    facts.holds = till_facts::holds();
    CheckoutScreen screen(facts);
    screen.key(kit::Key::f3);
    screen.key(kit::digit_key(2));
    EXPECT_EQ(std::get<effect::Resume>(screen.effects.back()).hold, "1-1-203");
}

TEST(CheckoutScreen, TheNextCustomerComesByEscOrItsKey) {
    CheckoutFacts facts;
    facts.paid = till_facts::paid(Printing::printed);
    CheckoutScreen screen(facts);
    screen.key(kit::Key::f7);
    EXPECT_TRUE(screen.said<effect::Reprint>());
    screen.key(kit::Key::escape);
    EXPECT_EQ(screen.panel(), 0U);
}

}  // namespace
}  // namespace fangxin::terminal::till
