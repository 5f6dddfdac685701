// What surrounds the work in any terminal's window: who works there (login, lock, the clock
// question, a second person's PIN), how it shows and sounds, and the pages that till and handheld
// share. The desk of each program plays its own work in the rest. Main loop only.
#pragma once

#include "terminal/kit/pinyin.hpp"
#include "terminal/kit/sounds.hpp"
#include "terminal/station/devices.hpp"
#include "terminal/station/preferences.hpp"
#include "terminal/station/screens/approval_model.hpp"
#include "terminal/station/screens/clock_question_model.hpp"
#include "terminal/station/screens/enrol_model.hpp"
#include "terminal/station/screens/login_model.hpp"
#include "terminal/station/screens/top_bar_model.hpp"
#include "terminal/station/side_pages.hpp"

#include <functional>
#include <optional>
#include <string>

namespace fangxin::terminal {

class Workplace {
  public:
    /// What the desk has to know. All set before the first play().
    struct Tells {
        std::function<void()> person;    ///< somebody came or went
        std::function<void()> language;  ///< names are wanted in another one
        /// The enrolment code is to be read by the camera; empty: this desk has no page for it.
        std::function<void()> camera = {};
    };
    Workplace(Station& station, Devices& devices, const Preferences& preferences);
    void set_tells(Tells tells) { tells_ = std::move(tells); }

    /// Looks who works here now. First thing of every pass.
    void follow_person();
    /// Login, the clock question or a shared page, if one is in front; false: the desk's own work.
    bool play(kit::Ui& ui, kit::Rect rest);
    /// The second person's dialog and what is said, over everything. Last thing of every pass.
    void play_over(kit::Ui& ui);
    /// One of those is in front, and which shared page, if it is one.
    bool is_in_front() const;
    bool is_enrolling() const;
    SidePages::Page page() const { return pages_.page(); }
    /// A connected scanner read this; true if it was for one of the above.
    bool scanned(const std::string& code);

    /// In words over everything for some seconds, and by ear that something is refused.
    void say(std::string words);
    void refuse(kit::Msgid words) { say(texts_.tr(words)); }
    /// A scanner has beeped and what it read did not come whole.
    void misread(const std::string& why);

    void ask_clock() { clock_question_.emplace(); }
    void lock();
    void switch_language();
    void open(SidePages::Page page) { pages_.open(page); }
    void open_complaint_of(const std::string& item) { pages_.open_complaint_of(item); }

    /// A second person's number and PIN (rules 8). Exactly one of the two is called, later.
    struct SecondPerson {
        domain::Action action = domain::Action::void_sale;  ///< that he may do alone
        std::string what;                                   ///< in the screen's language
        std::function<void(const domain::Person&)> confirmed;
        std::function<void()> given_up;
    };
    void ask_second_person(SecondPerson asked);
    bool asks_second_person() const { return asked_.has_value(); }

    Health health_of(const std::string& device) const;
    /// Why the server does not let this terminal in, in words; empty: it does.
    std::string not_let_in() const;
    const kit::TextTable& texts() const { return texts_; }
    kit::Sounds& sounds() { return sounds_; }
    void sound(kit::Sound sound) { sounds_.play(sound, Station::monotonic_ms()); }
    Writing& writing() { return writing_; }
    /// Theme, size of text and key caps, as they are preferred now.
    void apply_settings(kit::Settings& settings) const;
    bool take_changed() { return std::exchange(changed_, false); }

  private:
    EnrolFacts enrol_facts() const;
    void play_enrolment(kit::Ui& ui, kit::Rect rest);
    void answer_enrolment(const EnrolAction& action);
    LoginFacts login_facts() const;
    void play_login(kit::Ui& ui, kit::Rect rest);
    void answer_login(const LoginFacts& facts, const LoginAction& action);
    void log_in(const LogIn& typed);
    ClockQuestionFacts clock_facts() const;
    void play_clock_question(kit::Ui& ui, kit::Rect rest);
    void answer_clock_question(const ClockQuestionAction& action);
    ApprovalFacts approval_facts() const;
    void answer_approval(const ApprovalAction& action);
    void try_approval(const TryApproval& typed);
    void draw_toast(kit::Ui& ui);
    PinRefusal refusal_of(const Error& error) const;
    SidePages::Around around();
    std::vector<SettingsFacts::Device> device_facts() const;
    void prefer(const Preferences& preferences);

    Station& station_;
    Devices& devices_;
    Tells tells_;
    Preferences preferences_;
    kit::TextTable texts_;
    kit::Sounds sounds_;
    kit::Pinyin pinyin_;
    Writing writing_{pinyin_};
    SidePages pages_;
    EnrolState enrolment_;
    LoginState login_;
    std::optional<ClockQuestionState> clock_question_;  ///< while it is on the screen
    std::optional<SecondPerson> asked_;
    ApprovalState approval_;
    struct Toast {
        std::string words;
        std::int64_t until_ms = 0;
    };
    std::optional<Toast> toast_;
    std::string worked_by_;  ///< number, when last looked at
    std::string locked_by_;  ///< number; empty: the screen is not locked
    bool changed_ = true;
};

}  // namespace fangxin::terminal
