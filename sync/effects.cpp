#include "sync/effects.hpp"

#include "domain/lot.hpp"
#include "sync/checkout_effects.hpp"
#include "sync/equipment_effects.hpp"
#include "sync/ops.hpp"
#include "sync/recall_id.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace fangxin::sync {

namespace {

using domain::Batch;
using domain::Block;
using domain::BlockKind;
using domain::Decision;

constexpr std::int64_t answer_within_ms = 24LL * 60 * 60 * 1000;  // COMP-1

/// One for each who made one: a second quarantine must not take the first from its maker, who alone
/// (or an inspector) may lift it (rules 4).
std::string quarantine_id(const std::string& batch, const std::string& person) {
    return fmt::format("quarantine:{}:{}", batch, person);
}
std::string test_id(const std::string& batch) { return "test:" + batch; }

std::string date_part(const domain::PackIdentity& identity) {
    if (identity.expiry) return domain::format_day_minute(*identity.expiry);
    if (identity.production) return "P" + domain::format_day_minute(*identity.production);
    return "-";
}

bool is_blocked(DerivedRows& rows, const Batch& batch) {
    auto item = rows.item(batch.item);
    auto blocks = rows.blocks_of(batch.item);
    return item && std::ranges::any_of(blocks, [&](const Block& block) {
               return domain::covers(block, batch, *item);
           });
}

bool is_expired(const Batch& batch, const domain::Item& item, const domain::StoreTime& now) {
    auto expiry = domain::expiry_of(batch, item);
    return expiry && domain::is_past(*expiry, now);
}

/// That its packs are off the shelf was confirmed for what kept them off, and whoever brings them
/// back is asked anew the next time. While a block, a failed test or the expiry date still keeps
/// them off, it stays confirmed.
void bring_back(DerivedRows& rows, Batch& batch, const domain::StoreTime& now) {
    if (!batch.withdrawal_confirmed) return;
    auto item = rows.item(batch.item);
    bool kept_off = !item || batch.test == domain::TestResult::failed || is_blocked(rows, batch) ||
                    is_expired(batch, *item, now);
    if (!kept_off) batch.withdrawal_confirmed = false;
}

/// Whatever was decided of its batches before is in force again.
void lift(DerivedRows& rows, const std::string& id, const Envelope& op) {
    auto block = rows.block(id);
    if (!block || block->lifted) return;
    const Block in_force = *block;
    block->lifted = true;
    rows.put(*block);
    auto item = rows.item(block->item);
    if (!item) return;
    for (Batch& batch : rows.batches_of(block->item)) {
        if (!domain::covers(in_force, batch, *item)) continue;
        bool imported_so = block->kind == BlockKind::recall && batch.decision == Decision::recalled;
        if (!imported_so && batch.decision != Decision::released) continue;
        const bool was_off = batch.withdrawal_confirmed;
        if (imported_so) batch.decision = Decision::inspecting;  // nobody knows what was before
        bring_back(rows, batch, op.at);
        if (imported_so || was_off != batch.withdrawal_confirmed) rows.put(batch);
    }
}

Block block_of(BlockKind kind, const std::string& id, const Batch& batch, std::string reason,
               const Envelope& op) {
    return Block{.id = id,
                 .kind = kind,
                 .item = batch.item,
                 .batch = batch.id,
                 .reason = std::move(reason),
                 .made_by = op.person,
                 .made_at_ms = op.at.utc_ms};
}

/// Whether these are the packs that a till once sold without a record: by lot, or by the date that
/// their code carried (receiving adds an expiry that a code with a production date has not).
bool is_what_was_seen(const BatchReceived& received, const UnrecordedBatch& seen) {
    if (!seen.lot.empty()) return domain::same_lot(seen.lot, received.lot);
    if (seen.expiry && seen.expiry == received.expiry) return true;
    return seen.production && seen.production == received.production;
}

void apply(DerivedRows& rows, const BatchReceived& received, const Envelope&) {
    auto batch = rows.batch(received.batch);
    if (!batch) {
        batch = Batch{.id = received.batch,
                      .item = received.item,
                      .lot = received.lot,
                      .production = received.production,
                      .expiry = received.expiry,
                      .received = received.received,
                      .supplier = received.supplier,
                      .decision = received.decision,
                      .test = received.test,
                      .private_brand = received.private_brand,
                      .in_stock = received.quantity_milli > 0};
        rows.put(*batch);
    }
    rows.add_stock({batch->id, batch->item, received.quantity_milli});
    rows.arrived("batch " + batch->id);
    for (UnrecordedBatch& each : rows.unrecorded_of(received.item)) {
        if (each.settled || !is_what_was_seen(received, each)) continue;
        each.settled = true;
        rows.put(each);
    }
}

/// The block itself is the record of a quarantine, as of a recall: what was decided of the batch
/// stays as it was. A batch that this side does not know yet is blocked by its id all the same; of
/// one that it knows, the record says which item it is, for blocks are looked up by their item.
void apply(DerivedRows& rows, const BatchQuarantined& quarantined, const Envelope& op) {
    Batch batch = rows.batch(quarantined.batch)
                      .value_or(Batch{.id = quarantined.batch, .item = quarantined.item});
    rows.put(block_of(BlockKind::quarantine, quarantine_id(batch.id, op.person), batch,
                      quarantined.reason, op));
}

void apply(DerivedRows& rows, const BatchReleased& released, const Envelope& op) {
    auto batch = rows.batch(released.batch);
    if (!batch) return rows.wait_for("batch " + released.batch);
    for (const Block& block : rows.blocks_of(batch->item)) {
        if (block.kind == BlockKind::quarantine && block.batch == batch->id) {
            lift(rows, block.id, op);
        }
    }
    batch->decision = Decision::released;
    bring_back(rows, *batch, op.at);
    rows.put(*batch);
}

void apply(DerivedRows& rows, const BatchWithdrawn& withdrawn, const Envelope&) {
    if (auto batch = rows.batch(withdrawn.batch)) {
        batch->withdrawal_confirmed = true;
        bool sellable =
            batch->decision == Decision::released || batch->decision == Decision::inspecting;
        // Withdrawn for a block, it is what it was when the block is lifted.
        if (sellable && !is_blocked(rows, *batch)) batch->decision = Decision::withdrawn;
        rows.put(*batch);
        rows.add_stock({batch->id, batch->item, -withdrawn.quantity_milli});
        return;
    }
    auto block = rows.block(withdrawn.batch);
    if (!block) return rows.wait_for("batch " + withdrawn.batch);
    block->withdrawal_confirmed = true;
    rows.put(*block);
}

void apply(DerivedRows& rows, const BatchCorrected& corrected, const Envelope& op) {
    auto batch = rows.batch(corrected.batch);
    if (!batch) return rows.wait_for("batch " + corrected.batch);
    if (corrected.lot) batch->lot = *corrected.lot;
    if (corrected.production) {
        batch->production = corrected.production;
        auto item = rows.item(batch->item);
        if (item && item->shelf_life) {
            batch->expiry = domain::expiry_from(*batch->production, *item->shelf_life);
        }
    }
    if (corrected.expiry) batch->expiry = corrected.expiry;
    if (batch->decision == Decision::released) bring_back(rows, *batch, op.at);
    rows.put(*batch);
}

void apply(DerivedRows& rows, const BatchTested& tested, const Envelope& op) {
    auto batch = rows.batch(tested.batch);
    if (!batch) return rows.wait_for("batch " + tested.batch);
    batch->test = tested.result;
    if (batch->decision == Decision::released) bring_back(rows, *batch, op.at);
    rows.put(*batch);
    if (tested.result == domain::TestResult::failed) {
        rows.put(block_of(BlockKind::failed_test, test_id(batch->id), *batch, tested.kind, op));
    } else {
        lift(rows, test_id(batch->id), op);
    }
}

namespace {

bool is_same_recall(const Block& a, const Block& b) {
    return std::tie(a.kind, a.item, a.batch, a.lot, a.from, a.to, a.made_by, a.made_at_ms) ==
           std::tie(b.kind, b.item, b.batch, b.lot, b.from, b.to, b.made_by, b.made_at_ms);
}

}  // namespace

/// The block itself is the record of a recall: batches, on record or not, are compared with it
/// each time they are judged, and lifting it brings back whatever was decided of them before.
/// No recall takes another one's place: a terminal whose disk was set back gives its numbers again.
void apply(DerivedRows& rows, const RecallMade& recall, const Envelope& op) {
    Block made{.id = recall.block,
               .kind = BlockKind::recall,
               .item = recall.item,
               .batch = recall.batch,
               .lot = recall.lot,
               .from = recall.from,
               .to = recall.to,
               .level = recall.level,
               .reason = recall.reason,
               .made_by = op.person,
               .made_at_ms = op.at.utc_ms};
    const bool is_theirs =
        op.terminal == server_log_name || is_recall_made_at(recall.block, op.terminal);
    auto there = rows.block(made.id);
    if (!is_theirs || (there && !is_same_recall(*there, made))) made.id = "R-" + own_id(op);
    rows.put(made);
}

void apply(DerivedRows& rows, const BlockLifted& lifted, const Envelope& op) {
    lift(rows, lifted.block, op);
}

void apply(DerivedRows& rows, const ComplaintTaken& taken, const Envelope& op) {
    auto there = rows.complaint(taken.complaint);
    const bool is_others =
        there && (there->terminal != op.terminal || there->taken_at_ms != op.at.utc_ms ||
                  there->what != taken.what);
    rows.put(Complaint{.id = is_others ? "C-" + own_id(op) : taken.complaint,
                       .state = "received",
                       .channel = taken.channel,
                       .customer = taken.customer,
                       .contact = taken.contact,
                       .receipt = taken.receipt,
                       .item = taken.item,
                       .batch = taken.batch,
                       .what = taken.what,
                       .severity = taken.severity,
                       .taken_by = op.person,
                       .terminal = op.terminal,
                       .taken_at_ms = op.at.utc_ms,
                       .answer_due_ms = op.at.utc_ms + answer_within_ms,
                       .contact_sealed = taken.contact_sealed});
}

void apply(DerivedRows& rows, const LoginFailed& failed, const Envelope&) {
    if (!failed.account_locked) return;
    auto person = rows.person(failed.number);
    if (!person) return;
    person->locked = true;
    rows.put(*person);
}

void apply(DerivedRows& rows, const AccountOpened& opened, const Envelope&) {
    auto person = rows.person(opened.number);
    if (!person || !person->locked) return;
    person->locked = false;
    rows.put(*person);
}

void apply(DerivedRows& rows, const BlocksApplied& applied, const Envelope& op) {
    if (applied.server_epoch && *applied.server_epoch != rows.server_epoch()) return;
    rows.put(TerminalBlocks{op.terminal, applied.block_cursor, op.at.utc_ms});
}

void apply(DerivedRows& rows, const TableRepaired&, const Envelope& op) {
    rows.count_repair(op.terminal);
}

/// Several terminals tell of it; whoever was first, and what was decided of it since, counts.
void apply(DerivedRows& rows, const BlockKept& kept, const Envelope&) {
    if (!rows.block(kept.block.id)) rows.put(kept.block);
}

void apply(DerivedRows& rows, const EpochOpened& opened, const Envelope&) {
    rows.open_epoch(opened.terminal);
}

void apply(DerivedRows& rows, const OldRowsDropped& dropped, const Envelope& op) {
    rows.drop_old(dropped, op);
}

void apply(DerivedRows& rows, const TerminalApproved& approved, const Envelope& op) {
    rows.decide(approved, op);
}
void apply(DerivedRows& rows, const TerminalRefused& refused, const Envelope& op) {
    rows.decide(refused, op);
}
void apply(DerivedRows& rows, const TerminalRevoked& revoked, const Envelope& op) {
    rows.decide(revoked, op);
}

/// Facts that change no row.
template <class Op>
void apply(DerivedRows&, const Op&, const Envelope&) {}

}  // namespace

