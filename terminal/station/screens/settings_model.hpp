// How this terminal speaks, looks and sounds, in force at once; and what it is: version, server,
// journal, devices. Pure; any thread.
#pragma once

#include "domain/receipt.hpp"
#include "terminal/kit/theme.hpp"
#include "terminal/station/screens/top_bar_model.hpp"

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal {

enum class DatabaseState { good, set_aside, failing };

struct SettingsFacts {
    domain::Language language = domain::Language::zh;
    bool dark = false;
    int text_percent = 100;  ///< 100 or 125
    int volume = 70;
    bool key_caps = true;
    bool has_sound = true;

    std::string version;
    std::string terminal;
    std::string server;  ///< address; empty: works alone
    Health server_health = Health::absent;
    DatabaseState database = DatabaseState::good;
    std::string set_aside;  ///< the damaged file that was kept
    std::int64_t block_cursor = 0;
    std::optional<std::int64_t> block_age_ms;
    std::int64_t unsent = 0;
    std::int64_t unsent_age_ms = 0;  ///< of the oldest
    bool comparing = false;          ///< its tables with the server's, now
    std::int64_t repairs = 0;        ///< tables that differed, ever
    struct Device {
        std::string name;  ///< in the screen's language: `电子秤 COM3`
        std::string detail;
        Health health = Health::absent;
    };
    std::vector<Device> devices;
};

struct SettingsState {
    bool at_about = false;  ///< on a narrow screen the second page
};

namespace settings {
struct Speak {
    domain::Language language = domain::Language::zh;
};
struct Look {
    bool dark = false;
};
struct TextSize {
    int percent = 100;
};
struct ChangeVolume {
    int by = 10;
};
struct Test {};
struct KeyCaps {
    bool shown = true;
};
struct ShowPage {
    bool about = false;
};
struct Back {};
}  // namespace settings
using SettingsAction =
    std::variant<settings::Speak, settings::Look, settings::TextSize, settings::ChangeVolume,
                 settings::Test, settings::KeyCaps, settings::ShowPage, settings::Back>;

/// Each is put in force at once and kept for the next start.
struct UseLanguage {
    domain::Language language = domain::Language::zh;
};
struct UseTheme {
    bool dark = false;
};
struct UseTextSize {
    int percent = 100;
};
struct UseVolume {
    int percent = 70;
};
struct UseKeyCaps {
    bool shown = true;
};
struct PlayTestTone {};
struct LeaveSettings {};
using SettingsEffect = std::variant<UseLanguage, UseTheme, UseTextSize, UseVolume, UseKeyCaps,
                                    PlayTestTone, LeaveSettings>;

struct SettingsView {
    struct Choice {
        std::string words;
        bool chosen = false;
        SettingsAction action;
    };
    struct Setting {
        std::string label;
        std::array<Choice, 2> choices;
    };
    struct Volume {
        std::string label;
        std::string words;  ///< `70`, or that there is no sound
        float part = 0.7F;
        bool can_less = true;
        bool can_more = true;
        std::string test;
        std::string no_sound;
    };
    struct Line {
        std::string name;
        std::string value;
        kit::Role role = kit::Role::text;
    };
    struct Device {
        std::string name;
        std::string detail;
        std::string health;
        Health state = Health::absent;
    };
    bool at_about = false;
    std::string title;
    std::string about_title;
    std::string devices_title;
    std::vector<Setting> settings;  ///< language, look, text size, key caps
    Volume volume;
    std::vector<Line> about;
    std::vector<Device> devices;
    std::string no_devices;
    std::string back;
};

SettingsView present(const SettingsState& state, const SettingsFacts& facts,
                     const kit::TextTable& texts);
std::optional<SettingsEffect> update(SettingsState& state, const SettingsFacts& facts,
                                     const SettingsAction& action);

}  // namespace fangxin::terminal
