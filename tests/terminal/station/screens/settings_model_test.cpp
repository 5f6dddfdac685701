#include "terminal/station/screens/settings_model.hpp"

#include "terminal/station/screens/settings_view.hpp"
#include "tests/terminal/station/screens/screen_stage.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

struct Named {
    std::string operator()(const UseLanguage& use) const {
        return fmt::format("speak {};", domain::to_text(use.language));
    }
    std::string operator()(const UseTheme& use) const { return use.dark ? "dark;" : "light;"; }
    std::string operator()(const UseTextSize& use) const {
        return fmt::format("text {};", use.percent);
    }
    std::string operator()(const UseVolume& use) const {
        return fmt::format("volume {};", use.percent);
    }
    std::string operator()(const UseKeyCaps& use) const { return use.shown ? "caps;" : "no caps;"; }
    std::string operator()(const PlayTestTone&) const { return "tone;"; }
    std::string operator()(const LeaveSettings&) const { return "leave;"; }
};

class SettingsTest : public testing::Test {
  protected:
    std::string act(const SettingsAction& action) {
        auto effect = update(state, facts, action);
        return effect ? std::visit(Named{}, *effect) : "";
    }
    std::string about() const {
        std::string all;
        for (const auto& line : present(state, facts, texts).about)
            all += line.name + " " + line.value + (line.role == kit::Role::block ? "! " : " ");
        return all;
    }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    SettingsFacts facts{.version = "0.3.0",
                        .terminal = "T03",
                        .server = "192.168.31.20:7443",
                        .server_health = Health::good,
                        .block_cursor = 10482,
                        .block_age_ms = 0};
    SettingsState state;
};

// SALE-11: all of it by keyboard alone, in both layouts; each change is in force at once.
TEST_F(SettingsTest, EveryKeyChangesItsSetting) {
    for (kit::Size size : {kit::Size{1280, 744}, kit::Size{480, 744}}) {
        ScreenStage stage(size);
        std::string done;
        stage.show([&](kit::Ui& ui, kit::Rect rect) {
            if (auto action = draw(ui, present(state, facts, texts), rect)) done += act(*action);
        });
        for (int i = 0; i < 11; ++i)
            stage.key(static_cast<kit::Key>(static_cast<int>(kit::Key::f1) + i));
        stage.key(kit::Key::escape);
        EXPECT_EQ(done,
                  "speak zh;speak en;light;dark;text 100;text 125;caps;no caps;"
                  "volume 60;volume 80;tone;leave;");
    }
}

TEST_F(SettingsTest, AFingerChangesThemToo) {
    ScreenStage stage({480, 744});
    std::string done;
    stage.show([&](kit::Ui& ui, kit::Rect rect) {
        if (auto action = draw(ui, present(state, facts, texts), rect)) done += act(*action);
    });
    for (const char* what : {"English", "大字", "−", "试听", "本机"})
        EXPECT_TRUE(stage.tap(what)) << what;
    EXPECT_EQ(done, "speak en;text 125;volume 60;tone;");
    EXPECT_TRUE(stage.says("10482"));
}

TEST_F(SettingsTest, TheVolumeEndsAtSilentAndAtAHundred) {
    facts.volume = 5;
    EXPECT_EQ(act(settings::ChangeVolume{-10}), "volume 0;");
    facts.volume = 0;
    EXPECT_EQ(act(settings::ChangeVolume{-10}), "");
    EXPECT_EQ(present(state, facts, texts).volume.words, "静音");
    facts.volume = 100;
    EXPECT_EQ(act(settings::ChangeVolume{10}), "");
    EXPECT_FALSE(present(state, facts, texts).volume.can_more);
}

TEST_F(SettingsTest, SaysWhatThisTerminalIs) {
    EXPECT_EQ(about(),
              "程序版本 0.3.0 终端编号 T03 本机数据 正常 服务器 192.168.31.20:7443 "
              "停售名单 10482 · 最新 未上传 0 与服务器核对 每 10 分钟一次 ");
    facts.unsent = 3;
    facts.unsent_age_ms = 2LL * 60 * 60 * 1000;
    facts.comparing = true;
    facts.repairs = 2;
    EXPECT_NE(about().find("未上传 3 · 2 小时前"), std::string::npos) << about();
    EXPECT_NE(about().find("与服务器核对 正在核对… · 修复过 2 张表"), std::string::npos);
}

// SAFE-6: old blocks are seen here as well.
TEST_F(SettingsTest, WhatIsInTroubleStandsOut) {
    facts.server_health = Health::trouble;
    facts.database = DatabaseState::failing;
    facts.block_age_ms = 25LL * 60 * 60 * 1000;
    EXPECT_EQ(about(),
              "程序版本 0.3.0 终端编号 T03 本机数据 不能读写，请叫店长! "
              "服务器 192.168.31.20:7443! 停售名单 10482 · 25 小时前! 未上传 0 "
              "与服务器核对 每 10 分钟一次 ");
    facts.block_age_ms.reset();
    facts.server.clear();
    EXPECT_NE(about().find("从未收到!"), std::string::npos);
    EXPECT_NE(about().find("无，单机使用"), std::string::npos);
}

TEST_F(SettingsTest, EachDeviceSaysHowItIs) {
    facts.devices = {{"电子秤", "/dev/ttyUSB0", Health::good},
                     {"打印机", "", Health::trouble},
                     {"摄像头", "", Health::absent}};
    std::string all;
    for (const auto& device : present(state, facts, texts).devices)
        all += device.name + device.health + " ";
    EXPECT_EQ(all, "电子秤正常 打印机无响应 摄像头未配置 ");
}

}  // namespace
}  // namespace fangxin::terminal
