#include "terminal/screens/checkout_model.hpp"

#include "terminal/screens/customer_model.hpp"
#include "tests/support/till_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);

std::string row(const CheckoutFacts& facts, std::size_t index) {
    const kit::Row line = present({}, facts, zh).basket.rows.at(index);
    std::string text;
    for (const kit::Cell& cell : line.cells)
        text += cell.text + " | ";
    for (const kit::RowTag& tag : line.tags)
        text += "[" + tag.words + "] ";
    return text + line.note;
}

std::string panel(const CheckoutState& state, const CheckoutFacts& facts) {
    constexpr std::array names = {"selling", "block", "verify", "weigh", "pay", "paid"};
    return names[present(state, facts, zh).panel.index()];
}

const SellingView& selling(const CheckoutView& view) { return std::get<SellingView>(view.panel); }

/// What the effects are, in a line.
std::string said(const std::vector<Effect>& effects) {
    std::string text;
    for (const Effect& each : effects) {
        if (const auto* scan = std::get_if<effect::Scan>(&each)) text += "scan " + scan->code;
        if (const auto* no = std::get_if<effect::RefuseScan>(&each)) {
            text += std::string("refuse: ") + zh.tr(no->words);
        }
        if (const auto* ask = std::get_if<effect::LookUp>(&each)) text += "look up " + ask->code;
        if (const auto* item = std::get_if<effect::SellItem>(&each)) text += "sell " + item->item;
        if (const auto* n = std::get_if<effect::SetNextQuantity>(&each)) {
            text += fmt::format("times {}", n->quantity);
        }
        if (const auto* n = std::get_if<effect::SetQuantity>(&each)) {
            text += fmt::format("line {} times {}", n->line, n->quantity);
        }
        if (const auto* n = std::get_if<effect::VoidLine>(&each)) {
            text += fmt::format("void {}", n->line);
        }
        if (std::holds_alternative<effect::VoidSale>(each)) text += "void sale";
        if (std::holds_alternative<effect::ConfirmAge>(each)) text += "of age";
        if (std::holds_alternative<effect::Hold>(each)) text += "hold";
        if (std::holds_alternative<effect::Reprint>(each)) text += "reprint";
        text += "; ";
    }
    return text;
}

// SALE-3: each line says what the customer pays for and what is known of the pack.
TEST(CheckoutModel, ALineSaysWhatItIs) {
    const CheckoutFacts facts = till_facts::at_work();
    EXPECT_EQ(row(facts, 0), "1 | 鲜牛奶 950ml | 1 | 12.80 | 12.80 | 批号 L1120 · 保质期至 11-27");
    EXPECT_EQ(row(facts, 1), "2 | 香蕉 | 1.235 kg | 5.98/kg | 7.39 | [称重] 皮重 0.010 kg");
    EXPECT_EQ(row(facts, 2),
              "3 | 老酸奶 160g×8 | 1 | 26.90 | 26.90 | [临期] 批号 A07 · 保质期至 11-24");
    EXPECT_EQ(row(facts, 3), "4 | 五常大米 5kg | 1 | 59.90 | 59.90 | [批次未登记] ");
}

// SAFE-2: lot and expiry are shown only where they are certain.
TEST(CheckoutModel, AGuessedBatchIsNotShown) {
    CheckoutFacts facts = till_facts::at_work();
    facts.basket.lines[0].basis = domain::BatchBasis::assumed;
    EXPECT_EQ(row(facts, 0), "1 | 鲜牛奶 950ml | 1 | 12.80 | 12.80 | ");
}

// SAFE-6: a line that a recall reached is red, says why, and stops payment until it is out.
TEST(CheckoutModel, ARedLineSaysWhyAndStopsPayment) {
    const CheckoutFacts facts = till_facts::with_red_line();
    EXPECT_EQ(row(facts, 2),
              "3 | 老酸奶 160g×8 | 1 | 26.90 | 26.90 | [禁止销售，请作废] 已召回 · 已过期");
    EXPECT_EQ(selling(present({}, facts, zh)).pay.reason, "请先作废红色那一行");
    CheckoutState state;
    update(state, facts, PressedPay{});
    EXPECT_EQ(panel(state, facts), "selling");
}

// SAFE-6: a block that comes while one pays ends the payment.
TEST(CheckoutModel, ABlockEndsThePaymentThatWasBegun) {
    CheckoutState state;
    update(state, till_facts::at_work(), PressedPay{});
    EXPECT_EQ(panel(state, till_facts::at_work()), "pay");
    follow(state, till_facts::with_red_line());
    EXPECT_EQ(panel(state, till_facts::with_red_line()), "selling");
}

