#include "sync/server/rights.hpp"

#include "domain/permissions.hpp"
#include "domain/weighing/price.hpp"
#include "sync/ops.hpp"

#include <algorithm>
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
                            Needed{Declaration<ShiftOpened>::name, Action::shift_open},
                            Needed{Declaration<CashMoved>::name, Action::drawer},
                            Needed{Declaration<DrawerOpened>::name, Action::drawer},
                            Needed{Declaration<ShiftClosed>::name, Action::shift_close},
                            Needed{Declaration<DayClosed>::name, Action::shift_close_other},
                            Needed{Declaration<PaymentBegun>::name, Action::sell},
                            Needed{Declaration<StoredValueAdded>::name, Action::sell},
                            Needed{Declaration<BatchMarkedDown>::name, Action::mark_down},
                            Needed{Declaration<AccountOpened>::name, Action::account_open},
                            Needed{Declaration<InstrumentSet>::name, Action::scale_bind},
                            Needed{Declaration<ScaleBound>::name, Action::scale_bind},
                            Needed{Declaration<ScaleChecked>::name, Action::scale_check},
                            Needed{Declaration<SettingSet>::name, Action::edit_reference},
                            Needed{Declaration<FaultTaken>::name, Action::fault_work},
                            Needed{Declaration<FaultPassed>::name, Action::fault_work},
                            Needed{Declaration<FaultFixed>::name, Action::fault_work}};

/// By these money has come or gone already: refused, it would be missing from the books.
constexpr std::array money_moved{
    Declaration<Sale>::name,         Declaration<ShiftOpened>::name,
    Declaration<CashMoved>::name,    Declaration<DrawerOpened>::name,
    Declaration<ShiftClosed>::name,  Declaration<PaymentBegun>::name,
    Declaration<PaymentEnded>::name, Declaration<StoredValueAdded>::name};

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

/// SALE-3: a line at another price than the shop's. What it came to without is not in the op, so it
/// is told from the two prices; a fen of rounding makes no large change of a small one.
std::optional<Action> price_action(const json::object& line) {
    const json::value* list = line.if_contains("list_price_fen");
    const json::value* unit = line.if_contains("unit_price_fen");
    const json::value* amount = line.if_contains("amount_fen");
    if (!list || !list->is_int64()) return std::nullopt;
    if (!unit || !unit->is_int64() || unit->get_int64() <= 0 || !amount || !amount->is_int64())
        return Action::override_price_large;
    const std::int64_t after_fen = amount->get_int64();
    std::int64_t before_fen = 0;
    const bool fits = !__builtin_mul_overflow(after_fen, list->get_int64(), &before_fen) &&
                      list->get_int64() >= 0 && after_fen >= 0;
    if (!fits) return Action::override_price_large;
    before_fen /= unit->get_int64();
    if (before_fen > fangxin::weighing::largest_amount_fen ||
        after_fen > fangxin::weighing::largest_amount_fen)
        return Action::override_price_large;
    return domain::override_price_action({.before_fen = before_fen, .after_fen = after_fen});
}

/// Why one of the prices in it was not this person's to give, alone or with whom it names.
std::string judge_prices(ServerRows& rows, const domain::Person& person, const Envelope& op) {
    const json::value* lines = op.data.if_contains("lines");
    if (!lines || !lines->is_array()) return {};
    for (const json::value& each : lines->get_array()) {
        if (!each.is_object()) continue;
        const auto action = price_action(each.get_object());
        if (!action) continue;
        std::optional<domain::Actor> second;
        if (auto approver = rows.person(text_member(each.get_object(), "price_approved_by")))
            second = domain::actor_of(*approver);
        if (!domain::allowed(domain::actor_of(person), *action, second))
            return fmt::format("person {} may not {}", person.number, domain::to_text(*action));
    }
    return {};
}

}  // namespace

namespace {
/// Rules 8: a shift is closed by whose it is, another's by who may do that.
Action action_for(ServerRows& rows, const Envelope& op, Action usual) {
    if (op.kind != Declaration<ShiftClosed>::name) return usual;
    auto shift = rows.shift(text_member(op.data, "shift"));
    return shift && shift->person != op.person ? Action::shift_close_other : usual;
}

/// Rules 8, last columns of money: what came back, with a receipt and without.
std::string judge_returns(const domain::Person& person, const std::optional<domain::Actor>& second,
                          const Envelope& op) {
    const json::value* returns = op.data.if_contains("returns");
    if (!returns || !returns->is_array()) return {};
    std::int64_t back_fen = 0;
    bool without_receipt = false;
    for (const json::value& each : returns->get_array()) {
        if (!each.is_object()) continue;
        const json::value* amount = each.get_object().if_contains("amount_fen");
        const std::int64_t fen = amount && amount->is_int64() ? amount->get_int64() : 0;
        back_fen = std::min(json_integer_limit, back_fen + std::max<std::int64_t>(0, -fen));
        without_receipt |= text_member(each.get_object(), "receipt").empty();
    }
    if (returns->get_array().empty()) return {};
    const Action action =
        without_receipt ? Action::refund_without_receipt : domain::refund_action(back_fen);
    if (domain::allowed(domain::actor_of(person), action, second)) return {};
    return fmt::format("person {} may not {}", person.number, domain::to_text(action));
}
}  // namespace

RightJudged judge_right(ServerRows& rows, const Envelope& op) {
    RightJudged judged{.happened = std::ranges::find(money_moved, op.kind) != money_moved.end()};
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
    action = action_for(rows, op, *action);
    if (domain::allowed(domain::actor_of(*person), *action, second)) {
        if (op.kind != Declaration<Sale>::name) return judged;
        judged.why = judge_prices(rows, *person, op);
        if (judged.why.empty()) judged.why = judge_returns(*person, second, op);
        return judged;
    }
    if (takes_back_his_own(rows, *person, op)) return judged;
    judged.why = fmt::format("person {} may not {}", op.person, domain::to_text(*action));
    return judged;
}

}  // namespace fangxin::sync
