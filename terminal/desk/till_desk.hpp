// The till in its windows: which screen is shown, what it is told, and what it asks done. The
// headless interface stands at the same place before the same till. Main loop only.
#pragma once

#include "terminal/desk/checkout_desk.hpp"
#include "terminal/desk/side_pages.hpp"
#include "terminal/station/preferences.hpp"
#include "terminal/station/screens/clock_question_model.hpp"
#include "terminal/station/screens/login_model.hpp"
#include "terminal/station/screens/top_bar_model.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

class TillDesk {
  public:
    TillDesk(Till& till, const Preferences& preferences);

    /// One pass of the till's window, and of the customer's.
    void play(kit::Ui& ui);
    void play_customer(kit::Ui& ui) const;
    /// Opens the loudspeaker, which may take a moment.
    void prepare() { sounds_.prepare(); }

    StationEvents station_events();
    DeviceEvents device_events();

    /// Something changed since the last question.
    bool take_changed() { return std::exchange(changed_, false); }
    bool idle_work() { return checkout_.take_names(); }
    void close() { closed_ = true; }
    bool closed() const { return closed_; }
    /// Theme, size of text and key caps, as they are preferred now.
    void apply_settings(kit::Settings& settings) const;

  private:
    TopBarFacts bar_facts() const;
    LoginFacts login_facts() const;
    Health health_of(const std::string& device) const;
    void follow_person();
    ClockQuestionFacts clock_facts() const;
    void play_clock_question(kit::Ui& ui, kit::Rect rest);
    void answer_clock_question(const ClockQuestionAction& action);
    PinRefusal refusal_of(const Error& error) const;
    void play_login(kit::Ui& ui, kit::Rect rest);
    void answer_login(const LoginFacts& facts, const LoginAction& action);
    void log_in(const LogIn& typed);
    void play_checkout(kit::Ui& ui, kit::Rect rest);
    void answer_checkout(const till::CheckoutFacts& facts, const till::CheckoutAction& action);
    void on_scan(const std::string& code);
    void leave_for(WayOut way);
    void write_for(kit::Ui& ui, kit::Rect place, const till::CheckoutFacts& facts);
    SidePages::Around around();
    std::vector<SettingsFacts::Device> device_facts() const;
    void prefer(const Preferences& preferences);

    Till& till_;
    Preferences preferences_;
    kit::TextTable texts_;
    kit::Sounds sounds_;
    kit::Pinyin pinyin_;
    Writing writing_{pinyin_};
    CheckoutDesk checkout_;
    SidePages pages_;
    till::CheckoutState checkout_state_;
    LoginState login_state_;
    std::optional<ClockQuestionState> clock_question_;  ///< while it is on the screen
    std::string worked_by_;                             ///< number, when last looked at
    std::string locked_by_;                             ///< number; empty: the screen is not locked
    bool changed_ = true;
    bool closed_ = false;
};

}  // namespace fangxin::terminal