TEST(CheckoutModel, AnEmptyBasketSaysWhyItCannotBePaid) {
    const CheckoutView view = present(CheckoutState{}, CheckoutFacts{}, zh);
    EXPECT_EQ(selling(view).pay.reason, "还没有要收款的商品");
}

TEST(CheckoutModel, AChosenLineCountsUpDownAndGoes) {
    const CheckoutFacts facts = till_facts::at_work();
    CheckoutState state;
    update(state, facts, basket::Choose{5});
    EXPECT_EQ(said(update(state, facts, basket::Change{LineAction::more})), "line 5 times 3; ");
    EXPECT_EQ(said(update(state, facts, basket::Change{LineAction::less})), "line 5 times 1; ");
    EXPECT_EQ(said(update(state, facts, basket::Change{LineAction::take_out})), "void 5; ");
    EXPECT_EQ(state.selected, std::nullopt);
}

TEST(CheckoutModel, AWeighedLineIsNotCounted) {
    const CheckoutFacts facts = till_facts::at_work();
    CheckoutState state{.selected = 2};
    std::string enabled;
    for (const auto& button : present(state, facts, zh).basket.buttons)
        enabled += button.enabled ? "1" : "0";
    EXPECT_EQ(enabled, "00011");
    EXPECT_EQ(said(update(state, facts, basket::Change{LineAction::more})), "");
    EXPECT_EQ(said(update(state, facts, basket::Change{LineAction::take_out})), "void 2; ");
}

TEST(CheckoutModel, ANumberBeforeTheScanCountsForThatScan) {
    CheckoutFacts facts = till_facts::at_work();
    CheckoutState state;
    EXPECT_EQ(selling(present(state, facts, zh)).times, "");
    update(state, facts, Pressed{Function::quantity});
    update(state, facts, dialog::PadKey{"3"});
    EXPECT_EQ(said(update(state, facts, dialog::Confirm{})), "times 3; ");
    facts.next_quantity = 3;
    EXPECT_EQ(selling(present(state, facts, zh)).times, "×3");
    EXPECT_EQ(said(update(state, facts, Scanned{"69"})), "scan 69; ");
    update(state, facts, Pressed{Function::quantity});
    update(state, facts, dialog::PadKey{"2"});
    EXPECT_EQ(said(update(state, facts, Scanned{"69"})), "times 2; scan 69; ");
    EXPECT_EQ(state.dialog, Dialog::none);
}

// SALE-3: a scan reaches the screen it was made on or is refused aloud; it is never lost.
TEST(CheckoutModel, AScanIsNeverLost) {
    const CheckoutFacts facts = till_facts::at_work();
    auto scanned = [&](CheckoutState state, CheckoutFacts at) {
        return said(update(state, at, Scanned{"69"}));
    };
    EXPECT_EQ(scanned({}, facts), "scan 69; ");
    EXPECT_EQ(scanned({.dialog = Dialog::search}, facts), "scan 69; ");
    EXPECT_EQ(scanned({.dialog = Dialog::price}, facts), "look up 69; ");
    EXPECT_EQ(scanned({.dialog = Dialog::more}, facts), "refuse: 请先处理或关闭这个窗口; ");
    EXPECT_EQ(scanned({.dialog = Dialog::age}, facts), "refuse: 请先处理或关闭这个窗口; ");
    EXPECT_EQ(scanned({.paying = PayState{}}, facts), "refuse: 请先完成收款，或返回; ");
    CheckoutFacts asked = facts;
    asked.prompt = till_facts::which_date(2);
    EXPECT_EQ(scanned({}, asked), "scan 69; ");
    CheckoutFacts waiting = facts;
    waiting.waiting = Waiting::hold;
    EXPECT_EQ(scanned({}, waiting), "refuse: 请稍候…; ");
}

TEST(CheckoutModel, AScanGoesOnFromTheSaleThatIsDone) {
    CheckoutFacts facts;
    facts.paid = till_facts::paid(Printing::printed);
    CheckoutState state;
    EXPECT_EQ(panel(state, facts), "paid");
    EXPECT_EQ(said(update(state, facts, Scanned{"69"})), "scan 69; ");
    EXPECT_EQ(panel(state, facts), "selling");
}

// SAFE-2: the age is asked before payment, once; "no" takes the goods out.
TEST(CheckoutModel, TheAgeIsAskedBeforePayment) {
    CheckoutFacts facts = till_facts::with_spirits();
    CheckoutState state;
    update(state, facts, PressedPay{});
    EXPECT_EQ(state.dialog, Dialog::age);
    CheckoutState minor = state;
    EXPECT_EQ(said(update(minor, facts, dialog::NotOfAge{})), "void 7; ");
    EXPECT_EQ(said(update(state, facts, dialog::OfAge{})), "of age; ");
    domain::confirm_age(facts.basket);
    follow(state, facts);
    EXPECT_EQ(panel(state, facts), "pay");
}

