// A person's number and PIN, typed on a pad: the part that login, the clock question and approvals
// share. The PIN leaves it once, in PinTyped, and is forgotten with that; nothing ever shows it.
// Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/kit/text_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace fangxin::terminal {

/// Why a number and PIN were not taken.
enum class PinTrouble {
    none,
    no_such_person,
    wrong_pin,
    wait,
    locked,
    not_allowed,
    himself,
    not_synced,
    not_saved
};

/// Of a Station error code; what has no words of its own here was not saved.
PinTrouble trouble_of(std::string_view code);

struct PinRefusal {
    PinTrouble trouble = PinTrouble::none;
    std::int64_t wait_until_ms = 0;  ///< of the store's clock, for `wait`
};

enum class PinField { number, pin };

/// What is typed. One of these lives in a screen's state.
struct PinEntry {
    std::string number;
    std::string pin;
    PinField field = PinField::number;
    PinRefusal refusal;
};

/// An entry for this person: only the PIN is wanted.
PinEntry entry_for(std::string number);

struct PinEntryFacts {
    domain::StoreTime now;
    bool number_is_known = false;  ///< a person was chosen, no number is asked
    bool busy = false;             ///< the last try is being checked
};

namespace pin {
struct Digit {
    char digit = '0';
};
struct Erase {};
struct Clear {};
struct Touch {
    PinField field = PinField::number;
};
struct Confirm {};
/// The screen goes away or a step back; the entry itself does nothing.
struct Cancel {};
/// A badge was scanned.
struct Badge {
    std::string number;
};
/// The answer to PinTyped, when it is no.
struct Refused {
    PinRefusal refusal;
};
}  // namespace pin
using PinAction = std::variant<pin::Digit, pin::Erase, pin::Clear, pin::Touch, pin::Confirm,
                               pin::Cancel, pin::Badge, pin::Refused>;

/// To be checked now. The entry has forgotten the PIN already.
struct PinTyped {
    std::string number;
    std::string pin;
};

struct PinEntryView {
    bool asks_number = true;
    std::string number;
    std::string number_label;
    bool number_active = false;
    std::string pin_label;
    bool pin_active = false;
    int typed = 0;   ///< digits of the PIN
    int places = 6;  ///< dots shown; says nothing of how long the PIN is
    std::string trouble;
    std::string clear;
    bool can_type = true;
    bool can_confirm = false;
    bool counts_down = false;  ///< the trouble's words change by the second
};

PinEntryView present(const PinEntry& entry, const PinEntryFacts& facts,
                     const kit::TextTable& texts);
std::optional<PinTyped> update(PinEntry& entry, const PinEntryFacts& facts,
                               const PinAction& action);

}  // namespace fangxin::terminal
