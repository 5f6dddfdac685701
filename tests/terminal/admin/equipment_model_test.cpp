// The pages about the shop's equipment: what each says of its rows, and what its forms take.
#include "terminal/admin/admin_model.hpp"
#include "tests/ui/admin_shop.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace fangxin::admin {
namespace {

const kit::TextTable& chinese() {
    static const kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    return texts;
}

std::string row_text(const kit::Row& row) {
    std::string text;
    for (const kit::Cell& cell : row.cells)
        text += cell.text + " | ";
    for (const kit::RowTag& tag : row.tags)
        text += "[" + tag.words + "]";
    return text;
}

std::string lines_of(const DetailView& detail, std::string_view section) {
    std::string text;
    for (const SectionView& each : detail.sections) {
        if (each.title != section) continue;
        for (const NoticeView& line : each.lines)
            text += line.words + "\n";
    }
    return text;
}

// FAULT-1: what is overdue is read first and in red.
TEST(AdminFaults, SayByWhenSomebodyHasToBeThere) {
    const ListPageView view =
        present_faults({.chosen = "F-till-4-1-118"}, ui_rows::shop_faults(), chinese());
    ASSERT_EQ(view.rows.size(), 2);
    EXPECT_EQ(row_text(view.rows[0]),
              "电子秤 · 设备断开了，请检查接线 | 4 号收银台 | 已超时 3 小时 | "
              "[超时][B · 严重]");
    EXPECT_EQ(view.rows[0].cells[2].role, kit::Role::block);
    EXPECT_EQ(row_text(view.rows[1]),
              "打印机 · 打印机没纸了，请换纸 | 2 号收银台 | 3 小时后到期 | "
              "[待处理][C · 轻微][已恢复]");
    EXPECT_EQ(view.detail->notice->words, "还没有人到场，已超时 3 小时，请马上派人");
    ASSERT_EQ(view.detail->actions.size(), 2);
}

// FAULT-1: the yearly summary counts by severity and device, and who came in time.
TEST(AdminFaults, SumUpTheYear) {
    const ListPageView view = present_faults({.filter = 3}, ui_rows::shop_faults(), chinese());
    std::string bars = view.bars_title + "\n";
    for (const BarView& each : view.bars)
        bars += fmt::format("{} {}\n", each.words, each.count);
    EXPECT_EQ(bars,
              "最近12个月 · 按时 33%\n"
              "A · 无法使用 1\nB · 严重 1\nC · 轻微 2\n"
              "磁盘 1\n打印机 1\n电子秤 1\n");
}

// FAULT-1, ACCT-2
TEST(AdminFaults, AreWorkedOnByWhoMay) {
    FaultsFacts facts = ui_rows::shop_faults();
    facts.may_work = false;
    EXPECT_TRUE(
        present_faults({.chosen = "F-till-4-1-118"}, facts, chinese()).detail->actions.empty());
}

struct AnArea : ::testing::Test {
    AdminFacts facts = ui_rows::busy_shop();
    AdminState state;