TEST(CheckoutModel, TheWholeSaleIsVoidedOnlyAfterAQuestion) {
    const CheckoutFacts facts = till_facts::at_work();
    CheckoutState state{.dialog = Dialog::more};
    EXPECT_EQ(said(update(state, facts, dialog::Choose{MoreItem::void_sale})), "");
    EXPECT_EQ(std::get<VoidView>(present(state, facts, zh).dialog).what, "6 行，¥140.74");
    EXPECT_EQ(said(update(state, facts, dialog::VoidIt{})), "void sale; ");
    EXPECT_EQ(state.dialog, Dialog::none);
}

// SAFE-3: a question of the till comes before every dialog and before payment.
TEST(CheckoutModel, AQuestionOfTheTillComesFirst) {
    CheckoutFacts facts = till_facts::at_work();
    facts.prompt = till_facts::expired_tofu();
    CheckoutState state{.dialog = Dialog::search, .paying = PayState{"1"}};
    follow(state, facts);
    const CheckoutView view = present(state, facts, zh);
    EXPECT_EQ(panel(state, facts), "block");
    EXPECT_TRUE(std::holds_alternative<std::monostate>(view.dialog));
    for (const auto& key : view.functions)
        EXPECT_FALSE(key.enabled) << key.words;
}

// SALE-7: each touch printed one more copy, as nothing said that the first was on its way.
TEST(CheckoutModel, OneCopyIsPrintedAtATime) {
    CheckoutFacts facts;
    facts.paid = till_facts::paid(Printing::printed);
    facts.last_receipt = facts.paid->receipt;
    CheckoutState state;
    EXPECT_EQ(said(update(state, facts, PaidAction(paid::ReprintReceipt{}))), "reprint; ");
    facts.copying = facts.last_receipt;
    EXPECT_EQ(said(update(state, facts, PaidAction(paid::ReprintReceipt{}))), "");
    EXPECT_FALSE(std::get<PaidView>(present(state, facts, zh).panel).can_reprint);
    EXPECT_EQ(said(update(state, facts, dialog::Choose{MoreItem::reprint})), "");
    state.dialog = Dialog::more;
    const auto more = std::get<MoreView>(present(state, facts, zh).dialog);
    EXPECT_EQ(more.rows[1].note, "正在重印小票");
    EXPECT_FALSE(more.rows[1].enabled);
}

TEST(CheckoutModel, ANewQuestionStartsWithItsChoices) {
    CheckoutFacts facts;
    facts.prompt = till_facts::which_date(2);
    CheckoutState state;
    follow(state, facts);
    update(state, facts, VerifyAction(verify::Other{}));
    follow(state, facts);
    EXPECT_EQ(state.verify.page, VerifyPage::date);
    facts.prompt = till_facts::which_lot();
    follow(state, facts);
    EXPECT_EQ(state.verify.page, VerifyPage::choices);
}

TEST(CheckoutModel, ANewLineIsShownAndTheChosenOneCloses) {
    CheckoutFacts facts = till_facts::at_work();
    CheckoutState state;
    follow(state, facts);
    update(state, facts, basket::Choose{1});
    follow(state, facts);
    EXPECT_EQ(state.selected, 1);
    facts.basket.lines.push_back(till_facts::pieces("水", 200));
    facts.basket.lines.back().number = facts.basket.next_number++;
    follow(state, facts);
    EXPECT_EQ(state.selected, std::nullopt);
}

TEST(CustomerDisplay, NamesPricesAndNeverReasons) {
    CustomerFacts facts{.shop_name = "文一路店", .basket = till_facts::with_red_line().basket};
    const CustomerView view = present(facts, zh);
    std::string text = view.items + " " + view.saved + " " + view.total;
    for (const auto& line : view.lines)
        text += " | " + line.name + " " + line.how_much + " " + line.amount;
    EXPECT_EQ(text,
              "7 件 为您节省 ¥7.95 140.74 | 香蕉 1.235 kg × ¥5.98/kg ¥7.39"
              " | 老酸奶 160g×8 1 × ¥26.90 ¥26.90 | 五常大米 5kg 1 × ¥59.90 ¥59.90"
              " | 抽纸 3 层 100 抽×6 2 × ¥15.90 ¥23.85 | 酱油 500ml 1 × ¥9.90 ¥9.90");
}

}  // namespace
}  // namespace fangxin::terminal::till
