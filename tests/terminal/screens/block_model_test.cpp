#include "terminal/screens/block_model.hpp"

#include "tests/support/till_facts.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

std::string printed(const BlockFacts& facts, domain::Language language = domain::Language::zh) {
    const BlockView view = present(facts, kit::TextTable::load(language));
    std::string text = view.reasons + " | " + view.name;
    for (const kit::KeyValue& row : view.rows)
        text += " | " + row.key + " " + row.value + (row.role == kit::Role::block ? "!" : "");
    return text + " | " + view.say + " | " + view.action + " | " + view.slip;
}

// SAFE-3: what it is, why, by which clause, what to say and what to do.
TEST(BlockModel, SaysAllThatACashierAndACustomerWantToKnow) {
    EXPECT_EQ(printed(till_facts::expired_tofu()),
              "已过期 | 豆腐干 200g | 批号 D20261110 | 生产日期 2026-11-10 | "
              "保质期至 2026-11-22（昨天）! | 依据 §4.2.5 | "
              "“这件商品已过保质期，不能出售。我给您换一件新的。” | "
              "放入隔离筐，不要放回货架 | 打印下架单");
}

// SAFE-3: all reasons, worst first; the words are of the worst.
TEST(BlockModel, NamesEveryReasonAndClauseWorstFirst) {
    const std::string text = printed(till_facts::recalled_and_more(), domain::Language::en);
    EXPECT_EQ(text.substr(0, text.find(" | ")),
              "Recalled · Past its date · Own brand, not inspected");
    EXPECT_NE(text.find("§4.4.5 · §4.2.5 · §8.5.7"), std::string::npos);
    EXPECT_NE(text.find("has been recalled"), std::string::npos);
}

TEST(BlockModel, ShowsTheCodeWhereThePackSaysNothing) {
    EXPECT_NE(printed(till_facts::stop_sale_without_printer()).find("条码 6901234567892"),
              std::string::npos);
}

TEST(BlockModel, PrintsTheSlipOnceAndOnlyWithAPrinter) {
    BlockFacts facts = till_facts::expired_tofu();
    const auto first = update(facts, block::PrintSlip{});
    EXPECT_TRUE(first && std::holds_alternative<effect::PrintWithdrawalSlip>(*first));
    facts.slip_printed = true;
    EXPECT_FALSE(update(facts, block::PrintSlip{}));
    facts = till_facts::stop_sale_without_printer();
    EXPECT_FALSE(update(facts, block::PrintSlip{}));
    EXPECT_TRUE(update(facts, block::Understood{}));
}

}  // namespace
}  // namespace fangxin::terminal::till
