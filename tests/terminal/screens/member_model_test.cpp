#include "terminal/screens/member_model.hpp"

#include "terminal/screens/checkout_model.hpp"
#include "tests/support/till_facts.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);
const domain::BasketMember zhang{
    .number = "88000001", .name = "张敏", .phone = "199****1112", .points = 1204};

TEST(MemberDialog, AsksForWhatWasKeyed) {
    MemberState state;
    for (const char* key : {"1", "9", "9"})
        update(state, member::PadKey{key});
    const auto effect = update(state, member::Find{});
    ASSERT_TRUE(effect);
    EXPECT_EQ(std::get<effect::FindMember>(*effect).text, "199");
    EXPECT_EQ(state.typed, "");
    EXPECT_FALSE(update(state, member::Find{})) << "nothing is typed";
}

TEST(MemberDialog, SaysOfTheNumberThatWasAskedWhyItIsNone) {
    const MemberFacts facts{MemberFacts::Trouble{"199", "没有这位会员，请核对号码"}};
    MemberState state{.typed = {}, .asked = "199"};
    EXPECT_EQ(present(state, facts, {}, zh).trouble, "没有这位会员，请核对号码");
    update(state, member::PadKey{"1"});
    EXPECT_EQ(present(state, facts, {}, zh).trouble, "") << "of another number now";
}

// SALE-16
TEST(MemberDialog, ClosesOnceTheMemberIsFound) {
    CheckoutFacts facts = till_facts::at_work();
    CheckoutState state;
    update(state, facts, Pressed{Function::member});
    follow(state, facts);
    EXPECT_EQ(state.dialog, Dialog::member);
    update(state, facts, Scanned{"88000001"});
    facts.basket.member = zhang;
    follow(state, facts);
    EXPECT_EQ(state.dialog, Dialog::none);
    const CheckoutView view = present(state, facts, zh);
    EXPECT_EQ(view.basket.member + " " + view.basket.points, "张敏  199****1112 积分 1204");
}

TEST(MemberDialog, OpenedAgainShowsHimAndLetsHimGo) {
    CheckoutFacts facts = till_facts::at_work();
    facts.basket.member = zhang;
    CheckoutState state;
    follow(state, facts);
    update(state, facts, Pressed{Function::member});
    follow(state, facts);
    ASSERT_EQ(state.dialog, Dialog::member);
    const MemberView view = present(state.member, facts.member, facts.basket.member, zh);
    EXPECT_EQ(view.name + " " + view.number + " " + view.points, "张敏 199****1112 积分 1204");
    const auto effects = update(state, facts, MemberAction(member::Drop{}));
    ASSERT_EQ(effects.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<effect::DropMember>(effects.front()));
}

}  // namespace
}  // namespace fangxin::terminal::till
