#include "sync/server/judge.hpp"

#include "sync/ops.hpp"
#include "sync/sealed_text.hpp"
#include "sync/server/contact_keys.hpp"
#include "sync/server/identities.hpp"
#include "sync/server/rights.hpp"

#include <algorithm>
#include <array>

namespace fangxin::sync {

namespace {

/// What a terminal of this role can never have done (rules 8, last paragraph).
bool role_forbids(std::string_view role, std::string_view kind) {
    static constexpr std::array tills{Declaration<Sale>::name,
                                      Declaration<SaleVoided>::name,
                                      Declaration<BasketHeld>::name,
                                      Declaration<BasketResumed>::name,
                                      Declaration<ScaleBound>::name,
                                      Declaration<ScaleChecked>::name,
                                      Declaration<ScaleTold>::name,
                                      Declaration<ShiftOpened>::name,
                                      Declaration<CashMoved>::name,
                                      Declaration<DrawerOpened>::name,
                                      Declaration<ShiftClosed>::name,
                                      Declaration<DayClosed>::name,
                                      Declaration<PaymentBegun>::name,
                                      Declaration<PaymentEnded>::name,
                                      Declaration<StoredValueAdded>::name};
    return role == "handheld" && std::ranges::find(tills, kind) != tills.end();
}

/// Decided at the server itself, by whoever may use it.
bool is_servers_own(std::string_view kind) {
    static constexpr std::array own{Declaration<BookRestored>::name, Declaration<OpReplayed>::name,
                                    Declaration<TableRebuilt>::name, Declaration<LogKeyKnown>::name,
                                    Declaration<OldRowsDropped>::name};
    return std::ranges::find(own, kind) != own.end();
}

/// Whoever made it: what keeps goods off sale is not undone by refusing it.
bool keeps_off_sale(std::string_view kind) {
    static constexpr std::array kinds{
        Declaration<BatchQuarantined>::name, Declaration<RecallMade>::name,
        Declaration<BatchWithdrawn>::name, Declaration<BatchTested>::name};
    return std::ranges::find(kinds, kind) != kinds.end();
}

/// By which key customers' numbers are sealed, and how long they are kept, no terminal says.
bool sets_what_is_the_servers(const Envelope& op) {
    if (op.kind != Declaration<SettingSet>::name) return false;
    auto set = from_json<SettingSet>(op.data);
    return set && (set->key == contact_key_setting || set->key == contact_months_setting);
}

/// Then it would take itself out of its own quarantine.
bool opens_its_own_log(const Envelope& op) {
    if (op.kind != Declaration<EpochOpened>::name) return false;
    auto opened = from_json<EpochOpened>(op.data);
    return opened && opened->terminal == op.terminal;
}

/// Decided when it had not parted, or long after it went on: a till that works is not cut off.
bool opens_a_whole_log(ServerRows& rows, const Envelope& op) {
    if (op.kind != Declaration<EpochOpened>::name) return false;
    auto opened = from_json<EpochOpened>(op.data);
    return opened && !rows.has_parted(opened->terminal);
}

/// Rules 4.
bool lifts_a_recall(ServerRows& rows, const Envelope& op) {
    if (op.kind != Declaration<BlockLifted>::name) return false;
    auto lifted = from_json<BlockLifted>(op.data);
    auto block = lifted ? rows.block(lifted->block) : std::nullopt;
    return block && block->kind == domain::BlockKind::recall;
}

/// Why this terminal, or who was at it, cannot have done this; empty: it can.
std::string forbidden(ServerRows& rows, const FreshOp& fresh, const Origin& origin) {
    const Envelope& op = *fresh.op;
    if (op.terminal != origin.terminal || op.epoch != fresh.number.epoch ||
        op.seq != fresh.number.last_seq)
        return "its number is not the one it came under";
    if (origin.role == server_log_name) return {};
    if (role_forbids(origin.role, op.kind)) return "a terminal of this role cannot do this";
    if (is_servers_own(op.kind) || sets_what_is_the_servers(op))
        return "this is decided on the server only";
    if (opens_its_own_log(op)) return "a terminal does not open its own log";
    if (opens_a_whole_log(rows, op)) return "that log has not parted";
    if (std::string why = forbidden_of_identities(op, rows.person(op.person)); !why.empty())
        return why;
    if (lifts_a_recall(rows, op)) return "a recall is lifted on the server only";
    return {};
}

Judged without_effect(const FreshOp& fresh, Judged judged) {
    if (!fresh.op) return judged;
    judged.kind = fresh.op->kind;
    judged.at = domain::format_instant(fresh.op->at);
    judged.person = fresh.op->person;
    return judged;
}

}  // namespace

std::string waits_for(std::string_view what) { return fmt::format("no {}", what); }

Judged cannot_store(const FreshOp& fresh) {
    return without_effect(fresh, {.status = "rejected", .why = "cannot_store"});
}

Judged known_already(const FreshOp& fresh, std::int64_t epoch) {
    return without_effect(fresh,
                          {.status = "known", .why = fmt::format("booked in epoch {}", epoch)});
}

Judged apply_one(ServerRows& rows, const FreshOp& fresh, const Origin& origin) {
    const Result<Envelope>& op = fresh.op;
    if (!op) return {.status = "rejected", .why = op.error().code + " " + op.error().detail};
    Judged judged{.kind = op->kind, .at = domain::format_instant(op->at), .person = op->person};
    judged.why = forbidden(rows, fresh, origin);
    if (!judged.why.empty()) {
        judged.status = "rejected";
        return judged;
    }
    RightJudged right;
    if (origin.role != server_log_name) right = judge_right(rows, *op);
    const bool refusable = !right.unknown && !right.happened;
    if (!right.why.empty()) {
        judged.why = right.why;
        const bool refused = refusable && !keeps_off_sale(op->kind) &&
                             fresh.number.last_seq > origin.connected_after;
        judged.status = refused ? "rejected" : "flagged";
        if (refused) return judged;
    }
    const auto applied = apply_effect(rows, *op);
    const std::string told = rows.take_flagged();
    if (!applied) {
        // A kind of a newer program waits for the upgrade; a torn body never gets better.
        judged.status = applied.error().code == "unknown_kind" ? "pending" : "rejected";
        judged.why = applied.error().code + " " + applied.error().detail;
    } else if (auto awaited = rows.take_awaited(); !awaited.empty()) {
        judged.status = "pending";
        judged.why = waits_for(awaited);
    } else if (!told.empty()) {
        judged.status = "flagged";
        judged.why = judged.why.empty() ? told : judged.why + "; " + told;
    }
    return judged;
}

}  // namespace fangxin::sync
