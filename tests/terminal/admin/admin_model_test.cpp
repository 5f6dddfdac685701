#include "terminal/admin/admin_model.hpp"

#include "tests/ui/admin_shop.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::admin {
namespace {

const kit::TextTable& chinese() {
    static const kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    return texts;
}

TEST(Admin, OffersOnlyTheAreasThatThePersonMaySee) {
    AdminFacts facts = ui_rows::busy_shop();
    facts.areas = {Area::today, Area::complaints};
    std::string text;
    for (const auto& each : present({}, facts, chinese()).entries)
        text += fmt::format("{} {} {}\n", kit::name_of(each.key), each.words, each.count);
    EXPECT_EQ(text, "F1 今天 0\nF2 投诉 3\n");
}

TEST(Admin, OfflineSaysOfWhenTheFiguresAre) {
    AdminFacts facts = ui_rows::busy_shop();
    EXPECT_FALSE(present({}, facts, chinese()).notice.has_value());
    facts.online = false;
    facts.as_of = ui_rows::at("2026-11-23T21:05");
    EXPECT_EQ(present({}, facts, chinese()).notice->words, "连不上服务器，数据截至 11-23 21:05");
}

TEST(Admin, AServerThatDoesNotAnswerIsSaid) {
    AdminFacts facts = ui_rows::busy_shop();
    facts.silent = true;
    EXPECT_EQ(present({}, facts, chinese()).notice->words, "服务器没有答复，只有本机的数据");
    facts.as_of = ui_rows::at("2026-11-23T21:05");
    EXPECT_EQ(present({}, facts, chinese()).notice->words, "服务器没有答复，数据截至 11-23 21:05");
}

TEST(Admin, BackLeadsToTheCheckout) {
    AdminState state;
    const auto effect = update(state, ui_rows::busy_shop(), LeaveTouched{});
    EXPECT_TRUE(std::holds_alternative<LeaveAdmin>(*effect));
}

}  // namespace
}  // namespace fangxin::admin
