#include "domain/batch.hpp"

#include "domain/lot.hpp"

#include <algorithm>

namespace fangxin::domain {

namespace {

constexpr std::int64_t minutes_per_day = 24 * 60;

bool in_range(const Block& block, const std::optional<DayMinute>& day) {
    return day && (!block.from || day->date >= *block.from) &&
           (!block.to || day->date <= *block.to);
}

/// A pack that prints one date is recalled by the other all the same.
bool unprinted_date_matches(const Block& block, const PackIdentity& pack, const Item& item) {
    if (!item.shelf_life) return false;
    if (!pack.expiry) return in_range(block, expiry_from(*pack.production, *item.shelf_life));
    if (pack.production) return false;
    DateSpan made = productions_of(*pack.expiry, *item.shelf_life);
    return (!block.from || made.last >= *block.from) && (!block.to || made.first <= *block.to);
}

bool dates_match(const Block& block, const PackIdentity& pack, const Item& item) {
    if (!block.from && !block.to) return true;
    // Nothing known: it may be in the range, and stopping a good pack is the smaller harm.
    if (!pack.production && !pack.expiry) return true;
    return in_range(block, pack.production) || in_range(block, pack.expiry) ||
           unprinted_date_matches(block, pack, item);
}

Life life_of_item(const ShelfLife& life, bool by_minute) {
    if (life.unit == LifeUnit::hours) return {life.amount * 60, minutes_per_day};
    // Months as a share of 365 days, so that 12 months are "≥ 1 year" and 3 are "≥ 90 days" in
    // SAFE-5 whichever months they run through (February to May is 89 days).
    std::int64_t count = life.unit == LifeUnit::months ? life.amount * 365 / 12 : life.amount;
    if (by_minute) return {count * minutes_per_day, minutes_per_day};
    return {count, 1};
}

std::int64_t tier_window(const Life& life) {
    for (const NearExpiryTier& tier : near_expiry_tiers) {
        if (life.amount / life.per_day >= tier.life_days_at_least) {
            return tier.days_before * life.per_day;
        }
    }
    std::int64_t quarter = life.amount / 4;
    return life.per_day == 1 ? std::max<std::int64_t>(quarter, 1) : quarter;
}

std::int64_t window_of(const Life& life, std::optional<std::int64_t> category_days) {
    std::int64_t window = category_days ? std::max<std::int64_t>(*category_days, 0) * life.per_day
                                        : tier_window(life);
    return std::min(window, life.amount / 2);
}

}  // namespace

std::optional<Life> life_of(const PackIdentity& pack, const DayMinute& expiry, const Item& item) {
    bool by_minute = expiry.minute.has_value();
    bool as_item = item.shelf_life &&
                   (!pack.production || expiry == expiry_from(*pack.production, *item.shelf_life));
    if (as_item) return life_of_item(*item.shelf_life, by_minute);
    if (!pack.production) return std::nullopt;
    // The label's own dates win over the item's record: makers change recipes and lives.
    std::int64_t whole_days = (expiry.date - pack.production->date).count();
    if (!by_minute) return Life{std::max<std::int64_t>(whole_days, 0), 1};
    std::int64_t minutes =
        whole_days * minutes_per_day + *expiry.minute - pack.production->minute.value_or(0);
    return Life{std::max<std::int64_t>(minutes, 0), minutes_per_day};
}

std::int64_t left_of(const Life& life, const DayMinute& expiry, const StoreTime& now) {
    std::int64_t days_left = (expiry.date - now.date()).count();
    if (life.per_day == 1) return days_left;
    return days_left * minutes_per_day + expiry.minute.value_or(minutes_per_day) -
           now.minute_of_day();
}

bool is_gone(Decision decision) {
    return decision == Decision::withdrawn || decision == Decision::returned ||
           decision == Decision::disposed;
}

PackIdentity identity_of(const Batch& batch) { return {batch.lot, batch.production, batch.expiry}; }

bool is_in_verdict(const Batch& batch) { return !batch.withdrawal_confirmed || batch.in_stock; }

bool covers_whole_item(const Block& block) {
    return !block.lifted && block.batch.empty() && block.lot.empty() && !block.from && !block.to;
}

bool covers(const Block& block, const Batch& batch, const Item& item) {
    if (block.lifted) return false;
    if (!block.batch.empty()) return block.batch == batch.id;
    if (block.item != batch.item) return false;
    if (!block.lot.empty() && !same_lot(block.lot, batch.lot)) return false;
    return dates_match(block, identity_of(batch), item);
}

bool covers(const Block& block, const PackIdentity& pack, const Item& item) {
    if (block.lifted) return false;
    if (covers_whole_item(block)) return true;
    if (!block.lot.empty()) {
        return same_lot(block.lot, pack.lot) && dates_match(block, pack, item);
    }
    if (!block.from && !block.to) return false;
    bool says_something = !pack.lot.empty() || pack.production || pack.expiry;
    return says_something && dates_match(block, pack, item);
}

Decision decision_in_force(const Batch& batch, std::span<const Block> blocks, const Item& item) {
    Decision decision = batch.decision;
    for (const Block& block : blocks) {
        if (block.item != batch.item || !covers(block, batch, item)) continue;
        if (block.kind == BlockKind::recall) return Decision::recalled;
        if (block.kind == BlockKind::quarantine) decision = Decision::quarantined;
    }
    return decision;
}

WithdrawalCause withdrawal_cause(const Batch& batch, const BatchStanding& standing, Date today) {
    if (batch.withdrawal_confirmed || is_gone(batch.decision)) return WithdrawalCause::none;
    if (standing.decision == Decision::recalled) return WithdrawalCause::recalled;
    if (standing.decision == Decision::quarantined) return WithdrawalCause::quarantined;
    if (batch.test == TestResult::failed) return WithdrawalCause::failed_test;
    if (standing.age == Age::expired) return WithdrawalCause::expired;
    bool last_day = standing.expiry && standing.expiry->date == today && batch.in_stock;
    return last_day ? WithdrawalCause::last_day : WithdrawalCause::none;
}

std::optional<DayMinute> expiry_of(const PackIdentity& pack, const Item& item) {
    if (pack.expiry) return pack.expiry;
    if (pack.production && item.shelf_life) return expiry_from(*pack.production, *item.shelf_life);
    return std::nullopt;
}

std::optional<DayMinute> expiry_of(const Batch& batch, const Item& item) {
    return expiry_of(identity_of(batch), item);
}

std::optional<DayMinute> printed_date_of(const Batch& batch, const Item& item) {
    return item.date_printed == DatePrinted::production ? batch.production : expiry_of(batch, item);
}

Age age_of(const PackIdentity& pack, const Item& item, std::optional<std::int64_t> category_days,
           const StoreTime& now) {
    auto expiry = expiry_of(pack, item);
    if (!expiry) return Age::fresh;
    if (is_past(*expiry, now)) return Age::expired;
    auto life = life_of(pack, *expiry, item);
    if (life) {
        bool near = left_of(*life, *expiry, now) <= window_of(*life, category_days);
        return near ? Age::near_expiry : Age::fresh;
    }
    if (!category_days) return Age::fresh;
    bool near = left_of({}, *expiry, now) <= std::max<std::int64_t>(*category_days, 0);
    return near ? Age::near_expiry : Age::fresh;
}

Age age_of(const Batch& batch, const Item& item, std::optional<std::int64_t> category_days,
           const StoreTime& now) {
    return age_of(identity_of(batch), item, category_days, now);
}

}  // namespace fangxin::domain
