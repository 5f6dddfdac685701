#include "terminal/screens/pay_model.hpp"

#include "domain/amount_text.hpp"
#include "tests/support/till_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);
constexpr PayFacts due_132_60{13'267};

std::string suggested(std::int64_t due_fen) {
    std::string text;
    for (const std::int64_t fen : cash_suggestions(due_fen))
        text += domain::yuan(fen) + " ";
    return text;
}

std::string typed(const std::vector<std::string>& keys) {
    PayState state;
    for (const std::string& key : keys)
        update(state, due_132_60, pay::PadKey{key});
    const PayView view = present(state, due_132_60, zh);
    return view.tendered + " " + view.finish;
}

TEST(PayModel, RoundsDownToTheJiao) {
    const PayView view = present({}, due_132_60, zh);
    EXPECT_EQ(view.due + " " + view.rounding, "¥132.60 抹零 ¥0.07");
    EXPECT_EQ(present({}, {13'260}, zh).rounding, "");
}

TEST(PayModel, SuggestsWhatCustomersGive) {
    EXPECT_EQ(suggested(13'260), "132.60 140.00 150.00 200.00 ");
    EXPECT_EQ(suggested(10'000), "100.00 110.00 150.00 200.00 ");
    EXPECT_EQ(suggested(14'550), "145.50 150.00 200.00 300.00 ");
    EXPECT_EQ(suggested(0), "0.00 10.00 50.00 100.00 ");
}

TEST(PayModel, CountsTheChangeWhileOneTypes) {
    EXPECT_EQ(typed({}), "¥0.00 请输入收到的现金");
    EXPECT_EQ(typed({"1", "00"}), "¥100.00 还差 ¥32.60");
    EXPECT_EQ(typed({"1", "5", "0"}), "¥150.00 完成 · 找零 ¥17.40");
    EXPECT_EQ(typed({"1", "3", "2", ".", "6", "5", "9"}), "¥132.65 完成 · 找零 ¥0.05");
    EXPECT_EQ(typed({"1", "5", "back"}), "¥1.00 还差 ¥131.60");
    EXPECT_EQ(typed({"9", "9", "9", "9", "9", "9", "9", "9"}),
              "¥9999999.00 完成 · 找零 ¥9999866.40");
}

// SALE-5: nothing is finished with too little, or with nothing.
TEST(PayModel, FinishesOnlyWithEnough) {
    PayState state;
    EXPECT_FALSE(update(state, due_132_60, pay::Finish{}));
    state.typed = "132.5";
    EXPECT_FALSE(update(state, due_132_60, pay::Finish{}));
    update(state, due_132_60, pay::Suggest{0});
    const auto effect = update(state, due_132_60, pay::Finish{});
    ASSERT_TRUE(effect);
    EXPECT_EQ(std::get<effect::PayCash>(*effect).tendered_fen, 13'260);
}

TEST(PaidModel, SaysChangeReceiptAndPrinter) {
    const PaidView view = present(till_facts::paid(Printing::waiting), zh);
    EXPECT_EQ(fmt::format("{} {} {} {} {}", view.change, view.due, view.paid, view.receipt,
                          view.printing),
              "17.40 ¥132.60 ¥150.00 03-20261123-0142 小票在等打印机，请检查纸和电源");
}

}  // namespace
}  // namespace fangxin::terminal::till
