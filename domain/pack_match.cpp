#include "domain/pack_match.hpp"

#include "domain/lot.hpp"

#include <algorithm>

namespace fangxin::domain {

namespace {

using Found = std::vector<const Batch*>;

enum class DateMatch { nothing_to_compare, differs, partly, same };

/// Minutes count only where both sides have them: a label with AI 7003 is also found by a record
/// that was keyed with the day alone.
bool same_day_minute(const DayMinute& one, const DayMinute& other) {
    if (one.date != other.date) return false;
    return !one.minute || !other.minute || *one.minute == *other.minute;
}

DateMatch compare_dates(const PackIdentity& pack, const Batch& batch, const Item& item) {
    int compared = 0;
    int equal = 0;
    auto compare = [&](const std::optional<DayMinute>& one, const std::optional<DayMinute>& other) {
        if (!one || !other) return;
        ++compared;
        if (same_day_minute(*one, *other)) ++equal;
    };
    compare(pack.production, batch.production);
    compare(pack.expiry, batch.expiry);
    if (compared == 0) compare(expiry_of(pack, item), expiry_of(batch, item));
    if (compared == 0) return DateMatch::nothing_to_compare;
    if (equal == compared) return DateMatch::same;
    return equal > 0 ? DateMatch::partly : DateMatch::differs;
}

/// Those of the pack's date. A pack that agrees in one date and not in the other is still taken for
/// the batch if nothing fits better: a mistyped record must not hide a recall.
Found of_date(const Found& among, const PackIdentity& pack, const Item& item) {
    for (DateMatch wanted : {DateMatch::same, DateMatch::partly}) {
        Found found;
        for (const Batch* batch : among) {
            if (compare_dates(pack, *batch, item) == wanted) found.push_back(batch);
        }
        if (!found.empty()) return found;
    }
    return {};
}

Found of_lot(const Found& among, std::string_view lot) {
    Found found;
    for (const Batch* batch : among) {
        if (same_lot(batch->lot, lot)) found.push_back(batch);
    }
    return found;
}

/// What can turn up at a till first, the rest only if nothing of that fits.
template <class Find>
Found in_verdict_first(std::span<const Batch> batches, Find find) {
    for (bool in_verdict : {true, false}) {
        Found pool;
        for (const Batch& batch : batches) {
            if (is_in_verdict(batch) == in_verdict) pool.push_back(&batch);
        }
        Found found = find(pool);
        if (!found.empty()) return found;
    }
    return {};
}

Found picked_batch(const PackEvidence& evidence, std::span<const Batch> batches) {
    auto chosen = std::find_if(batches.begin(), batches.end(),
                               [&](const Batch& batch) { return batch.id == evidence.batch; });
    if (chosen == batches.end()) return {};
    if (!evidence.read_by_person) return {&*chosen};
    Found found;
    for (const Batch& batch : batches) {
        bool twin = is_in_verdict(batch) && look_the_same(batch, *chosen);
        if (batch.id == chosen->id || twin) found.push_back(&batch);
    }
    return found;
}

bool is_on_record(Date date, const VerdictQuestion& question) {
    return std::any_of(question.batches.begin(), question.batches.end(), [&](const Batch& batch) {
        auto printed = printed_date_of(batch, *question.item);
        return is_in_verdict(batch) && printed && printed->date == date;
    });
}

}  // namespace

PackEvidence picked(const VerifyChoice& choice, const Item& item) {
    PackEvidence evidence;
    evidence.batch = choice.batch;
    evidence.identity.lot = choice.lot;
    evidence.read_by_person = true;
    auto& date = item.date_printed == DatePrinted::production ? evidence.identity.production
                                                              : evidence.identity.expiry;
    date = choice.date;
    return evidence;
}

std::optional<Date> date_keyed(std::string_view mmdd, const VerdictQuestion& question) {
    Date today = question.now.date();
    std::vector<Date> dates = dates_of_month_day(mmdd, today);
    for (Date date : dates) {
        if (is_on_record(date, question)) return date;
    }
    for (Date date : dates) {
        if (question.item->date_printed != DatePrinted::production || date <= today) return date;
    }
    return std::nullopt;
}

bool look_the_same(const Batch& one, const Batch& other) {
    return same_lot(one.lot, other.lot) && one.production == other.production &&
           one.expiry == other.expiry;
}

std::vector<const Batch*> batches_named(const PackEvidence& evidence,
                                        std::span<const Batch> batches, const Item& item) {
    if (!evidence.batch.empty()) {
        Found found = picked_batch(evidence, batches);
        if (!found.empty()) return found;
    }
    const PackIdentity& pack = evidence.identity;
    auto by_date = [&](const Found& pool) { return of_date(pool, pack, item); };
    if (pack.lot.empty()) return in_verdict_first(batches, by_date);
    Found same_lot =
        in_verdict_first(batches, [&](const Found& pool) { return of_lot(pool, pack.lot); });
    if (same_lot.empty()) {
        return in_verdict_first(batches,
                                [&](const Found& pool) { return by_date(of_lot(pool, "")); });
    }
    Found same_date = by_date(same_lot);
    return same_date.empty() ? same_lot : same_date;
}

}  // namespace fangxin::domain