    std::optional<AdminEffect> act(const AdminAction& action) {
        return update(state, facts, action);
    }
    AdminView view() { return present(state, facts, chinese()); }
};
using AdminForms = AnArea;

// FAULT-1
TEST_F(AdminForms, AFaultIsTakenAndThenClosedWithCauseAndFix) {
    state = {.area = Area::faults, .faults = {.chosen = "F-till-4-1-118"}};
    auto effect = act(ListAction(RowActed{0}));
    ASSERT_TRUE(effect && std::holds_alternative<TakeFault>(*effect));
    EXPECT_EQ(std::get<TakeFault>(*effect).fault, "F-till-4-1-118");
    act(ListAction(RowActed{1}));
    ASSERT_TRUE(state.form);
    EXPECT_EQ(view().typing->label, "故障原因");
    EXPECT_FALSE(std::get<FormView>(view().page).done.enabled);
    act(Typed{"线断了"});
    act(TypingDone{});
    EXPECT_EQ(view().typing->label, "处理办法");
    act(Typed{"换线"});
    act(TypingDone{});
    EXPECT_FALSE(view().typing) << "after the last field nothing is written";
    EXPECT_TRUE(std::get<FormView>(view().page).done.enabled);
    effect = act(FormAction(FormSubmitted{}));
    ASSERT_TRUE(effect && std::holds_alternative<SubmitForm>(*effect));
    act(FormRefused{"磁盘已满"});
    EXPECT_EQ(std::get<FormView>(view().page).trouble, "磁盘已满") << "what was written stays";
    EXPECT_EQ(state.form->value("fix"), "换线");
    act(FormDone{"F-till-4-1-118"});
    EXPECT_FALSE(state.form);
}

TEST_F(AdminForms, EscLeavesTheFieldThenTheForm) {
    state = {.area = Area::faults};
    act(ListAction(PageActed{}));
    act(FormAction(FormFieldTouched{"what"}));
    act(BackTouched{});
    ASSERT_TRUE(state.form);
    act(BackTouched{});
    EXPECT_FALSE(state.form);
    EXPECT_EQ(state.area, Area::faults);
}

// FAULT-2: an icon, a colour and words say how a device fares; a change has both values.
TEST(AdminDevices, SayHowEachDeviceFaresAndWhatWasChanged) {
    const ListPageView view =
        present_devices({.chosen = "till-1"}, ui_rows::shop_devices(), chinese());
    EXPECT_EQ(row_text(view.rows[0]), "1 号收银台 | 0.1.0 | 07:02 | [1 个异常][1 个有提醒][本机]");
    EXPECT_EQ(lines_of(*view.detail, "电子秤"), "自 07:02 起正常\n");
    EXPECT_EQ(lines_of(*view.detail, "打印机"), "打印纸快用完了，请准备换纸 · 14:05\n");
    EXPECT_EQ(lines_of(*view.detail, "扫码枪 2"), "设备断开了，请检查接线（自 14:30 起）\n");
    EXPECT_EQ(lines_of(*view.detail, "更改记录"),
              "07:02 · 电子秤\n设备标识：0403:6001 A7001AAA\n设备标识：0403:6001 A7003QXZ\n"
              "11-20 07:01\n版本：0.0.9\n版本：0.1.0\n");
    EXPECT_NE(lines_of(*view.detail, "设备配置").find("protocol = \"toledo-continuous\""),
              std::string::npos);
}

// WEIGH-2, WEIGH-3
TEST(AdminInstruments, SayWhatTheirCertificateAndCheckAllow) {
    const InstrumentsFacts facts = ui_rows::shop_instruments();
    const ListPageView view = present_instruments({}, facts, chinese());
    std::string rows;
    for (const kit::Row& each : view.rows)
        rows += row_text(each) + "\n";
    EXPECT_EQ(rows,
              "收银秤 HC15-0001 | 2026-12-11 | 1 号收银台 | [17 天后到期]\n"
              "收银秤 HC15-0002 | 2027-07-22 | 2 号收银台 | [有效][今天未校秤]\n"
              "收银秤 HC15-0003 | 2026-11-12 | — | [已过期]\n"
              "温度计 T80-0001 | — | — | [没有证书]\n");
    EXPECT_EQ(present_instruments({.filter = 1}, facts, chinese()).rows.size(), 3);
    EXPECT_EQ(present_instruments({.filter = 2}, facts, chinese()).rows.size(), 1);
}

// WEIGH-2: a renewed certificate is written whole, and nothing else of the entry changes.
TEST(AdminInstruments, ARenewedCertificateIsReadFromItsForm) {
    const InstrumentFact fact = ui_rows::shop_instruments().instruments[0];
    FormDraft draft = begin_certificate(fact);
    draft.values["certificate"] = "JD-77";
    draft.values["verified"] = "2026-11-24";
    draft.values["until"] = "2027-11-23";
    auto read = read_instrument(draft, fact.instrument, chinese());
    ASSERT_TRUE(read.has_value());
    domain::Instrument expected = fact.instrument;
    expected.certificate = "JD-77";
    expected.verified = domain::parse_date("2026-11-24");
    expected.until = domain::parse_date("2027-11-23");
    expected.verification_code.clear();
    EXPECT_EQ(*read, expected);
    draft.values["until"] = "next year";
    EXPECT_EQ(read_instrument(draft, fact.instrument, chinese()).error().detail, "有效期至");
}

TEST(AdminInstruments, ANewOneIsReadFromItsForm) {
    FormDraft draft = begin_instrument(nullptr);
    draft.values["kind"] = "fair_scale";
    draft.values["serial"] = "GP30-2";
    draft.values["max"] = "30 kg";
    draft.values["min"] = "200g";
    draft.values["e"] = "10 g";
    draft.values["tare"] = "1.5kg";
    auto read = read_instrument(draft, {}, chinese());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(fmt::format("{} {} {} {} {} {}", read->kind, read->serial, read->max_mg, read->min_mg,
                          read->e_mg, *read->tare_mg),
              "fair_scale GP30-2 30000000 200000 10000 1500000");
    for (const char* wrong : {"30", "30 lb", "1.2.3 kg", "-5 g", "", "0.0001 g"})
        EXPECT_EQ(parse_mass_text(wrong), std::nullopt) << wrong;
}

struct AdminLabels : AnArea {
    AdminLabels() {
        state.area = Area::labels;
        facts.labels = ui_rows::shop_labels();
    }
    ListPageView page() { return std::get<ListPageView>(view().page); }
    void change(const std::string& pattern, const std::string& flags) {
        refused.clear();
        act(ListAction(RowActed{0}));
        state.form->values["pattern"] = pattern;
        state.form->values["flags"] = flags;
        auto effect = act(FormAction(FormSubmitted{}));
        if (effect && std::holds_alternative<RefuseFormat>(*effect))
            refused = std::get<RefuseFormat>(*effect).code;
    }
    std::string refused;
};

// SALE-14: nothing is saved before a label was read by it.
TEST_F(AdminLabels, AreSavedOnlyAfterALabelWasReadByThem) {
    EXPECT_FALSE(page().action) << "there is nothing to save";
    change("FFWWWWWNNNNNC", "20 21");
    ASSERT_TRUE(state.label_draft.draft);
    EXPECT_FALSE(page().action->enabled);
    auto effect = act(Scanned{"2040001012580"});
    ASSERT_TRUE(effect && std::holds_alternative<ReadList>(*effect));
    EXPECT_EQ(state.label_draft.code, "2040001012580");
    facts.labels.trial = ui_rows::shop_label_trial();
    facts.labels.trial->refusal = "no_such_item";
    EXPECT_FALSE(page().action->enabled);
    facts.labels.trial->refusal.clear();
    EXPECT_TRUE(page().action->enabled);
    act(ListAction(PageActed{}));
    ASSERT_TRUE(state.form);
    EXPECT_EQ(state.form->kind, FormKind::save_labels);
    act(FormDone{});
    EXPECT_FALSE(state.label_draft.draft);
}

// SALE-14
TEST_F(AdminLabels, ShowEveryDigitWithItsLetter) {
    facts.labels.trial = ui_rows::shop_label_trial();
    std::string digits;
    std::string letters;
    const ListPageView shown = page();
    for (const DigitBox& each : shown.detail->boxes) {
        digits += each.digit;
        letters += each.letter;
    }
    EXPECT_EQ(digits + " " + letters, "274000101258009801 FFWWWWWEEEEENNNNNC");
    EXPECT_EQ(lines_of(*page().detail, "手上的标签"),
              "校验位正确\n收银台将按此销售：红富士苹果（散装） · 980 g · ¥12.58\n");
}

// SALE-14: a label whose amount would read as a weight.
TEST_F(AdminLabels, OfTwoMeaningsAreRefused) {
    change("FFWWWWWNNNNNC", "20 25");
    EXPECT_EQ(refused, "two_formats");
    EXPECT_FALSE(state.label_draft.draft);
    ASSERT_TRUE(state.form) << "what was written stays to be mended";
    act(BackTouched{});
    change("FWWWWWWNNNNNC", "2");
    EXPECT_EQ(refused, "") << "weights beside weights";
    state.label_draft.draft.reset();
    change("FWWWWWWEEEEEC", "2");
    EXPECT_EQ(refused, "two_meanings");
    act(BackTouched{});
    change("FFWWWW", "20");
    EXPECT_EQ(refused, "bad_pattern");
    EXPECT_NE(label_trouble_words(refused, chinese()), label_trouble_words("other", chinese()));
}

TEST_F(AdminLabels, ADraftIsDroppedOrLosesAFormat) {
    act(ListAction(RowActed{2}));
    ASSERT_TRUE(state.label_draft.draft);
    EXPECT_EQ(state.label_draft.draft->size(), 2);
    act(ListAction(RowActed{3}));
    EXPECT_FALSE(state.label_draft.draft);
}

}  // namespace
}  // namespace fangxin::admin
