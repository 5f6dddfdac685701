// The pages beside the checkout that till and handheld share: taking a complaint,
// reporting a fault, settings. They
// know the station and nothing of baskets. Main loop only.
#pragma once

#include "terminal/station/preferences.hpp"
#include "terminal/station/screens/complaint_model.hpp"
#include "terminal/station/screens/fault_report_model.hpp"
#include "terminal/station/screens/settings_model.hpp"
#include "terminal/station/screens/writing.hpp"
#include "terminal/station/station.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
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
        /// What was scanned is not for the page: says so in words and by ear.
        std::function<void(kit::Msgid)> refuse;
        std::function<void()> test_tone;
        std::function<bool()> has_sound;
        std::function<std::vector<SettingsFacts::Device>()> devices;
    };
    explicit SidePages(Around around);

    enum class Page { none, complaint, fault, settings };
    Page page() const { return page_; }
    void open(Page page);
    /// About this item, by its code.
    void open_complaint_of(const std::string& item);
    void close();

    void play(kit::Ui& ui, kit::Rect rest);
    void scanned(const std::string& code);

  private:
    /// Nobody sees what another has half written, least of all a customer's telephone number
    /// (COMP-6). Each save of it has a number: of those that wait, the newest alone is written.
    struct OwnComplaint {
        ComplaintState state;
        std::shared_ptr<std::atomic<std::int64_t>> newest;
    };
    /// Of the person who works here; what a crash left of it, at first.
    OwnComplaint& complaint();
    std::string draft_key() const;
    ComplaintFacts complaint_facts(const ComplaintState& state) const;
    SettingsFacts settings_facts() const;
    void play_complaint(kit::Ui& ui, kit::Rect rest);
    void answer_complaint(const ComplaintAction& action);
    void act(const SaveComplaint& effect);
    void act(const KeepComplaintDraft& effect);
    void act(const LeaveComplaint&) { close(); }
    void act(const RefuseScan& effect) { around_.refuse(effect.words); }
    void play_fault(kit::Ui& ui, kit::Rect rest);
    void act(const ReportFault& effect);
    void act(const LeaveFaultReport&) { close(); }
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
    std::map<std::string, OwnComplaint> complaints_;  ///< by draft_key()
    FaultReportState fault_;
    std::string fault_by_;  ///< who writes it: nobody goes on with another's
    SettingsState settings_;
};

}  // namespace fangxin::terminal
