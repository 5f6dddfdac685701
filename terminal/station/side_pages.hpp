// The pages beside the checkout that till and handheld share: taking a complaint, settings. They
// know the station and nothing of baskets. Main loop only.
#pragma once

#include "terminal/station/preferences.hpp"
#include "terminal/station/screens/complaint_model.hpp"
#include "terminal/station/screens/settings_model.hpp"
#include "terminal/station/screens/writing.hpp"
#include "terminal/station/station.hpp"

#include <functional>
#include <string>
#include <vector>

namespace fangxin::terminal {

class SidePages {
  public:
    struct Around {
        Station& station;
        const kit::TextTable& texts;
        Writing& writing;
        std::function<Preferences()> preferences;
        std::function<void(const Preferences&)> prefer;
        std::function<void()> refuse_by_ear;
        std::function<void()> test_tone;
        std::function<bool()> has_sound;
        std::function<std::vector<SettingsFacts::Device>()> devices;
    };
    explicit SidePages(Around around);

    enum class Page { none, complaint, settings };
    Page page() const { return page_; }
    void open(Page page);
    /// About this item, by its code.
    void open_complaint_of(const std::string& item);
    void close();

    void play(kit::Ui& ui, kit::Rect rest);
    void scanned(const std::string& code);

  private:
    ComplaintFacts complaint_facts() const;
    SettingsFacts settings_facts() const;
    void play_complaint(kit::Ui& ui, kit::Rect rest);
    void answer_complaint(const ComplaintAction& action);
    void act(const SaveComplaint& effect);
    void act(const KeepComplaintDraft& effect);
    void act(const LeaveComplaint&) { close(); }
    void act(const RefuseScan&) { around_.refuse_by_ear(); }
    void play_settings(kit::Ui& ui, kit::Rect rest);
    void act(const UseLanguage& effect);
    void act(const UseTheme& effect);
    void act(const UseTextSize& effect);
    void act(const UseVolume& effect);
    void act(const UseKeyCaps& effect);
    void act(const PlayTestTone&) { around_.test_tone(); }
    void act(const LeaveSettings&) { close(); }

    Around around_;
    Page page_ = Page::none;
    ComplaintState complaint_;
    SettingsState settings_;
};

}  // namespace fangxin::terminal
