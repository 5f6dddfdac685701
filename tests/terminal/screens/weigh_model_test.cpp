#include "terminal/screens/weigh_model.hpp"

#include "tests/support/till_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

WeighState none;  // no pad is open
const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);

std::string printed(const WeighFacts& facts) {
    const WeighView view = present({}, facts, zh);
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
    EXPECT_FALSE(update(none, facts, weigh::Add{}));
}

// WEIGH-1: whatever the scale's answer, it is said in words, and only `ok` sells.
TEST(WeighModel, SaysInWordsWhyNot) {
    for (const auto& [name, answer] : till_facts::scale_answers()) {
        const WeighFacts facts = till_facts::bananas(answer);
        const WeighView view = present({}, facts, zh);
        EXPECT_EQ(view.can_add, answer == ScaleAnswer::ok) << name;
        EXPECT_EQ(view.why_not.empty(), answer == ScaleAnswer::ok) << name;
        EXPECT_EQ(update(none, facts, weigh::Add{}).has_value(), answer == ScaleAnswer::ok) << name;
        EXPECT_TRUE(update(none, facts, weigh::GiveUp{})) << name;
    }
}

TEST(WeighModel, ALostScaleShowsNoWeight) {
    EXPECT_EQ(printed(till_facts::bananas(ScaleAnswer::silent)),
              "| –.––– kg |  | – | 电子秤没有回应，请检查接线 | false");
}

// WEIGH-2: the certificate is on the panel, and red once it has run out.
TEST(WeighModel, ShowsTheScalesCertificate) {
    const auto good = present({}, till_facts::bananas(ScaleAnswer::ok), zh).certificate;
    EXPECT_EQ(good.words, "检定合格 · 证书 2026-0815 · 有效至 2027-03-14");
    const auto out = present({}, till_facts::bananas(ScaleAnswer::certificate_out), zh).certificate;
    EXPECT_EQ(out.words, "证书 2026-0815 已于 2026-11-20 过期");
    EXPECT_EQ(out.role, kit::Role::block);
    const auto none = present({}, till_facts::bananas(ScaleAnswer::unregistered), zh).certificate;
    EXPECT_EQ(none.words, "这台秤没有检定证书");
}

// WEIGH-2: from 30 days before its end the panel counts the days.
TEST(WeighModel, CountsTheDaysToTheCertificatesEnd) {
    WeighFacts facts = till_facts::bananas(ScaleAnswer::ok);
    facts.ends_in = 17;
    EXPECT_EQ(present({}, facts, zh).certificate.words, "证书 2026-0815 还有 17 天到期");
    EXPECT_EQ(present({}, facts, zh).certificate.role, kit::Role::warn);
    facts.ends_in = 0;
    EXPECT_EQ(present({}, facts, zh).certificate.words, "证书 2026-0815 今天到期");
}

// WEIGH-1: gross, the tare that was taken, the one that was preset (PT), net.
TEST(WeighModel, TellsTaresApart) {
    WeighFacts facts = till_facts::bananas(ScaleAnswer::ok);
    facts.reading = WeighFacts::Reading{true, 1'245'000, 65'000, 1'180'000, 15'000};
    EXPECT_EQ(present({}, facts, zh).tare, "皮重 0.050 + PT 0.015 kg");
    facts.reading = WeighFacts::Reading{true, 1'245'000, 15'000, 1'230'000, 15'000};
    EXPECT_EQ(present({}, facts, zh).tare, "预置皮重 PT 0.015 kg");
    EXPECT_EQ(present({}, facts, zh).gross, "毛重 1.245 kg");
}

// WEIGH-1
TEST(WeighModel, KeysATareInGrams) {
    const WeighFacts facts = till_facts::bananas(ScaleAnswer::ok);
    WeighState state;
    EXPECT_FALSE(update(state, facts, weigh::OpenPad{}));
    for (const char* key : {"7", "back", "1", "5"})
        EXPECT_FALSE(update(state, facts, weigh::PadKey{key}));
    EXPECT_EQ(present(state, facts, zh).pad->typed, "15");
    const auto effect = update(state, facts, weigh::ConfirmTare{});
    ASSERT_TRUE(effect);
    EXPECT_EQ(std::get<effect::KeyTare>(*effect).tare_mg, 15'000);
    EXPECT_FALSE(present(state, facts, zh).pad);
}

// WEIGH-2, WEIGH-3: a lock shows the way to what opens it, in the place of the tools.
TEST(WeighModel, ShowsTheWayToWhatOpensALock) {
    auto way = [](ScaleAnswer answer) {
        return present({}, till_facts::bananas(answer), zh).way_on;
    };
    EXPECT_EQ(way(ScaleAnswer::other_device), "绑定这台秤…");
    EXPECT_EQ(way(ScaleAnswer::elsewhere), "绑定这台秤…");
    EXPECT_EQ(way(ScaleAnswer::check_missed), "每日校验…");
    EXPECT_EQ(way(ScaleAnswer::check_failed), "每日校验…");
    EXPECT_EQ(way(ScaleAnswer::ok), "");
    EXPECT_TRUE(std::holds_alternative<effect::OpenScale>(
        *update(none, till_facts::bananas(ScaleAnswer::check_missed), weigh::GoOn{})));
}

}  // namespace
}  // namespace fangxin::terminal::till
