#include "handheld/screens/head_model.hpp"

#include "tests/ui/handheld_facts.hpp"

#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

std::string printed(const HeadFacts& facts) {
    const auto view = present_head("收货", facts, kit::TextTable::load(domain::Language::zh));
    std::string text = view.test_shop + " | " + view.server;
    if (view.notice) text += " | " + view.notice->words;
    return text;
}

// The mark of a test shop gave way to every other notice.
TEST(HandheldHead, ATestShopIsMarkedWhateverElseIsToBeSaid) {
    HeadFacts facts = ui_rows::handheld_head();
    EXPECT_EQ(printed(facts), " | 未上传 3");
    facts.test_shop = true;
    EXPECT_EQ(printed(facts), "测试 | 未上传 3 | 测试商店，不作真实登记");
    facts = ui_rows::handheld_offline();
    facts.test_shop = true;
    EXPECT_EQ(printed(facts), "测试 | 离线 137 | 连不上服务器，可继续工作，联网后自动上传");
}

// SAFE-6: a handheld that has heard of no recall for a day says so, before anything else.
TEST(HandheldHead, OldBlocksAreTheGravestNotice) {
    HeadFacts facts = ui_rows::handheld_old_blocks();
    facts.clock_banner = facts.set_aside = true;
    EXPECT_EQ(printed(facts), " | 离线 137 | 已 31 小时没有收到召回信息，请叫店长");
}

}  // namespace
}  // namespace fangxin::handheld