template <class Op>
void apply_fact(DerivedRows& rows, const Op& fact, const Envelope& op) {
    apply(rows, fact, op);
}

// One for each of AllOps: a forgotten one does not link.
template void apply_fact(DerivedRows&, const Sale&, const Envelope&);
template void apply_fact(DerivedRows&, const SaleRefused&, const Envelope&);
template void apply_fact(DerivedRows&, const BlocksApplied&, const Envelope&);
template void apply_fact(DerivedRows&, const BatchReceived&, const Envelope&);
template void apply_fact(DerivedRows&, const BatchQuarantined&, const Envelope&);
template void apply_fact(DerivedRows&, const BatchReleased&, const Envelope&);
template void apply_fact(DerivedRows&, const BatchWithdrawn&, const Envelope&);
template void apply_fact(DerivedRows&, const BatchCorrected&, const Envelope&);
template void apply_fact(DerivedRows&, const BatchTested&, const Envelope&);
template void apply_fact(DerivedRows&, const RecallMade&, const Envelope&);
template void apply_fact(DerivedRows&, const BlockLifted&, const Envelope&);
template void apply_fact(DerivedRows&, const ComplaintTaken&, const Envelope&);
template void apply_fact(DerivedRows&, const BasketHeld&, const Envelope&);
template void apply_fact(DerivedRows&, const BasketResumed&, const Envelope&);
template void apply_fact(DerivedRows&, const SaleVoided&, const Envelope&);
template void apply_fact(DerivedRows&, const LoggedIn&, const Envelope&);
template void apply_fact(DerivedRows&, const LoggedOut&, const Envelope&);
template void apply_fact(DerivedRows&, const LoginFailed&, const Envelope&);
template void apply_fact(DerivedRows&, const AccountOpened&, const Envelope&);
template void apply_fact(DerivedRows&, const ClockEvent&, const Envelope&);
template void apply_fact(DerivedRows&, const DeviceEvent&, const Envelope&);
template void apply_fact(DerivedRows&, const ReceiptReprinted&, const Envelope&);
template void apply_fact(DerivedRows&, const TableRepaired&, const Envelope&);
template void apply_fact(DerivedRows&, const BlockKept&, const Envelope&);
template void apply_fact(DerivedRows&, const EpochOpened&, const Envelope&);
template void apply_fact(DerivedRows&, const BookRestored&, const Envelope&);
template void apply_fact(DerivedRows&, const OpReplayed&, const Envelope&);
template void apply_fact(DerivedRows&, const TableRebuilt&, const Envelope&);
template void apply_fact(DerivedRows&, const LogKeyKnown&, const Envelope&);
template void apply_fact(DerivedRows&, const OldRowsDropped&, const Envelope&);
template void apply_fact(DerivedRows&, const ContactShown&, const Envelope&);
template void apply_fact(DerivedRows&, const ShiftOpened&, const Envelope&);
template void apply_fact(DerivedRows&, const CashMoved&, const Envelope&);
template void apply_fact(DerivedRows&, const DrawerOpened&, const Envelope&);
template void apply_fact(DerivedRows&, const ShiftClosed&, const Envelope&);
template void apply_fact(DerivedRows&, const DayClosed&, const Envelope&);
template void apply_fact(DerivedRows&, const PaymentBegun&, const Envelope&);
template void apply_fact(DerivedRows&, const PaymentEnded&, const Envelope&);
template void apply_fact(DerivedRows&, const StoredValueAdded&, const Envelope&);
template void apply_fact(DerivedRows&, const BatchMarkedDown&, const Envelope&);
template void apply_fact(DerivedRows&, const InstrumentSet&, const Envelope&);
template void apply_fact(DerivedRows&, const ScaleBound&, const Envelope&);
template void apply_fact(DerivedRows&, const ScaleChecked&, const Envelope&);
template void apply_fact(DerivedRows&, const ScaleTold&, const Envelope&);
template void apply_fact(DerivedRows&, const SettingSet&, const Envelope&);
template void apply_fact(DerivedRows&, const TerminalTold&, const Envelope&);
template void apply_fact(DerivedRows&, const FaultRaised&, const Envelope&);
template void apply_fact(DerivedRows&, const FaultTaken&, const Envelope&);
template void apply_fact(DerivedRows&, const FaultPassed&, const Envelope&);
template void apply_fact(DerivedRows&, const FaultFixed&, const Envelope&);
template void apply_fact(DerivedRows&, const EnrolmentOpened&, const Envelope&);
template void apply_fact(DerivedRows&, const EnrolmentAsked&, const Envelope&);
template void apply_fact(DerivedRows&, const EnrolmentFailed&, const Envelope&);
template void apply_fact(DerivedRows&, const TerminalApproved&, const Envelope&);
template void apply_fact(DerivedRows&, const TerminalRefused&, const Envelope&);
template void apply_fact(DerivedRows&, const TerminalRevoked&, const Envelope&);
template void apply_fact(DerivedRows&, const CertificateIssued&, const Envelope&);

