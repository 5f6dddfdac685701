// Who may do what (ACCT-2): the table of rules 8 as data. Pure; any thread. A terminal's own role
// (a handheld cannot sell) is checked where the op is made, besides this.
#pragma once

#include "domain/enum_text.hpp"
#include "domain/people.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::domain {

/// One enumerator for each thing that has its own cell in rules 8; the order is the table's. What
/// it has no row for says so.
enum class Action {
    sell,  ///< also hold, resume, void a line
    void_sale,
    override_price_small,  ///< ≤ 10 % and ≤ ¥5
    override_price_large,
    refund_small,  ///< with receipt, ≤ ¥200
    refund_large,
    refund_without_receipt,
    drawer,  ///< open without a sale, paid in, paid out, drop
    shift_open,
    shift_close,
    shift_close_other,
    receive,
    receive_without_order,  ///< also over-delivery > 10 %
    quarantine,
    release,
    correct_batch,
    lift_rule_quarantine,
    test_result,
    recall_make,
    recall_close,
    emergency_stop,
    withdraw,
    mark_down,
    dispose,
    complaint_take,
    complaint_work,  ///< also see contact data
    compensation_propose,
    compensation_approve_small,  ///< ≤ ¥500
    compensation_approve_large,
    scale_check,
    scale_bind,      ///< also its certificate
    edit_reference,  ///< items, prices, promotions, suppliers, rules
    account_request,
    account_approve,
    account_open,  ///< also lock, roles
    terminal_enrol,
    terminal_revoke,
    /// Take and mend a fault (FAULT-1). Rules 8 has no row for it; ours: who answers for the shop,
    /// for its instruments, and for the shift. Anybody may raise one.
    fault_work,
    reports  ///< how much of them: report_scope_of()
};
template <>
struct EnumTable<Action> {
    static constexpr std::array rows{
        EnumText{Action::sell, "sell"},
        EnumText{Action::void_sale, "void_sale"},
        EnumText{Action::override_price_small, "override_price_small"},
        EnumText{Action::override_price_large, "override_price_large"},
        EnumText{Action::refund_small, "refund_small"},
        EnumText{Action::refund_large, "refund_large"},
        EnumText{Action::refund_without_receipt, "refund_without_receipt"},
        EnumText{Action::drawer, "drawer"},
        EnumText{Action::shift_open, "shift_open"},
        EnumText{Action::shift_close, "shift_close"},
        EnumText{Action::shift_close_other, "shift_close_other"},
        EnumText{Action::receive, "receive"},
        EnumText{Action::receive_without_order, "receive_without_order"},
        EnumText{Action::quarantine, "quarantine"},
        EnumText{Action::release, "release"},
        EnumText{Action::correct_batch, "correct_batch"},
        EnumText{Action::lift_rule_quarantine, "lift_rule_quarantine"},
        EnumText{Action::test_result, "test_result"},
        EnumText{Action::recall_make, "recall_make"},
        EnumText{Action::recall_close, "recall_close"},
        EnumText{Action::emergency_stop, "emergency_stop"},
        EnumText{Action::withdraw, "withdraw"},
        EnumText{Action::mark_down, "mark_down"},
        EnumText{Action::dispose, "dispose"},
        EnumText{Action::complaint_take, "complaint_take"},
        EnumText{Action::complaint_work, "complaint_work"},
        EnumText{Action::compensation_propose, "compensation_propose"},
        EnumText{Action::compensation_approve_small, "compensation_approve_small"},
        EnumText{Action::compensation_approve_large, "compensation_approve_large"},
        EnumText{Action::scale_check, "scale_check"},
        EnumText{Action::scale_bind, "scale_bind"},
        EnumText{Action::edit_reference, "edit_reference"},
        EnumText{Action::account_request, "account_request"},
        EnumText{Action::account_approve, "account_approve"},
        EnumText{Action::account_open, "account_open"},
        EnumText{Action::terminal_enrol, "terminal_enrol"},
        EnumText{Action::terminal_revoke, "terminal_revoke"},
        EnumText{Action::fault_work, "fault_work"},
        EnumText{Action::reports, "reports"}};
};

/// `alone` is P, `with_second` is A: with a second person who has P, both recorded.
enum class Right { none, with_second, alone };
template <>
struct EnumTable<Right> {
    static constexpr std::array rows{EnumText{Right::none, "–"}, EnumText{Right::with_second, "A"},
                                     EnumText{Right::alone, "P"}};
};

Right right_of(Role role, Action action);

/// Somebody at a terminal: the number tells whether two of them are one person.
struct Actor {
    Role role = Role::cashier;
    std::string number;
};
inline Actor actor_of(const Person& person) { return {person.role, person.number}; }

/// True if this person may do it now, alone or with the second one. A second person counts only
/// with P for the action and under another number (nobody approves himself).
bool allowed(const Actor& person, Action action, const std::optional<Actor>& second = std::nullopt);

/// True if `approver` may approve what `asked_by` (a number) asked for or proposed.
bool may_approve(const Actor& approver, Action action, std::string_view asked_by);

/// True where a witness, any other person, is recorded whatever the right (dispose; SHELF-3).
bool needs_witness(Action action);

/// The cell of the last row: which part of reports and journal a role reads.
enum class ReportScope {
    none,
    own_till,
    own_work,
    quality,
    complaints,
    instruments,
    everything,
    accounts
};
ReportScope report_scope_of(Role role);

struct PriceChange {
    std::int64_t before_fen = 0;  ///< of the whole line
    std::int64_t after_fen = 0;
};
Action override_price_action(const PriceChange& change);
/// With a receipt, by the amount given back (positive fen).
Action refund_action(std::int64_t amount_fen);
Action compensation_approve_action(std::int64_t amount_fen);

}  // namespace fangxin::domain
