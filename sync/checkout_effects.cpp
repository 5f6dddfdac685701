#include "sync/checkout_effects.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::sync {

namespace {

/// A sum that may still be sent: every integer on the wire is below 2^53, and so is each addend.
std::int64_t sum_of(std::int64_t one, std::int64_t other) {
    return std::clamp(one + other, -json_integer_limit + 1, json_integer_limit - 1);
}

/// Thousandths of the unit: pieces × 1000, or grams of a kilogram.
std::int64_t milli_of(std::int64_t quantity, const std::optional<std::int64_t>& net_mg) {
    return net_mg ? *net_mg / 1000 : quantity * 1000;
}

void note_unrecorded(DerivedRows& rows, const SaleLine& line, const Envelope& op) {
    const domain::PackIdentity identity{line.lot, line.production, line.expiry};
    const std::string id = batch_id(line.item, identity, "");
    const auto known = rows.unrecorded_of(line.item);
    if (std::ranges::find(known, id, &UnrecordedBatch::id) != known.end()) return;
    rows.put(UnrecordedBatch{.id = id,
                             .item = line.item,
                             .lot = line.lot,
                             .production = line.production,
                             .expiry = line.expiry,
                             .first_seen_ms = op.at.utc_ms});
}

/// Rules 5: labels printed are counted, what is sold above the count is told.
void count_markdown(DerivedRows& rows, const SaleLine& line) {
    auto markdown = rows.markdown(line.markdown);
    if (!markdown) return;
    markdown->sold = sum_of(markdown->sold, line.net_mg ? 1 : line.quantity);
    rows.put(*markdown);
    if (markdown->sold > markdown->labels)
        rows.flag(fmt::format("{} of {} marked down, {} labels", markdown->sold, markdown->batch,
                              markdown->labels));
}

void take_back(DerivedRows& rows, const ReturnLine& line) {
    if (line.to == "shelf" && !line.batch.empty())
        rows.add_stock({line.batch, line.item, milli_of(line.quantity, line.net_mg)});
    if (line.receipt.empty()) return;
    const std::string id = fmt::format("{}/{}", line.receipt, line.line);
    auto returned = rows.returned_line(id).value_or(
        ReturnedLine{.id = id, .receipt = line.receipt, .line = line.line});
    returned.units = sum_of(returned.units, line.net_mg.value_or(line.quantity));
    returned.amount_fen = sum_of(returned.amount_fen, line.amount_fen);
    rows.put(returned);
}

void take_voucher(DerivedRows& rows, const std::string& serial, const Sale& sale,
                  const Envelope& op) {
    if (auto use = rows.voucher_use(serial)) {
        rows.flag(
            fmt::format("voucher {} was used for {} at {}", serial, use->receipt, use->terminal));
        return;
    }
    rows.put(VoucherUse{serial, sale.receipt, op.terminal, op.at.utc_ms});
}

void take_tender(DerivedRows& rows, const Tender& tender, const Sale& sale, const Envelope& op) {
    if (tender.kind == "voucher" && !tender.reference.empty())
        take_voucher(rows, tender.reference, sale, op);
    if (tender.order.empty()) return;
    auto payment = rows.payment(tender.order);
    if (!payment) return;
    payment->receipt = sale.receipt;
    rows.put(*payment);
}

/// What the sale changes of the member's points and money here.
void settle_member(DerivedRows& rows, const Sale& sale) {
    if (sale.member.empty()) return;
    std::int64_t stored_fen = 0;
    for (const Tender& tender : sale.tenders) {
        if (tender.kind == "stored_value") stored_fen = sum_of(stored_fen, tender.amount_fen);
    }
    if (sale.points_earned == 0 && stored_fen == 0) return;
    auto account = rows.member_account(sale.member).value_or(MemberAccount{.member = sale.member});
    account.points = sum_of(account.points, sale.points_earned);
    account.stored_fen = sum_of(account.stored_fen, -stored_fen);
    rows.put(account);
    if (account.stored_fen < 0)
        rows.flag(fmt::format("member {} owes what he paid with", sale.member));
}

}  // namespace

void apply(DerivedRows& rows, const Sale& sale, const Envelope& op) {
    rows.book(sale, op);
    for (const SaleLine& line : sale.lines) {
        for (domain::Reason reason : line.reasons) {
            if (reason == domain::Reason::unrecorded_batch) note_unrecorded(rows, line, op);
        }
        if (!line.markdown.empty()) count_markdown(rows, line);
        if (line.batch.empty()) continue;
        rows.add_stock({line.batch, line.item, -milli_of(line.quantity, line.net_mg)});
    }
    for (const ReturnLine& line : sale.returns)
        take_back(rows, line);
    for (const Tender& tender : sale.tenders)
        take_tender(rows, tender, sale, op);
    settle_member(rows, sale);
}

