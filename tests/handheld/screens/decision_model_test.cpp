#include "handheld/screens/decision_view.hpp"
#include "tests/support/kit_stage.hpp"
#include "tests/ui/handheld_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

using decision::Effect;

struct Form {
    explicit Form(GoodsDeed deed) : state(begin(deed)) {
        facts = {.head = ui_rows::handheld_head(),
                 .deed = deed,
                 .batch = "b1",
                 .name = "黑芝麻汤圆",
                 .lot = "MY61R",
                 .date = {domain::DatePrinted::production,
                          domain::ShelfLife{6, domain::LifeUnit::months}}};
    }
    std::optional<Effect> act(const decision::Action& action) {
        return update(state, facts, action, texts);
    }
    void key(std::string_view keys) {
        for (const char each : keys)
            act(decision::Keyed{std::string(1, each)});
    }
    DecisionView view() const { return present(state, facts, texts); }
    std::string page() const {
        return view().asks + (view().refusal.empty() ? "" : " ! " + view().refusal);
    }
    std::string consequences() const {
        std::string text;
        for (const auto& line : view().consequences)
            text += line + "\n";
        return text;
    }

    DecisionFacts facts;
    DecisionState state;
    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
};

std::string done(const std::optional<Effect>& effect) {
    const auto* deed = effect ? std::get_if<decision::Do>(&*effect) : nullptr;
    if (deed == nullptr) return "nothing";
    return fmt::format("{} reason={} quantity={} lot={} production={} photo={} {} {}", deed->batch,
                       deed->reason, deed->quantity_milli, deed->lot.value_or("-"),
                       deed->production ? day_text(*deed->production) : "-", deed->photo,
                       domain::to_text(deed->result), deed->kind);
}

// SAFE-6: out of sale everywhere, with a reason, in two touches and one that is meant.
TEST(HandheldDecision, AQuarantineTakesAReasonAndSaysWhatItDoes) {
    Form form(GoodsDeed::quarantine);
    EXPECT_EQ(done(form.act(decision::Next{})), "nothing");
    EXPECT_EQ(form.page(), "什么原因？ ! 请选择原因");
    form.act(decision::ReasonChosen{0});
    EXPECT_EQ(form.consequences(), "所有收银台一秒内停售\n请下架，放入隔离筐\n");
    EXPECT_EQ(done(form.act(decision::Next{})),
              "b1 reason=顾客投诉 quantity=0 lot=- production=- photo= none ");
    EXPECT_EQ(done(form.act(decision::Next{})), "nothing");
    form.act(decision::Decided{domain::Decision::quarantined});
    EXPECT_EQ(form.view().decided.words, "已隔离");
}

// rules 4: without a server nobody is told that tills know within a second.
TEST(HandheldDecision, OfflineItSaysThatTillsHearOfItLater) {
    Form form(GoodsDeed::quarantine);
    form.facts.head.connected = false;
    form.act(decision::ReasonChosen{0});
    EXPECT_EQ(form.consequences(), "连不上服务器，联网后收银台才会收到\n请下架，放入隔离筐\n");
}

TEST(HandheldDecision, AReasonOfOnesOwnIsWritten) {
    Form form(GoodsDeed::release);
    const auto effect = form.act(decision::ReasonChosen{4});
    EXPECT_TRUE(std::holds_alternative<decision::Write>(effect.value()));
    form.act(decision::Wrote{""});
    EXPECT_EQ(form.state.page, DecisionPage::reason);
    form.act(decision::Wrote{"厂家复检报告已到"});
    EXPECT_EQ(done(form.act(decision::Next{})),
              "b1 reason=厂家复检报告已到 quantity=0 lot=- production=- photo= none ");
}

TEST(HandheldDecision, AWithdrawalMayBeCountedOrNot) {
    Form form(GoodsDeed::withdraw);
    form.key("12");
    form.act(decision::Next{});
    EXPECT_EQ(done(form.act(decision::Next{})),
              "b1 reason= quantity=12000 lot=- production=- photo= none ");
    Form other(GoodsDeed::withdraw);
    other.key("5");
    other.act(decision::Skipped{});
    EXPECT_EQ(done(other.act(decision::Next{})),
              "b1 reason= quantity=0 lot=- production=- photo= none ");
}

