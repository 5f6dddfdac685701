#include "terminal/screens/customer_model.hpp"

#include "tests/support/till_facts.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

std::string headline(const CustomerFacts& facts) {
    return present(facts, kit::TextTable::load(domain::Language::zh)).headline;
}

// SALE-10
TEST(CustomerDisplay, GreetsAndThanks) {
    CustomerFacts facts;
    EXPECT_EQ(headline(facts), "欢迎光临");
    facts.paid = PaidFacts{.total_fen = 1'000, .paid_fen = 2'000, .change_fen = 1'000};
    EXPECT_EQ(headline(facts), "谢谢惠顾，欢迎再来");
}

// SALE-10: who stood before a locked till read the last customer's change.
TEST(CustomerDisplay, AClosedTillShowsNobodysChange) {
    CustomerFacts facts{.open = false};
    facts.paid = PaidFacts{.total_fen = 1'000, .paid_fen = 2'000, .change_fen = 1'000};
    EXPECT_EQ(headline(facts), "本台暂停收款");
}

}  // namespace
}  // namespace fangxin::terminal::till
