#include "terminal/screens/scale_model.hpp"

#include "tests/support/till_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);

std::string value_of(const std::vector<ScaleView::Row>& rows, std::string_view name) {
    for (const ScaleView::Row& row : rows) {
        if (row.name == name) return row.value;
    }
    return "none";
}

// WEIGH-3: done, due and by when, missed, failed.
TEST(ScaleModel, SaysHowTheDaysCheckStands) {
    ScaleFacts facts = till_facts::scale(ScaleAnswer::ok);
    EXPECT_EQ(value_of(present({}, facts, zh).today, "每日校验"), "10:12 前完成");
    facts.now = *facts.check_by;
    EXPECT_EQ(value_of(present({}, facts, zh).today, "每日校验"), "已错过，应在 10:12 前完成");
    facts.checked_today = true;
    facts.state.checked_on = facts.now.date();
    facts.state.check_passed = true;
    facts.state.check_error_mg = -5'000;
    facts.state.checked_by = "1001";
    EXPECT_EQ(value_of(present({}, facts, zh).today, "每日校验"), "今天合格，差 -5 g · 1001");
    facts.state.check_passed = facts.checked_today = false;
    EXPECT_EQ(value_of(present({}, facts, zh).today, "每日校验"), "不合格，差 -5 g · 1001");
}

// WEIGH-4: version, seal, hashes and the event counter, whoever looks.
TEST(ScaleModel, ShowsTheSealToAnybody) {
    ScaleFacts facts = till_facts::scale(ScaleAnswer::ok);
    facts.logged_in = facts.may_check = false;
    const ScaleView view = present({}, facts, zh);
    EXPECT_EQ(value_of(view.seal, "称重程序"), "1.1.0");
    EXPECT_EQ(value_of(view.seal, "封印"), "1.1.0 3F2A-91C0-5D77-E1B2");
    EXPECT_EQ(value_of(view.seal, "代码校验值"), facts.seal.code);
    EXPECT_EQ(value_of(view.seal, "参数校验值"), facts.seal.parameters);
    EXPECT_EQ(value_of(view.seal, "真伪"), "与出厂一致");
    EXPECT_EQ(value_of(view.seal, "事件计数"), "2");
    EXPECT_EQ(view.changes.size(), 2U);
    EXPECT_EQ(value_of(view.entry, "出厂编号"), "HC15-0001");
    EXPECT_FALSE(view.can_check);
    EXPECT_TRUE(view.can_print);
}

// WEIGH-2: only a scale that is locked for it is bound, and a reason goes with it.
TEST(ScaleModel, BindsALockedScaleWithAReason) {
    ScaleState state;
    ScaleFacts facts = till_facts::scale(ScaleAnswer::ok);
    EXPECT_FALSE(present(state, facts, zh).can_bind);
    EXPECT_FALSE(update(state, facts, scale::BeginBind{}));
    EXPECT_EQ(state.page, ScalePage::overview);
    facts = till_facts::scale(ScaleAnswer::other_device);
    EXPECT_TRUE(present(state, facts, zh).can_bind);
    EXPECT_FALSE(present(state, facts, zh).can_check);
    EXPECT_FALSE(update(state, facts, scale::BeginBind{}));
    const ScaleView view = present(state, facts, zh);
    ASSERT_TRUE(view.reasons);
    const auto effect = update(state, facts, scale::BindBecause{view.reasons->front()});
    ASSERT_TRUE(effect);
    EXPECT_EQ(std::get<scale_effect::Bind>(*effect).reason, "换了一台秤");
}

// WEIGH-3: the mass of last time comes first, none is too heavy, another can be keyed.
TEST(ScaleModel, ChoosesTheMass) {
    ScaleFacts facts = till_facts::scale(ScaleAnswer::ok);
    facts.last_mass_mg = 2'000'000;
    facts.instrument.max_mg = 3'000'000;
    ScaleState state;
    (void)update(state, facts, scale::BeginCheck{});
    const ScaleView view = present(state, facts, zh);
    ASSERT_TRUE(view.masses);
    std::string words;
    for (const auto& choice : view.masses->choices)
        words += choice.words + " ";
    EXPECT_EQ(words, "2 kg 1 kg ");
    for (const char* key : {"5", "0", "0"})
        (void)update(state, facts, scale::PadKey{key});
    const auto effect = update(state, facts, scale::ConfirmMass{});
    ASSERT_TRUE(effect);
    EXPECT_EQ(std::get<scale_effect::Check>(*effect).mass_mg, 500'000);
}

// WEIGH-3: what failed says what to do.
TEST(ScaleModel, SaysWhatToDoAfterAFailedCheck) {
    ScaleFacts facts = till_facts::scale(ScaleAnswer::check_failed);
    facts.check = ScaleFacts::Check{
        .step = weighing::CheckStep::done,
        .mass_mg = 2'000'000,
        .result = {.shown_mg = 2'010'000, .error_mg = 10'000, .tolerance_mg = 5'000}};
    const ScaleView view = present({}, facts, zh);
    ASSERT_TRUE(view.check);
    EXPECT_EQ(view.check->heading, "不合格，秤已锁定");
    EXPECT_EQ(value_of(view.check->figures, "误差"), "10 g");
    EXPECT_EQ(value_of(view.check->figures, "允许误差"), "±5 g");
    EXPECT_EQ(view.check->again, "重新校验");
    EXPECT_FALSE(view.check->what.empty());
}

}  // namespace
}  // namespace fangxin::terminal::till