// SAFE-3: goods that are sold as yet are refused once they are withdrawn, and that is said.
TEST(HandheldDecision, AWithdrawalSaysWhatTheTillsDoFromThenOn) {
    Form form(GoodsDeed::withdraw);
    form.key("12");
    form.act(decision::Next{});
    EXPECT_EQ(form.consequences(),
              "您确认货架上已没有这批货\n收银台从此拒售这一批\n库存减去 12 件\n");
    form.facts.reasons = {domain::Reason::recalled, domain::Reason::near_expiry};
    EXPECT_EQ(form.consequences(),
              "您确认货架上已没有这批货\n收银台不再因这一批询问日期\n"
              "仍不能销售：已召回\n库存减去 12 件\n");
    form.facts = {.head = form.facts.head, .deed = GoodsDeed::withdraw, .is_recall = true};
    EXPECT_EQ(form.consequences(),
              "您确认货架上已没有这批货\n收银台不再因这一批询问日期\n召回继续有效\n");
}

// SAFE-3: released goods that have expired meanwhile are not promised to be sold again.
TEST(HandheldDecision, AReleaseSaysWhatStandsBesides) {
    Form form(GoodsDeed::release);
    form.act(decision::ReasonChosen{0});
    EXPECT_EQ(form.consequences(), "这一批的隔离全部解除\n");
    form.facts.reasons = {domain::Reason::quarantined, domain::Reason::not_released};
    EXPECT_EQ(form.consequences(), "这一批的隔离全部解除\n所有收银台一秒内恢复销售\n");
    form.facts.reasons = {domain::Reason::expired, domain::Reason::quarantined,
                          domain::Reason::private_brand_uninspected};
    EXPECT_EQ(form.consequences(), "这一批的隔离全部解除\n仍不能销售：已过期 · 自有品牌未检验\n");
}

// rules 4: another role's quarantine stays, and the goods with it.
TEST(HandheldDecision, TakingAQuarantineBackFreesOnlyWhatNobodyElseHolds) {
    Form form(GoodsDeed::take_back);
    form.act(decision::ReasonChosen{0});
    form.facts.reasons = {domain::Reason::quarantined};
    EXPECT_EQ(form.consequences(), "只解除本岗位的隔离，其他不变\n所有收银台一秒内恢复销售\n");
    form.facts.is_held_by_other_roles = true;
    EXPECT_EQ(form.consequences(), "只解除本岗位的隔离，其他不变\n仍不能销售：已隔离\n");
}

// The expiry follows a corrected production date; who confirmed saw only the date he keyed.
TEST(HandheldDecision, ACorrectedProductionDateShowsTheNewExpiry) {
    Form form(GoodsDeed::correct);
    form.key("1030");
    form.act(decision::Next{});
    form.act(decision::Skipped{});
    form.act(decision::ReasonChosen{0});
    form.facts.photo = "p.jpg";
    form.act(decision::Next{});
    EXPECT_EQ(form.view().answers[0].value, "2026-10-30");
    EXPECT_EQ(form.view().answers[1].key + (" " + form.view().answers[1].value),
              "保质期至 2027-04-30");
}

// rules 1: a correction names what was wrong, why, and shows it.
TEST(HandheldDecision, ACorrectionWantsAChangeAReasonAndAPhoto) {
    Form form(GoodsDeed::correct);
    form.act(decision::Skipped{});
    form.act(decision::Skipped{});
    EXPECT_EQ(form.page(), "包装上是哪个批号？ ! 请先改批号或日期");
    form.key("MY61B");
    form.act(decision::Next{});
    form.act(decision::ReasonChosen{0});
    EXPECT_EQ(form.state.page, DecisionPage::photo);
    form.act(decision::Next{});
    EXPECT_EQ(form.page(), "请拍下包装上的日期和批号 ! 请先给包装拍照");
    form.facts.photo = "p.jpg";
    form.act(decision::Next{});
    EXPECT_EQ(form.view().answers.front().value, "MY61R → MY61B");
    EXPECT_EQ(done(form.act(decision::Next{})),
              "b1 reason=收货时输错 quantity=0 lot=MY61B production=- photo=p.jpg none ");
}

