#include "terminal/screens/weigh_model.hpp"

#include "tests/support/till_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);

std::string printed(const WeighFacts& facts) {
    const WeighView view = present(facts, zh);
    std::string marks;
    for (const auto& mark : view.marks)
        marks += mark.words + " ";
    return fmt::format("{}| {} kg | {} | {} | {} | {}", marks, view.weight, view.tare, view.amount,
                       view.why_not, view.can_add);
}

TEST(WeighModel, ShowsNetWeightTareAndPrice) {
    EXPECT_EQ(printed(till_facts::bananas(ScaleAnswer::ok)),
              "稳定 净重 | 1.235 kg | 皮重 0.010 kg | ¥7.39 |  | true");
}

// WEIGH-1: an unsteady weight is shown and not sold.
TEST(WeighModel, WillNotSellAnUnsteadyWeight) {
    const WeighFacts facts = till_facts::bananas(ScaleAnswer::motion);
    EXPECT_EQ(printed(facts),
              "未稳定 净重 | 1.235 kg | 皮重 0.010 kg | ¥7.39 | 请等秤稳定 | false");
    EXPECT_FALSE(update(facts, weigh::Add{}));
}

// WEIGH-1: whatever the scale's answer, it is said in words, and only `ok` sells.
TEST(WeighModel, SaysInWordsWhyNot) {
    for (const auto& [name, answer] : till_facts::scale_answers()) {
        const WeighFacts facts = till_facts::bananas(answer);
        const WeighView view = present(facts, zh);
        EXPECT_EQ(view.can_add, answer == ScaleAnswer::ok) << name;
        EXPECT_EQ(view.why_not.empty(), answer == ScaleAnswer::ok) << name;
        EXPECT_EQ(update(facts, weigh::Add{}).has_value(), answer == ScaleAnswer::ok) << name;
        EXPECT_TRUE(update(facts, weigh::GiveUp{})) << name;
    }
}

TEST(WeighModel, ALostScaleShowsNoWeight) {
    EXPECT_EQ(printed(till_facts::bananas(ScaleAnswer::silent)),
              "| –.––– kg |  | – | 电子秤没有回应，请检查接线 | false");
}

// WEIGH-2: the certificate is on the panel, and red once it has run out.
TEST(WeighModel, ShowsTheScalesCertificate) {
    const auto good = present(till_facts::bananas(ScaleAnswer::ok), zh).certificate;
    EXPECT_EQ(good.words, "检定合格 · 证书 2026-0815 · 有效至 2027-03-14");
    const auto out = present(till_facts::bananas(ScaleAnswer::certificate_out), zh).certificate;
    EXPECT_EQ(out.words, "证书 2026-0815 已于 2026-11-20 过期");
    EXPECT_EQ(out.role, kit::Role::block);
    const auto none = present(till_facts::bananas(ScaleAnswer::unregistered), zh).certificate;
    EXPECT_EQ(none.words, "这台秤没有检定证书");
}

}  // namespace
}  // namespace fangxin::terminal::till
