#include "sync/server/rights.hpp"

#include "domain/permissions.hpp"
#include "sync/ops.hpp"

#include <array>
#include <optional>

namespace fangxin::sync {

namespace {

using domain::Action;

struct Needed {
    std::string_view kind;
    Action action;
};
/// What is not here anybody may, or nobody did (a device's fault). Who took part in a recall's end
/// and in a shift's is asked where those are made.
constexpr std::array needed{Needed{Declaration<Sale>::name, Action::sell},
                            Needed{Declaration<SaleVoided>::name, Action::void_sale},
                            Needed{Declaration<BasketHeld>::name, Action::sell},
                            Needed{Declaration<BasketResumed>::name, Action::sell},
                            Needed{Declaration<BatchReceived>::name, Action::receive},
                            Needed{Declaration<BatchQuarantined>::name, Action::quarantine},
                            Needed{Declaration<BatchReleased>::name, Action::release},
                            Needed{Declaration<BatchWithdrawn>::name, Action::withdraw},
                            Needed{Declaration<BatchCorrected>::name, Action::correct_batch},
                            Needed{Declaration<BatchTested>::name, Action::test_result},
                            Needed{Declaration<RecallMade>::name, Action::recall_make},
                            Needed{Declaration<BlockLifted>::name, Action::release},
                            Needed{Declaration<ComplaintTaken>::name, Action::complaint_take},
                            Needed{Declaration<ContactShown>::name, Action::complaint_work},
                            Needed{Declaration<AccountOpened>::name, Action::account_open},
                            Needed{Declaration<InstrumentSet>::name, Action::scale_bind},
                            Needed{Declaration<ScaleBound>::name, Action::scale_bind},
                            Needed{Declaration<ScaleChecked>::name, Action::scale_check},
                            Needed{Declaration<SettingSet>::name, Action::edit_reference},
                            Needed{Declaration<FaultTaken>::name, Action::fault_work},
                            Needed{Declaration<FaultPassed>::name, Action::fault_work},
                            Needed{Declaration<FaultFixed>::name, Action::fault_work}};

std::optional<Action> action_of(std::string_view kind) {
    for (const Needed& each : needed) {
        if (each.kind == kind) return each.action;
    }
    return std::nullopt;
}

std::string text_member(const json::object& data, std::string_view name) {
    const json::value* value = data.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Rules 4: whoever may quarantine takes back what his own role quarantined.
bool takes_back_his_own(ServerRows& rows, const domain::Person& person, const Envelope& op) {
    if (op.kind != Declaration<BlockLifted>::name) return false;
    auto block = rows.block(text_member(op.data, "block"));
    if (!block || block->kind != domain::BlockKind::quarantine) return false;
    auto maker = rows.person(block->made_by);
    const bool same = block->made_by == person.number || (maker && maker->role == person.role);
    return same && domain::allowed(domain::actor_of(person), Action::quarantine);
}

}  // namespace

RightJudged judge_right(ServerRows& rows, const Envelope& op) {
    RightJudged judged{.happened = op.kind == Declaration<Sale>::name};
    auto action = action_of(op.kind);
    if (!action) return judged;
    auto person = rows.person(op.person);
    if (!person) {
        judged.unknown = true;
        judged.why = "no person " + op.person;
        return judged;
    }
    std::optional<domain::Actor> second;
    if (auto approver = rows.person(text_member(op.data, "approved_by")))
        second = domain::actor_of(*approver);
    if (domain::allowed(domain::actor_of(*person), *action, second)) return judged;
    if (takes_back_his_own(rows, *person, op)) return judged;
    judged.why = fmt::format("person {} may not {}", op.person, domain::to_text(*action));
    return judged;
}

}  // namespace fangxin::sync
