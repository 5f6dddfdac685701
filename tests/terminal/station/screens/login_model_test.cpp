#include "terminal/station/screens/login_model.hpp"

#include "terminal/station/screens/login_view.hpp"
#include "tests/terminal/station/screens/screen_stage.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

constexpr kit::Size till{1280, 744};
constexpr kit::Size handheld{480, 744};

class LoginTest : public testing::Test {
  protected:
    std::string act(const LoginAction& action) {
        auto effect = update(state, facts, action);
        if (!effect) return "";
        if (const auto* log_in = std::get_if<LogIn>(&*effect))
            return "log in " + log_in->number + "/" + log_in->pin;
        if (const auto* language = std::get_if<SetLanguage>(&*effect))
            return fmt::format("speak {}", domain::to_text(language->language));
        if (const auto* theme = std::get_if<SetTheme>(&*effect))
            return theme->dark ? "dark" : "light";
        return "clock";
    }
    void type(std::string_view digits) {
        for (char digit : digits)
            act(PinAction{pin::Digit{digit}});
    }
    LoginView view() const { return present(state, facts, texts); }
    std::string who() const {
        LoginView shown = view();
        return shown.who + " | " + shown.who_note + " | " + shown.confirm;
    }
    void show(ScreenStage& stage) {
        stage.show([this](kit::Ui& ui, kit::Rect rect) {
            if (auto action = draw(ui, view(), rect)) done += act(*action);
        });
    }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    LoginFacts facts{
        .shop_name = "文一路店",
        .number = 3,
        .lately = {{"1001", "林小雨", domain::Role::cashier, domain::make_date(2026, 12, 24)},
                   {"1202", "孙伟", domain::Role::receiver, domain::make_date(2026, 11, 23)},
                   {"1601", "王建华", domain::Role::manager, {}, true}},
        .now = *domain::parse_instant("2026-11-24T14:32:00+08:00")};
    LoginState state;
    std::string done;
    int tabs = 0;
};

TEST_F(LoginTest, ANameAndAPinLogIn) {
    act(login::Choose{0});
    EXPECT_EQ(who(), "林小雨 | 收银员 · 1001 | 登录");
    type("408213");
    EXPECT_EQ(act(PinAction{pin::Confirm{}}), "log in 1001/408213");
}

// ACCT-2: a number that is not among the names, by keypad.
TEST_F(LoginTest, AnybodyElseLogsInByNumber) {
    type("1302");
    EXPECT_EQ(who(), "工号和密码 | 也可以扫工牌 | 下一步");
    act(PinAction{pin::Confirm{}});
    facts.entered = KnownPerson{"1302", "高原", domain::Role::inspector};
    EXPECT_EQ(who(), "高原 | 质检员 · 1302 | 登录");
    type("175834");
    EXPECT_EQ(act(PinAction{pin::Confirm{}}), "log in 1302/175834");
}

TEST_F(LoginTest, ABadgeFillsInTheNumber) {
    act(PinAction{pin::Badge{"1202"}});
    EXPECT_EQ(who(), "孙伟 | 收货员 · 1202 | 登录");
}

// ACCT-2: the refusal is told, the PIN is gone, the person stays.
TEST_F(LoginTest, AWrongPinIsToldAndTypedAgain) {
    act(login::Choose{0});
    type("111111");
    act(PinAction{pin::Confirm{}});
    act(PinAction{pin::Refused{{PinTrouble::wrong_pin}}});
    EXPECT_EQ(view().entry.trouble, "密码不对，请重新输入");
    EXPECT_EQ(view().entry.typed, 0);
    EXPECT_EQ(view().who, "林小雨");
}

// ACCT-4: who was locked on the server is told so before he types anything.
TEST_F(LoginTest, ALockedAccountIsToldBeforeAPin) {
    EXPECT_EQ(view().people[2].note, "已锁定 · 1601");
    act(login::Choose{2});
    EXPECT_EQ(view().entry.trouble, "账号已锁定，请找账号管理员");
    type("470698");
    EXPECT_EQ(act(PinAction{pin::Confirm{}}), "");
    EXPECT_EQ(view().entry.typed, 0);
}

