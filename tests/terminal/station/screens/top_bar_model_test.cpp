#include "terminal/station/screens/top_bar_model.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

TopBarFacts facts() {
    return {.shop_name = "文一路店",
            .till = 3,
            .person = "王丽",
            .server = Health::good,
            .printer = Health::trouble,
            .block_age_ms = 0,
            .now = *domain::parse_instant("2026-11-24T14:02:00+08:00")};
}

std::string printed(const TopBarFacts& of, domain::Language language = domain::Language::zh) {
    auto view = present(of, kit::TextTable::load(language));
    std::string text = view.shop;
    for (const auto& each : view.where)
        text += " | " + each;
    for (const auto& light : view.lights)
        text += fmt::format(" | {}{}", light.words, light.role == kit::Role::ok ? "" : "!");
    text += " | " + view.unsent + " | " + view.clock;
    if (view.notice) text += " | " + view.notice->words;
    return text;
}

TEST(TopBar, SaysWhereOneIsAndWhatIsConnected) {
    EXPECT_EQ(printed(facts()),
              "放心 · 文一路店 | 3 号收银台 | 王丽 | 服务器 | 打印机! | 未上传 0 | 14:02");
}

TEST(TopBar, SaysItInEnglishByOneTap) {
    EXPECT_EQ(printed(facts(), domain::Language::en),
              "Fangxin · 文一路店 | Till 3 | 王丽 | Server | Printer! | Unsent 0 | 14:02");
}

// SAFE-6: a till that has heard of no recall for a day says so, before anything else.
TEST(TopBar, OldBlocksAreTheGravestNotice) {
    TopBarFacts old = facts();
    old.test_shop = old.clock_banner = true;
    old.block_age_ms = 25LL * 60 * 60 * 1000;
    EXPECT_NE(printed(old).find("25"), std::string::npos);
    old.block_age_ms = 24LL * 60 * 60 * 1000;
    EXPECT_EQ(printed(old).find("24"), std::string::npos);
}

// The mark of a test shop gave way to every other notice.
TEST(TopBar, ATestShopIsMarkedWhateverElseIsToBeSaid) {
    TopBarFacts of = facts();
    const auto texts = kit::TextTable::load(domain::Language::zh);
    EXPECT_EQ(present(of, texts).test_shop, "");
    of.test_shop = true;
    EXPECT_EQ(present(of, texts).test_shop, "测试商店");
    EXPECT_EQ(present(of, texts).notice->words, "测试商店，不作真实销售");
    of.conflict = true;
    EXPECT_EQ(present(of, texts).test_shop, "测试商店");
}

TEST(TopBar, WhatIsNotSentIsAWarningOnlyWithoutAServer) {
    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    TopBarFacts unsent = facts();
    unsent.unsent = 5;
    EXPECT_EQ(present(unsent, texts).unsent_role, kit::Role::muted);
    unsent.server = Health::trouble;
    EXPECT_EQ(present(unsent, texts).unsent_role, kit::Role::warn);
}

}  // namespace
}  // namespace fangxin::terminal
