#include "domain/permissions.hpp"

#include "domain/check.hpp"

#include <cstdlib>

namespace fangxin::domain {

namespace {

struct Row {
    Action action;
    /// One letter a role, in the order of Role, as rules 8 prints them: P, A or -.
    std::string_view rights;
};

// cashier, shift lead, receiver, inspector, after-sales, instruments, manager, account admin
constexpr std::array rows{Row{Action::sell, "PP----P-"},
                          Row{Action::void_sale, "PP----P-"},
                          Row{Action::override_price_small, "PP----P-"},
                          Row{Action::override_price_large, "AP----P-"},
                          Row{Action::refund_small, "PP--A-P-"},
                          Row{Action::refund_large, "AP--A-P-"},
                          Row{Action::refund_without_receipt, "AP--A-P-"},
                          Row{Action::drawer, "AP----P-"},
                          Row{Action::shift_open, "PP----P-"},
                          Row{Action::shift_close, "PP----P-"},
                          Row{Action::shift_close_other, "-P----P-"},
                          Row{Action::receive, "--PP--P-"},
                          Row{Action::receive_without_order, "--AP--P-"},
                          Row{Action::quarantine, "PPPPP-P-"},
                          Row{Action::release, "---P----"},
                          Row{Action::correct_batch, "---P----"},
                          Row{Action::lift_rule_quarantine, "---P----"},
                          Row{Action::test_result, "---P----"},
                          Row{Action::recall_make, "---P--P-"},
                          Row{Action::recall_close, "---P--P-"},
                          Row{Action::emergency_stop, "APAPA-P-"},
                          Row{Action::withdraw, "-APP--P-"},
                          Row{Action::mark_down, "-APP--P-"},
                          Row{Action::dispose, "-APP--P-"},
                          Row{Action::complaint_take, "PPPPP-P-"},
                          Row{Action::complaint_work, "---PP-P-"},
                          Row{Action::compensation_propose, "-P--P-P-"},
                          Row{Action::compensation_approve_small, "-P----P-"},
                          Row{Action::compensation_approve_large, "------P-"},
                          Row{Action::scale_check, "PP---P--"},
                          Row{Action::scale_bind, "-----PP-"},
                          Row{Action::edit_reference, "------P-"},
                          Row{Action::account_request, "-P----P-"},
                          Row{Action::account_approve, "------P-"},
                          Row{Action::account_open, "-------P"},
                          Row{Action::terminal_enrol, "------PP"},
                          Row{Action::terminal_revoke, "------PP"},
                          Row{Action::fault_work, "-P---PP-"},
                          Row{Action::reports, "-PPPPPPP"}};

constexpr bool table_is_whole() {
    if (rows.size() != EnumTable<Action>::rows.size()) return false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].action != EnumTable<Action>::rows[i].value) return false;
        if (static_cast<std::size_t>(rows[i].action) != i) return false;
        if (rows[i].rights.size() != EnumTable<Role>::rows.size()) return false;
    }
    return true;
}
static_assert(table_is_whole(), "a row for each action, in order, a letter for each role");

constexpr std::int64_t small_override_fen = 500;
constexpr std::int64_t small_override_percent = 10;
constexpr std::int64_t small_refund_fen = 20'000;
constexpr std::int64_t small_compensation_fen = 50'000;

}  // namespace

Right right_of(Role role, Action action) {
    const Row& row = rows[static_cast<std::size_t>(action)];
    switch (row.rights[static_cast<std::size_t>(role)]) {
        case 'P':
            return Right::alone;
        case 'A':
            return Right::with_second;
        default:
            return Right::none;
    }
}

bool may_approve(const Actor& approver, Action action, std::string_view asked_by) {
    return approver.number != asked_by && right_of(approver.role, action) == Right::alone;
}

bool allowed(const Actor& person, Action action, const std::optional<Actor>& second) {
    Right right = right_of(person.role, action);
    if (right != Right::with_second) return right == Right::alone;
    return second && may_approve(*second, action, person.number);
}

bool needs_witness(Action action) { return action == Action::dispose; }

ReportScope report_scope_of(Role role) {
    switch (role) {
        case Role::cashier:
            return ReportScope::none;
        case Role::shift_lead:
            return ReportScope::own_till;
        case Role::receiver:
            return ReportScope::own_work;
        case Role::inspector:
            return ReportScope::quality;
        case Role::after_sales:
            return ReportScope::complaints;
        case Role::instruments:
            return ReportScope::instruments;
        case Role::manager:
            return ReportScope::everything;
        case Role::account_admin:
            return ReportScope::accounts;
    }
    FANGXIN_CHECK(false);
}

Action override_price_action(const PriceChange& change) {
    std::int64_t by = std::abs(change.after_fen - change.before_fen);
    bool small = by <= small_override_fen && by * 100 <= change.before_fen * small_override_percent;
    return small ? Action::override_price_small : Action::override_price_large;
}

Action refund_action(std::int64_t amount_fen) {
    return amount_fen <= small_refund_fen ? Action::refund_small : Action::refund_large;
}

Action compensation_approve_action(std::int64_t amount_fen) {
    return amount_fen <= small_compensation_fen ? Action::compensation_approve_small
                                                : Action::compensation_approve_large;
}

}  // namespace fangxin::domain
