// A second person confirms (rules 8): number or badge, and PIN, over the screen that asks. Nobody
// approves himself, and who may not approve this is told before a PIN is typed. Pure; any thread.
#pragma once

#include "domain/permissions.hpp"
#include "terminal/station/screens/known_person.hpp"
#include "terminal/station/screens/pin_entry_model.hpp"

#include <variant>

namespace fangxin::terminal {

struct ApprovalFacts {
    domain::Action action = domain::Action::void_sale;
    std::string what;                    ///< `Void the sale of ¥128.40`, in the screen's language
    std::string asked_by;                ///< number of the person at the terminal
    bool witness = false;                ///< any other person will do
    std::optional<KnownPerson> entered;  ///< whose number state.entry.number is
    bool busy = false;
    domain::StoreTime now;
};

struct ApprovalState {
    PinEntry entry;
};

/// `pin::Refused` comes from the wiring, `pin::Badge` from a scan.
using ApprovalAction = PinAction;

/// Check the PIN; then either do what was asked, with both recorded, or answer with pin::Refused.
struct TryApproval {
    std::string number;
    std::string pin;
};
struct CancelApproval {};
using ApprovalEffect = std::variant<TryApproval, CancelApproval>;

struct ApprovalView {
    std::string title;
    std::string what;
    std::string who;  ///< the second person's name, once known
    PinEntryView entry;
    std::string confirm;
    std::string cancel;
};

ApprovalView present(const ApprovalState& state, const ApprovalFacts& facts,
                     const kit::TextTable& texts);
std::optional<ApprovalEffect> update(ApprovalState& state, const ApprovalFacts& facts,
                                     const ApprovalAction& action);

}  // namespace fangxin::terminal