// ACCT-3: warned from 30 days before, and told when it has run out.
TEST_F(LoginTest, TheHealthCertificateIsWatched) {
    act(login::Choose{0});
    ASSERT_TRUE(view().health);
    EXPECT_EQ(view().health->words, "健康证还有 30 天到期，请尽快换证");
    facts.now.utc_ms -= 24LL * 60 * 60 * 1000;
    EXPECT_FALSE(view().health);
    facts.now.utc_ms += 24LL * 60 * 60 * 1000;
    act(login::Choose{1});
    EXPECT_EQ(view().health->words, "健康证已于 2026-11-23 过期，不能接触直接入口食品");
    EXPECT_EQ(view().health->role, kit::Role::block);
}

TEST_F(LoginTest, ATerminalWithoutDataSaysWhatItWaitsFor) {
    facts.data = ShopData::arriving;
    facts.arrived_percent = 46;
    EXPECT_EQ(view().waiting->title + " | " + view().waiting->hint,
              "正在接收店里的数据 | 已收到 46%");
    facts.data = ShopData::no_server;
    EXPECT_EQ(view().waiting->title, "连不上服务器");
    type("1001");
    EXPECT_EQ(state.entry.number, "") << "nobody is known yet";
}

TEST_F(LoginTest, ALockedScreenAsksForItsOwnPerson) {
    facts.locked_by = facts.lately[0];
    EXPECT_EQ(who(), "林小雨 | 收银员 · 1001 | 解锁");
    act(PinAction{pin::Badge{"1202"}});
    type("408213");
    EXPECT_EQ(act(PinAction{pin::Confirm{}}), "log in 1001/408213");
    act(login::NotMe{});
    EXPECT_EQ(view().people.size(), 3U);
    act(login::Choose{1});
    EXPECT_EQ(who(), "孙伟 | 收货员 · 1202 | 登录");
    act(login::Back{});
    act(login::Back{});
    EXPECT_EQ(who(), "林小雨 | 收银员 · 1001 | 解锁");
}

TEST_F(LoginTest, LanguageThemeAndClockAreOneTapAway) {
    EXPECT_EQ(act(login::ToggleLanguage{}), "speak en");
    EXPECT_EQ(act(login::ToggleTheme{}), "dark");
    EXPECT_EQ(view().clock, "");
    facts.clock_unknown = true;
    EXPECT_EQ(view().clock, "哪个日期是对的？请店长确认");
    EXPECT_EQ(act(login::AnswerClock{}), "clock");
}

// SALE-11: by touch alone.
TEST_F(LoginTest, AFingerLogsIn) {
    ScreenStage stage(till);
    show(stage);
    EXPECT_TRUE(stage.tap("林小雨"));
    for (const char* digit : {"4", "0", "8", "2", "1", "3"})
        EXPECT_TRUE(stage.tap(digit));
    EXPECT_FALSE(stage.says("408213"));
    EXPECT_TRUE(stage.tap("登录"));
    EXPECT_EQ(done, "log in 1001/408213");
}

// SALE-11: by keyboard alone, on the handheld's size as well.
TEST_F(LoginTest, AKeyboardLogsIn) {
    for (kit::Size size : {till, handheld}) {
        ScreenStage stage(size);
        state = {};
        done.clear();
        show(stage);
        stage.key(kit::Key::f2);
        for (int digit : {3, 5, 2, 9, 0, 8})
            stage.key(kit::digit_key(digit));
        stage.key(kit::Key::enter);
        EXPECT_EQ(done, "log in 1202/352908");
    }
}

TEST_F(LoginTest, ChoosingByArrowsDoesNotEatTheEnterOfThePin) {
    ScreenStage stage(handheld);
    show(stage);
    stage.key(kit::Key::tab);
    while (stage.stage().memory().focus != kit::id_of("login person", 1) && ++tabs < 20)
        stage.key(kit::Key::tab);
    stage.key(kit::Key::enter);
    stage.key(kit::digit_key(4));
    stage.key(kit::Key::enter);
    EXPECT_EQ(done, "log in 1202/4");
}

}  // namespace
}  // namespace fangxin::terminal
