#include "domain/verdict.hpp"

#include "domain/check.hpp"
#include "domain/lot.hpp"
#include "domain/pack_match.hpp"

#include <algorithm>
#include <tuple>

namespace fangxin::domain {

namespace {

using Found = std::vector<const Batch*>;

/// Reasons without doubles, read out worst first.
class ReasonSet {
  public:
    void add(Reason reason) { bits_ |= 1U << static_cast<unsigned>(reason); }
    void add(const ReasonSet& other) { bits_ |= other.bits_; }
    bool empty() const { return bits_ == 0; }
    std::vector<Reason> worst_first() const {
        std::vector<Reason> reasons;
        for (const auto& row : EnumTable<Reason>::rows) {
            if (bits_ >> static_cast<unsigned>(row.value) & 1U) reasons.push_back(row.value);
        }
        return reasons;
    }

  private:
    unsigned bits_ = 0;
};

Reason reason_of(BlockKind kind) {
    switch (kind) {
        case BlockKind::recall:
            return Reason::recalled;
        case BlockKind::quarantine:
            return Reason::quarantined;
        case BlockKind::failed_test:
            return Reason::failed_test;
        case BlockKind::stop_sale:
            return Reason::stop_sale;
    }
    FANGXIN_CHECK(false);
}

std::optional<Reason> reason_of(Decision decision) {
    switch (decision) {
        case Decision::released:
            return std::nullopt;
        case Decision::inspecting:
            return Reason::not_released;
        case Decision::quarantined:
            return Reason::quarantined;
        case Decision::recalled:
            return Reason::recalled;
        case Decision::withdrawn:
        case Decision::returned:
        case Decision::disposed:
            return Reason::withdrawn;
    }
    FANGXIN_CHECK(false);
}

Age age_now(const VerdictQuestion& question, const PackIdentity& pack) {
    return age_of(pack, *question.item, question.category->near_expiry_days, question.now);
}

bool lacks_private_brand_inspection(const Batch& batch, const Item& item) {
    if (batch.private_brand == PrivateBrandInspection::passed) return false;
    if (batch.private_brand != PrivateBrandInspection::not_private) return true;
    return has_mark(item, "private_brand");
}

/// Rules 2.3: everything that stops this batch from being sold, whoever asks.
ReasonSet reasons_of_batch(const VerdictQuestion& question, const Batch& batch) {
    ReasonSet reasons;
    for (const Block& block : question.blocks) {
        if (covers(block, batch, *question.item)) reasons.add(reason_of(block.kind));
    }
    if (auto reason = reason_of(batch.decision)) reasons.add(*reason);
    if (age_now(question, identity_of(batch)) == Age::expired) reasons.add(Reason::expired);
    if (batch.test == TestResult::failed) reasons.add(Reason::failed_test);
    if (lacks_private_brand_inspection(batch, *question.item)) {
        reasons.add(Reason::private_brand_uninspected);
    }
    return reasons;
}

template <class T>
const T& first_known(const T& one, const T& other) {
    return one == T{} ? other : one;
}

/// Rules 2.3 for a pack in hand that is of this batch. The pack and the record may each know what
/// the other does not, or contradict each other: what either of them condemns is not sold.
ReasonSet reasons_of_pack(const VerdictQuestion& question, const Batch& batch) {
    const PackIdentity& pack = question.evidence.identity;
    Batch completed = batch;
    completed.production = first_known(batch.production, pack.production);
    completed.expiry = first_known(batch.expiry, pack.expiry);
    ReasonSet reasons = reasons_of_batch(question, completed);

    PackIdentity as_printed = {first_known(pack.lot, batch.lot),
                               first_known(pack.production, batch.production),
                               first_known(pack.expiry, batch.expiry)};
    for (const Block& block : question.blocks) {
        if (block.batch.empty() && covers(block, as_printed, *question.item))
            reasons.add(reason_of(block.kind));
    }
    if (pack.expiry && is_past(*pack.expiry, question.now)) reasons.add(Reason::expired);
    return reasons;
}

/// Rules 2.3 for a pack on no record: its date, and lots and date ranges of blocks.
ReasonSet reasons_of_unrecorded(const VerdictQuestion& question) {
    const PackIdentity& pack = question.evidence.identity;
    ReasonSet reasons;
    for (const Block& block : question.blocks) {
        if (covers(block, pack, *question.item)) reasons.add(reason_of(block.kind));
    }
    if (age_now(question, pack) == Age::expired) reasons.add(Reason::expired);
    return reasons;
}

bool expires_before(const VerdictQuestion& question, const Batch& one, const Batch& other) {
    auto key = [&](const Batch& batch) {
        auto expiry = expiry_of(batch, *question.item);
        Date day = expiry ? expiry->date : Date::max();
        int minute = expiry ? expiry->minute.value_or(24 * 60) : 0;
        return std::make_tuple(day, minute, batch.received.value_or(Date::max()), batch.id);
    };
    return key(one) < key(other);
}

const Batch* first_expiring(const VerdictQuestion& question, const Found& batches) {
    auto first =
        std::min_element(batches.begin(), batches.end(), [&](const Batch* one, const Batch* other) {
            return expires_before(question, *one, *other);
        });
    return first == batches.end() ? nullptr : *first;
}

BatchBasis named_basis(const VerdictQuestion& question) {
    return question.evidence.read_by_person ? BatchBasis::read : BatchBasis::coded;
}

/// `assumed` where the evidence fits several batches that are not alike: then lot or date is a
/// guess, and neither goes on a receipt (rules 2, last paragraph).
BatchBasis basis_of(const VerdictQuestion& question, const Found& batches) {
    bool alike = std::all_of(batches.begin(), batches.end(), [&](const Batch* batch) {
        return look_the_same(*batch, *batches.front());
    });
    return alike ? named_basis(question) : BatchBasis::assumed;
}

Verdict refuse(const ReasonSet& reasons) {
    Verdict verdict;
    verdict.kind = VerdictKind::block;
    verdict.reasons = reasons.worst_first();
    return verdict;
}

Verdict refuse(const VerdictQuestion& question, const ReasonSet& reasons, const Found& batches) {
    Verdict verdict = refuse(reasons);
    if (const Batch* first = first_expiring(question, batches)) {
        verdict.batch = first->id;
        verdict.basis = basis_of(question, batches);
    }
    return verdict;
}

Found in_verdict(const VerdictQuestion& question) {
    Found found;
    for (const Batch& batch : question.batches) {
        if (is_in_verdict(batch)) found.push_back(&batch);
    }
    return found;
}

// ---- rule 2.2 -------------------------------------------------------------------------------

ReasonSet reasons_of_item(const VerdictQuestion& question) {
    ReasonSet reasons;
    if (question.item->status == ItemStatus::stop_sale) reasons.add(Reason::stop_sale);
    if (question.supplier_papers_out) reasons.add(Reason::supplier_papers);
    for (const Block& block : question.blocks) {
        if (covers_whole_item(block)) reasons.add(reason_of(block.kind));
    }
    return reasons;
}

/// The reasons of all batches together if every one of them is blocked; else empty.
ReasonSet reasons_of_every_batch(const VerdictQuestion& question) {
    ReasonSet all;
    for (const Batch* batch : in_verdict(question)) {
        ReasonSet reasons = reasons_of_batch(question, *batch);
        if (reasons.empty()) return {};
        all.add(reasons);
    }
    return all;
}

/// A named batch is refused for its own reasons and the item's: the customer with an expired pack
/// is not told of another batch's recall.
std::optional<Verdict> judge_item(const VerdictQuestion& question, const Found& named) {
    ReasonSet of_item = reasons_of_item(question);
    ReasonSet of_every_batch = reasons_of_every_batch(question);
    if (of_item.empty() && of_every_batch.empty()) return std::nullopt;

    ReasonSet reasons = of_item;
    for (const Batch* batch : named)
        reasons.add(reasons_of_pack(question, *batch));
    if (!named.empty() && !reasons.empty()) return refuse(question, reasons, named);

    reasons.add(of_every_batch);
    reasons.add(reasons_of_unrecorded(question));
    Verdict verdict = refuse(reasons);
    Found batches = in_verdict(question);
    if (question.evidence.names_something()) {
        verdict.basis = named_basis(question);
    } else if (batches.size() == 1) {
        verdict.batch = batches.front()->id;
        verdict.basis = BatchBasis::sole;
    }
    return verdict;
}

// ---- the verify question (rules 2.4, 2.5) ---------------------------------------------------

VerifyChoice choice_of(const VerdictQuestion& question, const Batch& batch) {
    return {batch.id, batch.lot, printed_date_of(batch, *question.item)};
}

/// In date order, those without a date last; one button for batches that nobody could tell apart.
std::vector<VerifyChoice> choices_of(const VerdictQuestion& question, const Found& batches) {
    std::vector<VerifyChoice> choices;
    for (const Batch* batch : batches) {
        if (batch->decision == Decision::returned || batch->decision == Decision::disposed)
            continue;
        VerifyChoice choice = choice_of(question, *batch);
        bool shown = std::any_of(choices.begin(), choices.end(), [&](const VerifyChoice& other) {
            return same_lot(other.lot, choice.lot) && other.date == choice.date;
        });
        if (!shown) choices.push_back(std::move(choice));
    }
    std::sort(choices.begin(), choices.end(), [](const VerifyChoice& a, const VerifyChoice& b) {
        auto key = [](const VerifyChoice& choice) {
            Date day = choice.date ? choice.date->date : Date::max();
            int minute = choice.date ? choice.date->minute.value_or(0) : 0;
            return std::make_tuple(day, minute, choice.lot, choice.batch);
        };
        return key(a) < key(b);
    });
    return choices;
}

enum class Wanted { date, lot };

Verdict ask(const VerdictQuestion& question, const Found& batches, const ReasonSet& why,
            Wanted wanted) {
    Verdict verdict;
    verdict.kind = VerdictKind::verify;
    verdict.choices = choices_of(question, batches);
    verdict.asked_for = why.worst_first();
    verdict.ask_lot = wanted == Wanted::lot;
    return verdict;
}

bool is_safety_finding(const Block& block) { return block.kind != BlockKind::stop_sale; }

/// Rules 2.4a: each recall, quarantine or failed test that names the batch.
ReasonSet findings_of(const VerdictQuestion& question, const Batch& batch) {
    ReasonSet findings;
    if (batch.decision == Decision::recalled) findings.add(Reason::recalled);
    if (batch.decision == Decision::quarantined) findings.add(Reason::quarantined);
    if (batch.test == TestResult::failed) findings.add(Reason::failed_test);
    for (const Block& block : question.blocks) {
        if (is_safety_finding(block) && covers(block, batch, *question.item))
            findings.add(reason_of(block.kind));
    }
    return findings;
}

/// Rules 2.4b. An inspecting delivery is at the door, not on the shelf.
bool has_expired_on_shelf(const VerdictQuestion& question, const Batch& batch) {
    if (batch.decision == Decision::inspecting) return false;
    return age_now(question, identity_of(batch)) == Age::expired;
}

/// What is wrong with packs of this batch that may lie where customers take them.
ReasonSet wrong_on_shelf(const VerdictQuestion& question, const Batch& batch) {
    if (batch.withdrawal_confirmed || is_gone(batch.decision)) return {};
    ReasonSet reasons = findings_of(question, batch);
    if (has_expired_on_shelf(question, batch)) reasons.add(Reason::expired);
    return reasons;
}

/// A finding about a lot or dates that no record matches: packs reach the shelf before the books.
bool is_unmatched(const VerdictQuestion& question, const Block& block) {
    if (block.lifted || block.withdrawal_confirmed || !is_safety_finding(block)) return false;
    return std::none_of(question.batches.begin(), question.batches.end(),
                        [&](const Batch& batch) { return covers(block, batch, *question.item); });
}

/// Why the date has to be read; empty: it need not be.
ReasonSet reasons_to_ask(const VerdictQuestion& question) {
    ReasonSet reasons;
    for (const Batch& batch : question.batches)
        reasons.add(wrong_on_shelf(question, batch));
    for (const Block& block : question.blocks) {
        if (is_unmatched(question, block)) reasons.add(reason_of(block.kind));
    }
    return reasons;
}

/// A date alone cannot clear a pack of a recalled lot that is on no record. Empty: it does.
ReasonSet reasons_to_ask_lot(const VerdictQuestion& question) {
    PackIdentity pack = question.evidence.identity;
    if (!pack.lot.empty() || !question.evidence.batch.empty()) return {};
    ReasonSet reasons;
    for (const Block& block : question.blocks) {
        pack.lot = block.lot;
        bool asks = !block.lot.empty() && is_unmatched(question, block) &&
                    covers(block, pack, *question.item);
        if (asks) reasons.add(reason_of(block.kind));
    }
    return reasons;
}

// ---- rule 2.4: the code does not name the batch ---------------------------------------------

/// Which batch an unnamed pack is taken for: what is released, booked and not known to be away.
void assume_batch(const VerdictQuestion& question, Verdict& verdict) {
    Found on_shelf;
    Found sellable;
    Found sold_out;
    for (const Batch* batch : in_verdict(question)) {
        if (batch->decision != Decision::released || batch->withdrawal_confirmed) continue;
        bool sound = reasons_of_batch(question, *batch).empty();
        if (batch->in_stock) {
            on_shelf.push_back(batch);
            if (sound) sellable.push_back(batch);
        } else if (sound) {
            sold_out.push_back(batch);
        }
    }
    // The books may be behind the shelf (rules 1): a guess lets a recall find the receipt.
    const Batch* first = first_expiring(question, on_shelf.empty() ? sold_out : sellable);
    if (!first) return;
    verdict.batch = first->id;
    verdict.basis = on_shelf.size() == 1 ? BatchBasis::sole : BatchBasis::assumed;
}

bool is_followed_by_date(const VerdictQuestion& question) {
    return question.category->batch_control == BatchControl::date ||
           question.category->batch_control == BatchControl::lot;
}

Verdict judge_unnamed(const VerdictQuestion& question) {
    if (is_followed_by_date(question)) {
        ReasonSet why = reasons_to_ask(question);
        if (!why.empty()) return ask(question, in_verdict(question), why, Wanted::date);
    }
    Verdict verdict;
    verdict.kind = VerdictKind::allow;
    if (question.category->batch_control == BatchControl::none) return verdict;
    assume_batch(question, verdict);
    // Without dates "first-expired of several" means nothing: a delivery is known if it is alone.
    if (!is_followed_by_date(question) && verdict.basis == BatchBasis::assumed) {
        verdict.batch.clear();
        verdict.basis = BatchBasis::none;
    }
    return verdict;
}

// ---- rule 2.3: the code, or the cashier's answer, names the batch ---------------------------

Verdict sell(const ReasonSet& warnings) {
    Verdict verdict;
    verdict.kind = warnings.empty() ? VerdictKind::allow : VerdictKind::warn;
    verdict.reasons = warnings.worst_first();
    return verdict;
}

Verdict judge_unrecorded(const VerdictQuestion& question) {
    ReasonSet reasons = reasons_of_unrecorded(question);
    if (!reasons.empty()) {
        Verdict verdict = refuse(reasons);
        verdict.basis = named_basis(question);
        return verdict;
    }
    ReasonSet warnings;
    bool near = age_now(question, question.evidence.identity) == Age::near_expiry;
    if (near) warnings.add(Reason::near_expiry);
    if (!is_followed_by_date(question)) {
        // Nobody records dates or lots of these goods, so "unrecorded" would be said of all.
        Verdict verdict = sell(warnings);
        Verdict unnamed = judge_unnamed(question);
        verdict.batch = unnamed.batch;
        verdict.basis = unnamed.basis;
        return verdict;
    }
    ReasonSet why = reasons_to_ask_lot(question);
    if (!why.empty()) return ask(question, {}, why, Wanted::lot);
    warnings.add(Reason::unrecorded_batch);
    Verdict verdict = sell(warnings);
    verdict.basis = named_basis(question);
    return verdict;
}

Verdict sell_named(const VerdictQuestion& question, const Found& batches) {
    const Batch* first = first_expiring(question, batches);
    bool lot_unknown = std::any_of(batches.begin(), batches.end(),
                                   [](const Batch* batch) { return batch->lot.empty(); });
    if (lot_unknown) {
        ReasonSet why = reasons_to_ask_lot(question);
        if (!why.empty()) return ask(question, batches, why, Wanted::lot);
    }
    const auto& printed = question.evidence.identity.expiry;
    PackIdentity as_printed = identity_of(*first);
    as_printed.expiry = first_known(printed, as_printed.expiry);
    ReasonSet warnings;
    if (age_now(question, identity_of(*first)) == Age::near_expiry ||
        age_now(question, as_printed) == Age::near_expiry) {
        warnings.add(Reason::near_expiry);
    }
    Verdict verdict = sell(warnings);
    verdict.batch = first->id;
    verdict.basis = basis_of(question, batches);
    return verdict;
}

Verdict judge_named(const VerdictQuestion& question, const Found& named) {
    Found safe;
    Found unsafe;
    ReasonSet reasons;
    for (const Batch* batch : named) {
        ReasonSet of_pack = reasons_of_pack(question, *batch);
        (of_pack.empty() ? safe : unsafe).push_back(batch);
        reasons.add(of_pack);
    }
    if (safe.empty()) return refuse(question, reasons, unsafe);
    // As in 2.4, what is known to be off the shelf, or not yet on it, is no rival of a good batch.
    ReasonSet of_rivals;
    for (const Batch* batch : unsafe) {
        if (batch->withdrawal_confirmed || is_gone(batch->decision)) continue;
        bool at_the_door = batch->decision == Decision::inspecting;
        if (at_the_door && findings_of(question, *batch).empty()) continue;
        of_rivals.add(reasons_of_pack(question, *batch));
    }
    if (of_rivals.empty()) return sell_named(question, safe);

    const PackIdentity& pack = question.evidence.identity;
    bool date_known = pack.production || pack.expiry;
    bool all_is_known = !pack.lot.empty() && date_known;
    if (all_is_known || !question.evidence.batch.empty()) return refuse(question, reasons, unsafe);
    return ask(question, named, of_rivals, date_known ? Wanted::lot : Wanted::date);
}

Verdict judge_known_item(const VerdictQuestion& question) {
    Found named;
    if (question.evidence.names_something()) {
        named = batches_named(question.evidence, question.batches, *question.item);
    }
    if (auto refused = judge_item(question, named)) return *refused;  // rule 2.2
    if (!named.empty()) return judge_named(question, named);          // rule 2.3, on record
    bool identified = !(question.evidence.identity == PackIdentity{});
    if (identified) return judge_unrecorded(question);  // rule 2.3, not on record
    return judge_unnamed(question);                     // rule 2.4
}

}  // namespace

Verdict judge(const VerdictQuestion& question) {
    if (!question.item) return {};  // rule 2.1
    FANGXIN_CHECK(question.category);
    Verdict verdict = judge_known_item(question);
    if (question.clock_unknown) {  // rule 3: no sale before a manager has said what day it is
        if (verdict.kind != VerdictKind::block) verdict.reasons.clear();
        verdict.choices.clear();
        verdict.asked_for.clear();
        verdict.ask_lot = false;
        verdict.kind = VerdictKind::block;
        verdict.reasons.push_back(Reason::clock_unknown);  // the last of those that block
        return verdict;
    }
    if (is_sold(verdict.kind) && question.category->minimum_age &&
        !question.age_confirmed) {  // rule 2.7
        verdict.kind = VerdictKind::warn;
        verdict.reasons.push_back(Reason::age_check);  // the last of all
    }
    return verdict;
}

}  // namespace fangxin::domain