namespace {

template <class Op>
std::optional<Result<void>> apply_if(DerivedRows& rows, const Envelope& op) {
    if (op.kind != Declaration<Op>::name) return std::nullopt;
    auto fact = from_json<Op>(op.data);
    if (!fact) return Result<void>(tl::unexpected(fact.error()));
    apply_fact(rows, *fact, op);
    return Result<void>{};
}

template <class... Op>
Result<void> dispatch(DerivedRows& rows, const Envelope& op, std::tuple<Op...>*) {
    std::optional<Result<void>> done;
    (void)((done = apply_if<Op>(rows, op), done.has_value()) || ...);
    if (!done) return failure("unknown_kind", op.kind);
    return *done;
}

}  // namespace

std::string own_id(const Envelope& op) {
    return fmt::format("{}-{}-{}", op.terminal, op.epoch, op.seq);
}

std::string batch_id(std::string_view item, const domain::PackIdentity& identity,
                     std::string_view delivery) {
    if (identity.lot.empty() && !identity.expiry && !identity.production) {
        return fmt::format("{}/{}", item, delivery);
    }
    return fmt::format("{}/{}/{}", item,
                       identity.lot.empty() ? "-" : domain::folded_lot(identity.lot),
                       date_part(identity));
}

Result<void> apply_effect(DerivedRows& rows, const Envelope& op) {
    return dispatch(rows, op, static_cast<AllOps*>(nullptr));
}

}  // namespace fangxin::sync
