// Who works here? Those who did so lately by one tap, anybody else by number or badge, all with a
// PIN (ACCT-2), also without a server (ACCT-4). A locked screen is the same with the person fixed.
// Pure; any thread.
#pragma once

#include "domain/receipt.hpp"
#include "terminal/kit/theme.hpp"
#include "terminal/station/screens/known_person.hpp"
#include "terminal/station/screens/pin_entry_model.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal {

/// Whether this terminal has the shop's people yet.
enum class ShopData { here, arriving, no_server };

struct LoginFacts {
    std::string shop_name;
    int number = 1;  ///< of till or handheld
    bool handheld = false;
    bool test_shop = false;
    domain::Language language = domain::Language::zh;
    bool dark = false;
    std::vector<KnownPerson> lately;       ///< the last first; eight are shown
    std::optional<KnownPerson> entered;    ///< whose number state.entry.number is, once at the PIN
    std::optional<KnownPerson> locked_by;  ///< the screen was locked by this one
    ShopData data = ShopData::here;
    std::optional<int> arrived_percent;  ///< of the first snapshot, where it is known
    bool busy = false;
    bool clock_unknown = false;  ///< rules 3: a manager has to say which date is right
    domain::StoreTime now;
};

struct LoginState {
    PinEntry entry;
    bool at_entry = false;  ///< on a narrow screen: the pad, not the list
    bool not_me = false;    ///< at a locked screen somebody else wants to work
};

namespace login {
struct Choose {
    std::size_t person = 0;  ///< of the view's
};
struct OtherNumber {};
struct Back {};
struct NotMe {};
struct ToggleLanguage {};
struct ToggleTheme {};
struct AnswerClock {};
}  // namespace login
/// `pin::Refused` comes from the wiring, `pin::Badge` from a scan; all else from the view.
using LoginAction =
    std::variant<PinAction, login::Choose, login::OtherNumber, login::Back, login::NotMe,
                 login::ToggleLanguage, login::ToggleTheme, login::AnswerClock>;

/// Check it, then either leave the screen or answer with pin::Refused.
struct LogIn {
    std::string number;
    std::string pin;
};
struct SetLanguage {
    domain::Language language = domain::Language::zh;
};
struct SetTheme {
    bool dark = false;
};
/// Show the clock question.
struct ShowClockQuestion {};
using LoginEffect = std::variant<LogIn, SetLanguage, SetTheme, ShowClockQuestion>;

struct LoginView {
    struct PersonChoice {
        std::string name;
        std::string note;  ///< role and number
        bool chosen = false;
        bool locked = false;
    };
    struct Notice {
        std::string words;
        kit::Role role = kit::Role::warn;
    };
    std::string shop;
    std::string where;
    std::string test_shop;  ///< empty: a real one
    std::string clock;      ///< the button to the clock question; empty: none
    std::string title;
    std::vector<PersonChoice> people;
    std::string nobody;  ///< instead of people
    std::string other_number;
    std::string not_me;
    std::string back;
    std::string language;
    std::string theme;
    /// Instead of people and pad.
    struct Waiting {
        std::string title;
        std::string hint;
        std::optional<float> part;
        bool turns = false;
    };
    std::optional<Waiting> waiting;
    bool at_entry = false;  ///< a narrow screen shows the pad
    bool locked = false;
    bool can_go_back = false;
    std::string who;  ///< over the pad
    std::string who_note;
    std::optional<Notice> health;
    PinEntryView entry;
    std::string confirm;
};

LoginView present(const LoginState& state, const LoginFacts& facts, const kit::TextTable& texts);
std::optional<LoginEffect> update(LoginState& state, const LoginFacts& facts,
                                  const LoginAction& action);

}  // namespace fangxin::terminal