TEST(HandheldDecision, ADateThatNoPackHasIsRefusedOnItsPage) {
    Form form(GoodsDeed::correct);
    form.key("1331");
    form.act(decision::Next{});
    EXPECT_EQ(form.page(), "包装上的生产日期是哪天？ ! 日期不对，请按包装上的输入");
    form.act(decision::Keyed{"clear"});
    form.key("1030");
    form.act(decision::Next{});
    EXPECT_EQ(form.state.page, DecisionPage::lot);
    form.act(decision::Scanned{"my61b"});
    EXPECT_EQ(form.state.lot, "MY61B");
}

TEST(HandheldDecision, AFailedTestStopsTheSaleAndAPassedOneLiftsThatStopAlone) {
    Form form(GoodsDeed::test_result);
    form.act(decision::Chosen{1});
    form.act(decision::ReasonChosen{0});
    EXPECT_EQ(form.consequences(), "所有收银台一秒内停售\n");
    EXPECT_EQ(done(form.act(decision::Next{})),
              "b1 reason= quantity=0 lot=- production=- photo= failed 农残快检");
    Form passed(GoodsDeed::test_result);
    passed.act(decision::Chosen{0});
    passed.act(decision::ReasonChosen{3});
    EXPECT_EQ(passed.consequences(), "记在这一批上，不改变处置\n");
    passed.facts.reasons = {domain::Reason::failed_test};
    EXPECT_EQ(passed.consequences(), "解除检测不合格的停售\n所有收银台一秒内恢复销售\n");
    passed.facts.reasons = {domain::Reason::quarantined, domain::Reason::failed_test};
    EXPECT_EQ(passed.consequences(), "解除检测不合格的停售\n仍不能销售：已隔离\n");
}

// SAFE-6: what cannot be released here says why and who can.
TEST(HandheldDecision, ARefusalIsSaidWhereItCanBeMended) {
    Form form(GoodsDeed::release);
    form.act(decision::ReasonChosen{0});
    form.act(decision::Next{});
    form.act(decision::Refused{"batch_recalled", ""});
    EXPECT_EQ(form.page(), "请核对 ! 这批在召回中，只能由服务器解除");
    form.act(decision::Next{});
    form.act(decision::Refused{"not_allowed", ""});
    EXPECT_EQ(form.page(), "请核对 ! 您的岗位没有这个权限，请找有权限的人");
}

TEST(HandheldDecision, GoingBackKeepsWhatWasChosen) {
    Form form(GoodsDeed::test_result);
    form.act(decision::Chosen{1});
    form.act(decision::ReasonChosen{2});
    form.act(decision::Back{});
    form.act(decision::Back{});
    EXPECT_EQ(form.state.result, domain::TestResult::failed);
    form.act(decision::Next{});
    form.act(decision::Next{});
    EXPECT_EQ(form.state.page, DecisionPage::confirm);
    Form first(GoodsDeed::quarantine);
    EXPECT_TRUE(std::holds_alternative<decision::Leave>(*first.act(decision::Back{})));
}

// rules 9: what stops a sale is never confirmed by an Enter that a scan may have brought.
TEST(HandheldDecision, OnlyItsOwnKeyOrATouchConfirms) {
    Form form(GoodsDeed::quarantine);
    form.act(decision::ReasonChosen{0});
    auto stage = kit::test_stage({.design = ui_rows::handheld_page});
    std::optional<Effect> effect;
    const auto page = [&](kit::Ui& ui) {
        if (auto action = draw(ui, form.texts, form.view(), ui.screen())) {
            if (auto now = form.act(*action)) effect = now;
        }
    };
    stage->key(kit::Key::enter);
    stage->play(page, 0);
    EXPECT_EQ(done(effect), "nothing");
    stage->tap({240, 744});
    stage->play(page, 0);
    EXPECT_EQ(done(effect), "b1 reason=顾客投诉 quantity=0 lot=- production=- photo= none ");
}

}  // namespace
}  // namespace fangxin::handheld
