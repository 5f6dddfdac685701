// Terminals that are enrolled, approved and revoked in the admin area (SYNC-3).
#include "terminal/admin/admin_model.hpp"
#include "tests/ui/admin_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::admin {
namespace {

const kit::TextTable& chinese() {
    static const auto texts = kit::TextTable::load(domain::Language::zh);
    return texts;
}

class AdminEnrolments : public testing::Test {
  protected:
    AdminEnrolments() {
        state.area = Area::terminals;
        facts.terminals.may_enrol = facts.terminals.may_revoke = true;
        facts.terminals.waiting = {
            {"till-5", "5 号收银台", "3F2A-90C1-77B4-E0D2", "192.168.1.23", facts.now}};
        facts.terminals.terminals[0].identity = "allowed";
    }
    std::optional<AdminEffect> act(const AdminAction& action) {
        return update(state, facts, action);
    }
    ListPageView page() { return std::get<ListPageView>(present(state, facts, chinese()).page); }

    AdminFacts facts = ui_rows::busy_shop();
    AdminState state;
};

// SYNC-3
TEST_F(AdminEnrolments, WhoWaitsStandsFirstAndIsApprovedUnderItsFingerprint) {
    EXPECT_EQ(page().ids.front(), "waiting till-5 3F2A-90C1-77B4-E0D2");
    act(ListAction(RowChosen{page().ids.front()}));
    const DetailView detail = *page().detail;
    std::string signs;
    for (const DigitBox& each : detail.boxes)
        signs += each.digit + " ";
    EXPECT_EQ(signs, "3F2A 90C1 77B4 E0D2 ");
    auto effect = act(ListAction(RowActed{0}));
    ASSERT_TRUE(effect && std::holds_alternative<DecideTerminal>(*effect));
    const auto& decided = std::get<DecideTerminal>(*effect);
    EXPECT_EQ(decided.terminal + " " + decided.fingerprint, "till-5 3F2A-90C1-77B4-E0D2");
    EXPECT_TRUE(decided.approves);
    effect = act(ListAction(RowActed{1}));
    ASSERT_TRUE(effect && std::holds_alternative<DecideTerminal>(*effect));
    EXPECT_FALSE(std::get<DecideTerminal>(*effect).approves);
}

// SYNC-3
TEST_F(AdminEnrolments, WhoMayNotSeesThemAndDecidesNothing) {
    facts.terminals.may_enrol = facts.terminals.may_revoke = false;
    act(ListAction(RowChosen{page().ids.front()}));
    EXPECT_TRUE(page().detail->actions.empty());
    EXPECT_FALSE(act(ListAction(RowActed{0})));
    EXPECT_FALSE(page().action);
    act(ListAction(PageActed{}));
    EXPECT_FALSE(state.form);
    act(ListAction(RowChosen{"T1"}));
    EXPECT_TRUE(page().detail->actions.empty());
}

// SYNC-3
TEST_F(AdminEnrolments, ACodeIsMadeForAKindAndShown) {
    act(ListAction(PageActed{}));
    ASSERT_TRUE(state.form);
    act(FormAction(FormPicked{"kind", "handheld"}));
    auto effect = act(FormAction(FormSubmitted{}));
    ASSERT_TRUE(effect && std::holds_alternative<SubmitForm>(*effect));
    EXPECT_EQ(state.form->value("kind"), "handheld");
    act(FormDone{std::string(code_row)});
    facts.terminals.code =
        CodeFact{"FXE1:X", nullptr, {facts.now.utc_ms + 90'000, facts.now.offset_minutes}};
    EXPECT_EQ(page().detail->sections[0].lines[0].words, "FXE1:X");
    EXPECT_EQ(page().detail->tags[0].words, "还剩 2 分钟");
    facts.terminals.code->until = facts.now;
    EXPECT_EQ(page().detail->tags[0].words, "已过期");
}

// SYNC-3
TEST_F(AdminEnrolments, ATerminalIsRevokedWithAReasonAndNotTheOneInFront) {
    act(ListAction(RowChosen{"T1"}));
    ASSERT_EQ(page().detail->actions.size(), 1U);
    act(ListAction(RowActed{0}));
    ASSERT_TRUE(state.form);
    EXPECT_EQ(state.form->subject, "T1");
    const auto done = [this] {
        return std::get<FormView>(present(state, facts, chinese()).page).done.enabled;
    };
    EXPECT_FALSE(done());
    act(Typed{"被盗"});
    EXPECT_TRUE(done());
    state.form.reset();
    facts.terminals.terminals[2].identity = "allowed";
    act(ListAction(RowChosen{"T3"}));
    EXPECT_TRUE(page().detail->actions.empty());
}

// SYNC-2: a terminal whose disk was set back goes on in a new log, once a manager says so elsewhere
TEST_F(AdminEnrolments, ATerminalWhoseLogPartedIsGivenANewOneWithAReason) {
    for (const char* conflict : {"rolled_back", "rolled back to 5 of 9 in epoch 1",
                                 "this log differs from what the server has of it",
                                 "the signature of its head is wrong"}) {
        state.form.reset();
        facts.terminals.terminals[1].conflict = conflict;
        act(ListAction(RowChosen{"T2"}));
        ASSERT_EQ(page().detail->actions.size(), 1U) << conflict;
        act(ListAction(RowActed{0}));
        ASSERT_TRUE(state.form) << conflict;
        EXPECT_EQ(state.form->kind, FormKind::open_log);
    }
    act(Typed{"换了硬盘"});
    auto effect = act(FormAction(FormSubmitted{}));
    ASSERT_TRUE(effect && std::holds_alternative<SubmitForm>(*effect));
    state.form.reset();
    facts.terminals.terminals[1].identity = "allowed";
    EXPECT_EQ(page().detail->actions.size(), 2U);
    facts.terminals.may_enrol = false;
    EXPECT_EQ(page().detail->actions.size(), 1U);  // to revoke it
    facts.terminals.may_enrol = true;
    facts.terminals.terminals[1].conflict = "two machines use its identity";
    EXPECT_EQ(page().detail->notice->words, "有两台机器在用同一个身份");
    EXPECT_EQ(page().detail->actions.size(), 1U);
    facts.terminals.terminals[2].conflict = "rolled_back";  // the one in front
    act(ListAction(RowChosen{"T3"}));
    EXPECT_TRUE(page().detail->actions.empty());
}

}  // namespace
}  // namespace fangxin::admin
