// Settings and what a terminal is, well and in every trouble.
#include "terminal/station/screens/settings_view.hpp"
#include "tests/ui/shared_frame.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace terminal;

SettingsFacts well() {
    return {.version = "0.3.0 (2026-11-20)",
            .terminal = "T03",
            .server = "192.168.31.20:7443",
            .server_health = Health::good,
            .block_cursor = 10482,
            .block_age_ms = 0,
            .devices = {{"电子秤", "toledo-8217 · /dev/ttyUSB0 · 9600 8n1", Health::good},
                        {"小票打印机", "escpos-58 · /dev/usb/lp0", Health::good},
                        {"扫码枪", "serial · /dev/ttyACM0", Health::good}}};
}

void add(std::vector<ScreenRow>& rows, const std::string& name, const SettingsState& state,
         const SettingsFacts& facts) {
    Body body = [state, facts](kit::Ui& ui, const kit::TextTable& texts, kit::Rect rest) {
        SettingsFacts now = facts;
        now.language = texts.language();
        now.dark = ui.theme().is_dark();
        draw(ui, present(state, now, texts), rest);
    };
    Framed frame{.screen = "settings", .state = name, .title = "设置"};
    frame.bar.server = facts.server_health;
    if (!state.at_about) rows.push_back(on_till(frame, body));
    rows.push_back(on_handheld(frame, body));
}

}  // namespace

std::vector<ScreenRow> settings_rows() {
    SettingsFacts trouble = well();
    trouble.text_percent = 125;
    trouble.volume = 0;
    trouble.has_sound = trouble.key_caps = false;
    trouble.server_health = Health::trouble;
    trouble.database = DatabaseState::set_aside;
    trouble.set_aside = "terminal-20261123-215803.damaged";
    trouble.block_age_ms = 31LL * 60 * 60 * 1000;
    trouble.unsent = 137;
    trouble.unsent_age_ms = 2 * 3'600'000;
    trouble.comparing = true;
    trouble.repairs = 2;
    trouble.devices[1].health = Health::trouble;
    trouble.devices[1].detail = "没有纸，或盖子没有关好";
    trouble.devices.push_back({"摄像头", "", Health::absent});
    SettingsFacts alone{
        .volume = 100, .version = "0.3.0", .terminal = "H01", .database = DatabaseState::failing};
    std::vector<ScreenRow> rows;
    add(rows, "well", {}, well());
    add(rows, "trouble", {}, trouble);
    add(rows, "alone", {}, alone);
    add(rows, "about", {true}, well());
    add(rows, "about_trouble", {true}, trouble);
    add(rows, "about_alone", {true}, alone);
    return rows;
}

}  // namespace fangxin::ui_rows
