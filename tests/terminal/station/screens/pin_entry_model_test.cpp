#include "terminal/station/screens/pin_entry_model.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

class PinEntryTest : public testing::Test {
  protected:
    void type(std::string_view digits) {
        for (char digit : digits)
            act(pin::Digit{digit});
    }
    std::string act(const PinAction& action) {
        auto typed = update(entry, facts, action);
        return typed ? typed->number + "/" + typed->pin : "";
    }
    PinEntryView view() const { return present(entry, facts, texts); }
    std::string trouble_of(PinTrouble trouble, std::int64_t until_ms = 0) {
        act(pin::Refused{{trouble, until_ms}});
        return view().trouble;
    }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    PinEntryFacts facts{.now = *domain::parse_instant("2026-11-24T14:32:00+08:00")};
    PinEntry entry;
};

TEST_F(PinEntryTest, TakesNumberThenPin) {
    type("1001");
    EXPECT_EQ(act(pin::Confirm{}), "");
    type("408213");
    EXPECT_EQ(view().typed, 6);
    EXPECT_EQ(act(pin::Confirm{}), "1001/408213");
}

// ACCT-2: the PIN is in nobody's view, and gone once it was handed on.
TEST_F(PinEntryTest, ForgetsThePinWhenItIsHandedOn) {
    entry = entry_for("1001");
    type("408213");
    act(pin::Confirm{});
    EXPECT_EQ(entry.pin, "");
    EXPECT_EQ(view().typed, 0);
    type("55");
    EXPECT_EQ(trouble_of(PinTrouble::wrong_pin), "密码不对，请重新输入");
    EXPECT_EQ(entry.pin, "");
    EXPECT_EQ(entry.number, "1001");
}

TEST_F(PinEntryTest, TheNextDigitClearsTheComplaint) {
    entry = entry_for("1001");
    trouble_of(PinTrouble::wrong_pin);
    type("4");
    EXPECT_EQ(view().trouble, "");
}

// ACCT-2: who has to wait sees how long, and types nothing meanwhile.
TEST_F(PinEntryTest, CountsTheWaitDownByTheStoresClock) {
    entry = entry_for("1001");
    std::int64_t until_ms = facts.now.utc_ms + 30'000;
    EXPECT_EQ(trouble_of(PinTrouble::wait, until_ms), "密码错误次数过多，请等 30 秒");
    type("408213");
    EXPECT_EQ(act(pin::Confirm{}), "");
    facts.now.utc_ms += 29'500;
    EXPECT_EQ(view().trouble, "密码错误次数过多，请等 1 秒");
    EXPECT_FALSE(view().can_type);
    facts.now.utc_ms += 500;
    EXPECT_EQ(view().trouble, "");
    type("408213");
    EXPECT_EQ(act(pin::Confirm{}), "1001/408213");
}

TEST_F(PinEntryTest, AClockThatWasSetBackMakesNobodyWaitForHours) {
    entry = entry_for("1001");
    trouble_of(PinTrouble::wait, facts.now.utc_ms + 30'000);
    facts.now.utc_ms -= 24LL * 60 * 60 * 1000;
    EXPECT_TRUE(view().can_type);
}

TEST_F(PinEntryTest, ALockedAccountCannotBeTriedAgain) {
    entry = entry_for("1001");
    EXPECT_EQ(trouble_of(PinTrouble::locked), "账号已锁定，请找账号管理员");
    EXPECT_FALSE(view().can_confirm);
}

TEST_F(PinEntryTest, AnUnknownNumberIsAskedAgain) {
    entry = entry_for("9999");
    EXPECT_EQ(trouble_of(PinTrouble::no_such_person), "没有这个工号，请核对");
    EXPECT_TRUE(view().number_active);
    EXPECT_EQ(view().number, "");
}

TEST_F(PinEntryTest, ErasingLeadsBackToTheNumber) {
    type("1001");
    act(pin::Confirm{});
    type("4");
    act(pin::Erase{});
    act(pin::Erase{});
    EXPECT_TRUE(view().number_active);
    act(pin::Erase{});
    EXPECT_EQ(entry.number, "100");
    act(pin::Clear{});
    EXPECT_EQ(entry.number, "");
}

TEST_F(PinEntryTest, NothingIsSentWhileTheLastTryIsChecked) {
    entry = entry_for("1001");
    type("408213");
    facts.busy = true;
    EXPECT_EQ(act(pin::Confirm{}), "");
    EXPECT_EQ(entry.pin, "408213");
}

TEST_F(PinEntryTest, ADigitTooManyIsRefused) {
    entry = entry_for("1001");
    type("12345678901234");
    EXPECT_EQ(entry.pin, "123456789012");
}

TEST_F(PinEntryTest, EveryCodeOfTheStationHasItsWords) {
    std::string all;
    for (const char* code : {"", "no_such_person", "wrong_pin", "wait", "locked", "not_allowed",
                             "not_synced", "disk_full"}) {
        entry = {.refusal = {terminal::trouble_of(code), facts.now.utc_ms + 1000}};
        all += view().trouble + "|";
    }
    EXPECT_EQ(all,
              "|没有这个工号，请核对|密码不对，请重新输入|密码错误次数过多，请等 1 秒|"
              "账号已锁定，请找账号管理员|这位同事没有这个权限，请找别人|"
              "本机还没有店里的数据，请连接服务器|没有保存，请叫店长|");
}

}  // namespace
}  // namespace fangxin::terminal
