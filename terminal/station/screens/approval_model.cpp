#include "terminal/station/screens/approval_model.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

PinEntryFacts entry_facts(const ApprovalFacts& facts) {
    return {.now = facts.now, .busy = facts.busy};
}

/// What can be said of the number alone.
PinTrouble trouble_with_number(const std::string& number, const ApprovalFacts& facts) {
    if (number == facts.asked_by) return PinTrouble::himself;
    if (!facts.entered || facts.entered->number != number) return PinTrouble::none;
    if (facts.entered->locked) return PinTrouble::locked;
    if (facts.witness) return PinTrouble::none;
    domain::Actor actor{facts.entered->role, number};
    return domain::may_approve(actor, facts.action, facts.asked_by) ? PinTrouble::none
                                                                    : PinTrouble::not_allowed;
}

}  // namespace

ApprovalView present(const ApprovalState& state, const ApprovalFacts& facts,
                     const kit::TextTable& texts) {
    ApprovalView view;
    view.title =
        facts.witness ? texts.tr("A witness, please") : texts.tr("A second person, please");
    view.what = facts.what;
    view.entry = present(state.entry, entry_facts(facts), texts);
    bool at_pin = state.entry.field == PinField::pin;
    if (at_pin && facts.entered && facts.entered->number == state.entry.number)
        view.who =
            fmt::format("{} · {}", facts.entered->name, role_and_number(*facts.entered, texts));
    view.confirm = facts.busy ? texts.tr("Please wait…")
                   : at_pin   ? texts.tr("Confirm")
                              : texts.tr("Next");
    view.cancel = texts.tr("Cancel");
    return view;
}

std::optional<ApprovalEffect> update(ApprovalState& state, const ApprovalFacts& facts,
                                     const ApprovalAction& action) {
    if (std::holds_alternative<pin::Cancel>(action)) {
        state = {};
        return CancelApproval{};
    }
    PinEntryFacts about = entry_facts(facts);
    auto typed = update(state.entry, about, action);
    bool had_number =
        std::holds_alternative<pin::Confirm>(action) || std::holds_alternative<pin::Badge>(action);
    if (had_number && state.entry.field == PinField::pin) {
        PinTrouble trouble = trouble_with_number(state.entry.number, facts);
        if (trouble != PinTrouble::none) {
            update(state.entry, about, pin::Refused{{trouble}});
            return {};
        }
    }
    if (!typed) return {};
    return TryApproval{std::move(typed->number), std::move(typed->pin)};
}

}  // namespace fangxin::terminal