void apply(DerivedRows& rows, const SaleRefused& refused, const Envelope& op) {
    std::string reasons;
    for (domain::Reason reason : refused.reasons) {
        reasons += fmt::format("{}{}", reasons.empty() ? "" : ";", domain::to_text(reason));
    }
    rows.put(Attempt{.id = own_id(op),
                     .terminal = op.terminal,
                     .person = op.person,
                     .at_ms = op.at.utc_ms,
                     .code = refused.code,
                     .item = refused.item,
                     .name = refused.name,
                     .batch = refused.batch,
                     .reasons = reasons});
}

void apply(DerivedRows& rows, const BasketHeld& held, const Envelope& op) {
    auto there = rows.hold(held.hold);
    const bool is_others = there && (there->terminal != op.terminal ||
                                     there->held_at_ms != op.at.utc_ms || there->body != held.body);
    const std::string id = is_others ? "H-" + own_id(op) : held.hold;
    rows.put(Hold{.id = id,
                  .terminal = op.terminal,
                  .person = op.person,
                  .held_at_ms = op.at.utc_ms,
                  .total_fen = held.total_fen,
                  .lines = held.lines,
                  .body = held.body});
    rows.arrived("hold " + id);
}

void apply(DerivedRows& rows, const BasketResumed& resumed, const Envelope& op) {
    auto hold = rows.hold(resumed.hold);
    if (!hold) return rows.wait_for("hold " + resumed.hold);
    hold->resumed_by = op.terminal;
    rows.put(*hold);
}

void apply(DerivedRows& rows, const ShiftOpened& opened, const Envelope& op) {
    rows.put(Shift{.id = opened.shift,
                   .terminal = op.terminal,
                   .person = op.person,
                   .day = opened.day,
                   .opened_at_ms = op.at.utc_ms,
                   .float_fen = opened.float_fen});
    rows.arrived("shift " + opened.shift);
}

void apply(DerivedRows& rows, const ShiftClosed& closed, const Envelope& op) {
    auto shift = rows.shift(closed.shift);
    if (!shift) return rows.wait_for("shift " + closed.shift);
    // The first count stands: a disk that was set back, or somebody else, counts again.
    if (shift->closed_at_ms != 0)
        return rows.flag(fmt::format("{} was closed already", closed.shift));
    shift->closed_at_ms = op.at.utc_ms;
    shift->closed_by = op.person;
    shift->z = closed.z;
    shift->sales = closed.sales;
    shift->sales_fen = sum_of(sum_of(closed.lines_fen, closed.returns_fen), -closed.rounding_fen);
    shift->expected_fen = closed.expected_fen;
    shift->counted_fen = closed.counted_fen;
    rows.put(*shift);
    auto day = rows.business_day(shift->day);
    if (!day) return;
    // It was closed without this till, which was away.
    day->shifts = sum_of(day->shifts, 1);
    day->sales_fen = sum_of(day->sales_fen, shift->sales_fen);
    rows.put(*day);
    rows.flag(fmt::format("{} was closed without this shift", shift->day));
}

/// The first who closed it did.
void apply(DerivedRows& rows, const DayClosed& closed, const Envelope& op) {
    if (rows.business_day(closed.day)) return rows.flag(closed.day + " was closed already");
    rows.put(BusinessDay{.day = closed.day,
                         .closed_at_ms = op.at.utc_ms,
                         .closed_by = op.person,
                         .terminal = op.terminal,
                         .shifts = closed.shifts,
                         .sales_fen = closed.sales_fen});
}

void apply(DerivedRows& rows, const PaymentBegun& begun, const Envelope& op) {
    rows.put(Payment{.order = begun.order,
                     .terminal = op.terminal,
                     .person = op.person,
                     .kind = begun.kind,
                     .amount_fen = begun.amount_fen,
                     .state = "unknown",
                     .begun_at_ms = op.at.utc_ms});
}

void apply(DerivedRows& rows, const PaymentEnded& ended, const Envelope& op) {
    auto payment = rows.payment(ended.order);
    if (!payment) return;
    payment->state = ended.state;
    if (!ended.reference.empty()) payment->reference = ended.reference;
    payment->ended_at_ms = op.at.utc_ms;
    rows.put(*payment);
}

void apply(DerivedRows& rows, const StoredValueAdded& added, const Envelope&) {
    auto account =
        rows.member_account(added.member).value_or(MemberAccount{.member = added.member});
    account.stored_fen = sum_of(account.stored_fen, added.amount_fen);
    rows.put(account);
}

/// More labels of the same price are added; another price begins anew.
void apply(DerivedRows& rows, const BatchMarkedDown& marked, const Envelope&) {
    auto markdown = rows.markdown(marked.batch);
    const bool goes_on = markdown && markdown->price_fen == marked.price_fen;
    rows.put(Markdown{.batch = marked.batch,
                      .item = marked.item,
                      .price_fen = marked.price_fen,
                      .labels = sum_of(marked.labels, goes_on ? markdown->labels : 0),
                      .sold = goes_on ? markdown->sold : 0});
}

}  // namespace fangxin::sync
