#include "terminal/station/screens/settings_model.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

std::string age_of(std::int64_t ms, const kit::TextTable& texts) {
    constexpr std::int64_t minute_ms = 60'000;
    if (ms < minute_ms) return texts.tr("up to date");
    if (ms < 60 * minute_ms) return texts.tr("{} min old", ms / minute_ms);
    return texts.tr("{} h old", ms / (60 * minute_ms));
}

std::string health_words(Health health, const kit::TextTable& texts) {
    if (health == Health::good) return texts.tr_c("of a device", "Working");
    if (health == Health::trouble) return texts.tr_c("of a device", "No answer");
    return texts.tr_c("of a device", "Not set up");
}

void add_settings(SettingsView& view, const SettingsFacts& facts, const kit::TextTable& texts) {
    using domain::Language;
    bool chinese = facts.language == Language::zh;
    // Each language is named in itself, for whoever cannot read the other.
    view.settings.push_back({texts.tr("Language"),
                             {{{"中文", chinese, settings::Speak{Language::zh}},
                               {"English", !chinese, settings::Speak{Language::en}}}}});
    view.settings.push_back({texts.tr("Theme"),
                             {{{texts.tr("Light"), !facts.dark, settings::Look{false}},
                               {texts.tr("Dark"), facts.dark, settings::Look{true}}}}});
    bool large = facts.text_percent > 100;
    view.settings.push_back({texts.tr("Text size"),
                             {{{texts.tr_c("of text", "Normal"), !large, settings::TextSize{100}},
                               {texts.tr_c("of text", "Large"), large, settings::TextSize{125}}}}});
    view.settings.push_back({texts.tr("Keys on buttons"),
                             {{{texts.tr("Shown"), facts.key_caps, settings::KeyCaps{true}},
                               {texts.tr("Hidden"), !facts.key_caps, settings::KeyCaps{false}}}}});
}

SettingsView::Volume volume_of(const SettingsFacts& facts, const kit::TextTable& texts) {
    SettingsView::Volume volume;
    volume.label = texts.tr("Volume");
    volume.words = facts.volume == 0 ? texts.tr("Silent") : fmt::format("{}", facts.volume);
    volume.part = static_cast<float>(facts.volume) / 100;
    volume.can_less = facts.volume > 0;
    volume.can_more = facts.volume < 100;
    volume.test = texts.tr("Test tone");
    if (!facts.has_sound) volume.no_sound = texts.tr("No sound device: watch the screen");
    return volume;
}

void add_about(SettingsView& view, const SettingsFacts& facts, const kit::TextTable& texts) {
    using kit::Role;
    auto add = [&](std::string name, std::string value, Role role = Role::text) {
        view.about.push_back({std::move(name), std::move(value), role});
    };
    add(texts.tr("Program"), facts.version);
    add(texts.tr("Terminal"), facts.terminal);
    switch (facts.database) {
        case DatabaseState::good:
            add(texts.tr("Data"), texts.tr("In order"), Role::ok);
            break;
        case DatabaseState::set_aside:
            add(texts.tr("Data"), texts.tr("Damaged and set aside: {}", facts.set_aside),
                Role::warn);
            break;
        case DatabaseState::failing:
            add(texts.tr("Data"), texts.tr("Cannot be used: call the manager"), Role::block);
            break;
    }
    std::string server = facts.server.empty() ? texts.tr("None, works alone") : facts.server;
    bool is_lost = facts.server_health == Health::trouble;
    add(texts.tr("Server"), server, is_lost ? Role::block : Role::text);
    std::string age =
        facts.block_age_ms ? age_of(*facts.block_age_ms, texts) : texts.tr("never received");
    constexpr std::int64_t old_ms = 24LL * 60 * 60 * 1000;  // rules 4
    bool is_old = !facts.block_age_ms || *facts.block_age_ms > old_ms;
    add(texts.tr("Blocks"), fmt::format("{} · {}", facts.block_cursor, age),
        is_old ? Role::block : Role::text);
    std::string unsent = fmt::format("{}", facts.unsent);
    if (facts.unsent > 0) unsent += " · " + age_of(facts.unsent_age_ms, texts);
    add(texts.tr("Not sent yet"), std::move(unsent),
        facts.unsent > 0 && is_lost ? Role::warn : Role::text);
    if (facts.server.empty()) return;
    std::string compared = facts.comparing ? texts.tr("comparing now…") : texts.tr("every 10 min");
    if (facts.repairs > 0)
        compared += " · " + texts.tr_n("{} table repaired", "{} tables repaired", facts.repairs);
    add(texts.tr("Compared"), std::move(compared), facts.comparing ? Role::primary : Role::text);
}

}  // namespace

SettingsView present(const SettingsState& state, const SettingsFacts& facts,
                     const kit::TextTable& texts) {
    SettingsView view;
    view.at_about = state.at_about;
    view.title = texts.tr("Settings");
    view.about_title = texts.tr("This terminal");
    view.devices_title = texts.tr("Devices");
    add_settings(view, facts, texts);
    view.volume = volume_of(facts, texts);
    add_about(view, facts, texts);
    for (const auto& device : facts.devices)
        view.devices.push_back(
            {device.name, device.detail, health_words(device.health, texts), device.health});
    if (view.devices.empty()) view.no_devices = texts.tr("No devices are set up");
    view.back = texts.tr("Back");
    return view;
}

std::optional<SettingsEffect> update(SettingsState& state, const SettingsFacts& facts,
                                     const SettingsAction& action) {
    if (const auto* speak = std::get_if<settings::Speak>(&action))
        return UseLanguage{speak->language};
    if (const auto* look = std::get_if<settings::Look>(&action)) return UseTheme{look->dark};
    if (const auto* size = std::get_if<settings::TextSize>(&action))
        return UseTextSize{size->percent};
    if (const auto* caps = std::get_if<settings::KeyCaps>(&action)) return UseKeyCaps{caps->shown};
    if (std::holds_alternative<settings::Test>(action)) return PlayTestTone{};
    if (const auto* page = std::get_if<settings::ShowPage>(&action)) {
        state.at_about = page->about;
        return {};
    }
    if (const auto* change = std::get_if<settings::ChangeVolume>(&action)) {
        int volume = std::clamp(facts.volume + change->by, 0, 100);
        if (volume == facts.volume) return {};
        return UseVolume{volume};
    }
    state = {};
    return LeaveSettings{};
}

}  // namespace fangxin::terminal
