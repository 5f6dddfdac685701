#include "terminal/station/screens/approval_model.hpp"

#include "terminal/station/screens/approval_view.hpp"
#include "terminal/station/screens/clock_question_view.hpp"
#include "tests/terminal/station/screens/screen_stage.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

class ApprovalTest : public testing::Test {
  protected:
    std::string act(const ApprovalAction& action) {
        auto effect = update(state, facts, action);
        if (!effect) return "";
        const auto* attempt = std::get_if<TryApproval>(&*effect);
        return attempt == nullptr ? "cancelled" : attempt->number + "/" + attempt->pin;
    }
    std::string try_as(const KnownPerson& person) {
        state = {};
        facts.entered = person;
        for (char digit : person.number)
            act(pin::Digit{digit});
        act(pin::Confirm{});
        std::string trouble = present(state, facts, texts).entry.trouble;
        if (!trouble.empty()) return trouble;
        for (char digit : std::string_view("264971"))
            act(pin::Digit{digit});
        return act(pin::Confirm{});
    }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    ApprovalFacts facts{.action = domain::Action::override_price_large,
                        .what = "改价 ¥59.90 → ¥49.90",
                        .asked_by = "1001",
                        .now = *domain::parse_instant("2026-11-24T14:32:00+08:00")};
    ApprovalState state;
};

// ACCT-2: who has the right approves with number and PIN.
TEST_F(ApprovalTest, AShiftLeadApproves) {
    EXPECT_EQ(try_as({"1101", "周敏", domain::Role::shift_lead}), "1101/264971");
}

// ACCT-2: nobody approves himself.
TEST_F(ApprovalTest, NobodyApprovesHimself) {
    facts.asked_by = "1101";
    EXPECT_EQ(try_as({"1101", "周敏", domain::Role::shift_lead}),
              "不能自己批准自己，请找另一位同事");
    EXPECT_EQ(state.entry.number, "");
    act(pin::Badge{"1101"});
    EXPECT_EQ(state.entry.number, "") << "nor by badge";
}

// ACCT-2: a second person without the right is told so before the PIN.
TEST_F(ApprovalTest, WhoMayNotIsToldBeforeThePin) {
    KnownPerson cashier{"1002", "陈晓东", domain::Role::cashier};
    EXPECT_EQ(try_as(cashier), "这位同事没有这个权限，请找别人");
    facts.witness = true;
    EXPECT_EQ(try_as(cashier), "1002/264971") << "as a witness anybody else will do";
    facts.witness = false;
    EXPECT_EQ(try_as({"1101", "周敏", domain::Role::shift_lead, {}, true}),
              "账号已锁定，请找账号管理员");
}

TEST_F(ApprovalTest, ABadgeFillsInTheNumber) {
    facts.entered = KnownPerson{"1101", "周敏", domain::Role::shift_lead};
    act(pin::Badge{"1101"});
    ApprovalView view = present(state, facts, texts);
    EXPECT_EQ(view.who + "|" + view.confirm, "周敏 · 值班长 · 1101|确认");
}

TEST_F(ApprovalTest, AWrongPinLeavesTheNumber) {
    try_as({"1101", "周敏", domain::Role::shift_lead});
    act(pin::Refused{{PinTrouble::wrong_pin}});
    EXPECT_EQ(state.entry.number + "/" + state.entry.pin, "1101/");
}

TEST_F(ApprovalTest, EscapeCancelsAndForgets) {
    ScreenStage stage({480, 800});
    std::string done;
    stage.show([&](kit::Ui& ui, kit::Rect) {
        if (auto action = draw(ui, present(state, facts, texts))) done += act(*action);
    });
    stage.tap("1");
    EXPECT_EQ(state.entry.number, "1");
    stage.key(kit::Key::escape);
    EXPECT_EQ(done, "cancelled");
    EXPECT_EQ(state.entry.number, "");
}

class ClockQuestionTest : public testing::Test {
  protected:
    std::string act(const ClockQuestionAction& action) {
        auto effect = update(state, facts, action);
        if (!effect) return "";
        const auto* answer = std::get_if<AnswerClock>(&*effect);
        if (answer == nullptr) return "closed";
        return std::string(answer->right == RightDate::clock ? "clock " : "journal ") +
               answer->number + "/" + answer->pin;
    }
    ClockQuestionFacts facts{.clock = *domain::parse_instant("2027-11-24T14:32:00+08:00"),
                             .journal = *domain::parse_instant("2026-11-23T21:58:00+08:00"),
                             .now = *domain::parse_instant("2026-11-23T21:59:00+08:00")};
    ClockQuestionState state;
    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
};

// SAFE-8: both dates are shown, a manager's number and PIN decide.
TEST_F(ClockQuestionTest, AManagerSaysWhichDateIsRight) {
    for (kit::Size size : {kit::Size{1280, 744}, kit::Size{480, 744}}) {
        ScreenStage stage(size);
        state = {};
        std::string done;
        stage.show([&](kit::Ui& ui, kit::Rect rect) {
            if (auto action = draw(ui, present(state, facts, texts), rect)) done += act(*action);
        });
        EXPECT_TRUE(stage.says("2027-11-24"));
        EXPECT_TRUE(stage.says("2026-11-23"));
        EXPECT_TRUE(stage.tap("日志最后一条记录"));
        for (const char* digit : {"1", "6", "0", "1"})
            EXPECT_TRUE(stage.tap(digit));
        stage.tap("下一步");
        stage.key(kit::digit_key(4));
        stage.key(kit::Key::enter);
        EXPECT_EQ(done, "journal 1601/4");
    }
}

TEST_F(ClockQuestionTest, NothingIsTypedBeforeADateIsChosen) {
    EXPECT_EQ(act(PinAction{pin::Digit{'1'}}), "");
    EXPECT_EQ(state.entry.number, "");
    EXPECT_EQ(act(clock_question::Back{}), "closed");
    act(clock_question::Choose{RightDate::clock});
    EXPECT_EQ(act(clock_question::Back{}), "");
    EXPECT_EQ(act(clock_question::Back{}), "closed");
}

}  // namespace
}  // namespace fangxin::terminal
