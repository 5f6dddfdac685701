#include "terminal/screens/fair_scale_model.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal::fair {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);
const kit::TextTable en = kit::TextTable::load(domain::Language::en);
const Languages both{zh, en};

Facts weighing() {
    return {.reading = Facts::Reading{true, false, false, 990'000, 990'000},
            .max_mg = 30'000'000,
            .min_mg = 200'000,
            .e_mg = 10'000,
            .certificate = "JD-4",
            .until = domain::parse_date("2027-06-18")};
}

Facts::Told told(std::int64_t labelled_mg) {
    const domain::Instrument scale{
        .accuracy_class = "III", .max_mg = 30'000'000, .min_mg = 200'000, .e_mg = 10'000};
    return {.name = "香蕉",
            .weight_mg = labelled_mg,
            .comparison = domain::compare_fairly(
                scale, {.labelled_mg = labelled_mg, .measured_mg = 990'000})};
}

// WEIGH-3: what it is for, its certificate and the weight, in both languages.
TEST(FairScaleModel, SaysWhatItIsForInBothLanguages) {
    const View view = present({}, weighing(), both);
    EXPECT_EQ(view.weight, "0.990");
    EXPECT_EQ(view.purpose.zh, "供顾客复秤，不用于贸易结算");
    EXPECT_EQ(view.purpose.en, "To check your goods, not for trade");
    EXPECT_EQ(view.certificate.zh, "检定合格 · 证书 JD-4 · 有效至 2027-06-18");
    EXPECT_FALSE(view.certificate.en.empty());
}

// WEIGH-2: a scale without a certificate in force shows no weight, whatever it says.
TEST(FairScaleModel, ShowsNoWeightWithoutACertificate) {
    Facts facts = weighing();
    facts.trouble = Trouble::no_certificate;
    const View view = present({}, facts, both);
    EXPECT_EQ(view.weight, "–.–––");
    EXPECT_EQ(view.trouble.zh, "停用：没有有效的检定证书");
    EXPECT_EQ(view.certificate.zh, "这台秤没有检定证书");
}

// WEIGH-3: within is good; what is short sends the customer to a person.
TEST(FairScaleModel, SendsACustomerToTheServiceDeskWhenItIsShort) {
    Facts facts = weighing();
    facts.told = {told(1'000'000)};
    View view = present({}, facts, both);
    ASSERT_TRUE(view.comparison);
    EXPECT_EQ(view.comparison->answer.zh, "在允许误差内");
    EXPECT_EQ(view.comparison->advice.zh, "");
    facts.told = {told(1'001'000)};
    view = present({}, facts, both);
    EXPECT_EQ(view.comparison->answer.zh, "少于标签重量");
    EXPECT_EQ(view.comparison->role, kit::Role::block);
    EXPECT_EQ(view.comparison->advice.zh, "请带商品和小票到服务台");
    EXPECT_EQ(view.comparison->rows[2].value, "-0.011 kg");
}

TEST(FairScaleModel, ComparesTheLineThatIsChosenAndTheWeightThatIsKeyed) {
    Facts facts = weighing();
    facts.told = {told(500'000), told(1'000'000)};
    State state;
    EXPECT_EQ(present(state, facts, both).choices.size(), 2U);
    EXPECT_FALSE(update(state, facts, Choose{1}));
    EXPECT_EQ(present(state, facts, both).comparison->rows[0].value, "1.000 kg");
    EXPECT_FALSE(update(state, facts, OpenPad{}));
    for (const char* key : {"1", "2", "back", "0", "0"})
        EXPECT_FALSE(update(state, facts, PadKey{key}));
    EXPECT_EQ(present(state, facts, both).pad->typed, "0.100");
    const auto effect = update(state, facts, ConfirmWeight{});
    ASSERT_TRUE(effect);
    EXPECT_EQ(std::get<UseWeight>(*effect).weight_mg, 100'000);
}

}  // namespace
}  // namespace fangxin::terminal::fair
