// A batch (批次): what the shop knows of the packs that share a lot, a date or a delivery
// (SAFE-1, rules 1). Two axes, never mixed: the decision is made by people or rules and stored;
// the age is computed from the clock and stored nowhere.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"
#include "domain/goods.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace fangxin::domain {

enum class Decision { inspecting, released, quarantined, recalled, withdrawn, returned, disposed };
template <>
struct EnumTable<Decision> {
    static constexpr std::array rows{
        EnumText{Decision::inspecting, "inspecting"},   EnumText{Decision::released, "released"},
        EnumText{Decision::quarantined, "quarantined"}, EnumText{Decision::recalled, "recalled"},
        EnumText{Decision::withdrawn, "withdrawn"},     EnumText{Decision::returned, "returned"},
        EnumText{Decision::disposed, "disposed"}};
};

/// The packs have left the shelf for good: withdrawn, returned or disposed of.
bool is_gone(Decision decision);

enum class Age { fresh, near_expiry, expired };
template <>
struct EnumTable<Age> {
    static constexpr std::array rows{EnumText{Age::fresh, "fresh"},
                                     EnumText{Age::near_expiry, "near_expiry"},
                                     EnumText{Age::expired, "expired"}};
};

enum class TestResult { none, passed, failed };
template <>
struct EnumTable<TestResult> {
    static constexpr std::array rows{EnumText{TestResult::none, "none"},
                                     EnumText{TestResult::passed, "passed"},
                                     EnumText{TestResult::failed, "failed"}};
};

/// `not_private` for goods that do not bear the shop's own name.
enum class PrivateBrandInspection { not_private, passed, pending, failed };
template <>
struct EnumTable<PrivateBrandInspection> {
    static constexpr std::array rows{EnumText{PrivateBrandInspection::not_private, ""},
                                     EnumText{PrivateBrandInspection::passed, "passed"},
                                     EnumText{PrivateBrandInspection::pending, "pending"},
                                     EnumText{PrivateBrandInspection::failed, "failed"}};
};

struct Batch {
    std::string id;
    std::string item;
    std::string lot;
    std::optional<DayMinute> production;
    std::optional<DayMinute> expiry;  ///< as printed, or computed from production and shelf life
    std::optional<Date> received;
    std::string supplier;
    Decision decision = Decision::inspecting;
    TestResult test = TestResult::none;
    PrivateBrandInspection private_brand = PrivateBrandInspection::not_private;
    /// A handheld has confirmed that no pack of it is left where a customer could take it.
    bool withdrawal_confirmed = false;
    /// Booked stock is above zero. Tills hold this bit instead of the stock itself.
    bool in_stock = true;
};

/// False once no pack of it can turn up at a till: off the shelf, confirmed, and nothing booked
/// (rules 1). What a code names exactly is judged all the same.
bool is_in_verdict(const Batch& batch);

enum class BlockKind { recall, quarantine, failed_test, stop_sale };
template <>
struct EnumTable<BlockKind> {
    static constexpr std::array rows{EnumText{BlockKind::recall, "recall"},
                                     EnumText{BlockKind::quarantine, "quarantine"},
                                     EnumText{BlockKind::failed_test, "failed_test"},
                                     EnumText{BlockKind::stop_sale, "stop_sale"}};
};

enum class RecallLevel { none, I, II, III };
template <>
struct EnumTable<RecallLevel> {
    static constexpr std::array rows{EnumText{RecallLevel::none, ""}, EnumText{RecallLevel::I, "I"},
                                     EnumText{RecallLevel::II, "II"},
                                     EnumText{RecallLevel::III, "III"}};
};

/// A block travels in its own lane, ahead of everything, and may name lots and dates that the shop
/// has no batch of. It covers: one batch (`batch`), a lot (`lot`), packs whose printed date lies
/// in `from`..`to` (either end may be open), or with none of these the whole item.
struct Block {
    std::string id;
    BlockKind kind = BlockKind::recall;
    std::string item;
    std::string batch;
    std::string lot;
    std::optional<Date> from;
    std::optional<Date> to;
    RecallLevel level = RecallLevel::none;
    std::string reason;
    std::string made_by;
    std::int64_t made_at_ms = 0;
    bool withdrawal_confirmed = false;
    bool lifted = false;
};

/// What a pack says of itself.
struct PackIdentity {
    std::string lot;
    std::optional<DayMinute> production;
    std::optional<DayMinute> expiry;
    bool operator==(const PackIdentity&) const = default;
};
PackIdentity identity_of(const Batch& batch);

/// True if the block is in force and names neither batch, lot nor dates.
bool covers_whole_item(const Block& block);
/// True if the block is in force for this batch, which is of `item`. Dates match if the production
/// or the expiry date lies in the range, since a notice does not say which of them it means; the
/// one that is not known is computed from the item's shelf life, and where neither is known the
/// batch is taken to match a range of dates, never a lot. Lots as same_lot() compares them.
bool covers(const Block& block, const Batch& batch, const Item& item);
/// True if the block is in force for a pack of the block's item that is on no record: a block of
/// one batch counts by the lot and dates that it carries besides. A pack that says nothing of
/// itself is covered by blocks of the whole item only.
bool covers(const Block& block, const PackIdentity& pack, const Item& item);

/// The decision as people see it: a recall in force outranks a quarantine, and both outrank what
/// was decided of the batch and comes back when they are lifted. `blocks` of the batch's item.
Decision decision_in_force(const Batch& batch, std::span<const Block> blocks, const Item& item);

/// Why somebody has to take the packs off the shelf, worst first.
enum class WithdrawalCause { none, recalled, quarantined, failed_test, expired, last_day };
template <>
struct EnumTable<WithdrawalCause> {
    static constexpr std::array rows{EnumText{WithdrawalCause::none, ""},
                                     EnumText{WithdrawalCause::recalled, "recalled"},
                                     EnumText{WithdrawalCause::quarantined, "quarantined"},
                                     EnumText{WithdrawalCause::failed_test, "failed_test"},
                                     EnumText{WithdrawalCause::expired, "expired"},
                                     EnumText{WithdrawalCause::last_day, "last_day"}};
};

/// What follows for a batch today from its blocks, its item and the clock.
struct BatchStanding {
    Decision decision = Decision::released;  ///< decision_in_force()
    Age age = Age::fresh;
    std::optional<DayMinute> expiry;  ///< expiry_of()
};
/// None once that is confirmed or the packs are gone; the last day (SAFE-5) counts only while stock
/// is booked.
WithdrawalCause withdrawal_cause(const Batch& batch, const BatchStanding& standing, Date today);

/// SAFE-5: the day count before expiry at which goods of this life are near expiry.
struct NearExpiryTier {
    std::int64_t life_days_at_least;
    std::int64_t days_before;
};
inline constexpr std::array near_expiry_tiers{NearExpiryTier{365, 45}, NearExpiryTier{180, 20},
                                              NearExpiryTier{90, 15}, NearExpiryTier{30, 10},
                                              NearExpiryTier{16, 5}};

/// As recorded or printed; else production + the item's shelf life; else none.
std::optional<DayMinute> expiry_of(const Batch& batch, const Item& item);
std::optional<DayMinute> expiry_of(const PackIdentity& pack, const Item& item);

/// The date that the item's pack shows (`date_printed`), as far as the batch knows it.
std::optional<DayMinute> printed_date_of(const Batch& batch, const Item& item);

/// How long goods live: in days, or where they live by the minute in minutes.
struct Life {
    std::int64_t amount = 0;
    std::int64_t per_day = 1;
};
/// By the pack's own dates, else by the item's record; nothing if neither says it.
std::optional<Life> life_of(const PackIdentity& pack, const DayMinute& expiry, const Item& item);
/// What is left until `expiry`, in days or minutes as `life` is; below zero once it is past.
std::int64_t left_of(const Life& life, const DayMinute& expiry, const StoreTime& now);

/// Near expiry from N days before the expiry date on: expiry date − N ≤ today.
///     life     N                        expiry 2026-11-23 is near expiry from
///     12 m     45                       2026-10-09
///     7 d      a quarter, 1             2026-11-22
///     24 h     a quarter, 360 minutes   six hours before its minute
/// `category_days` replaces the tier's N. N is never more than half the life (rules 1), rounded
/// down to days, for lives in hours (or with a minute on the pack) to minutes. Where neither dates
/// nor item tell the life, only `category_days` makes goods near expiry.
Age age_of(const Batch& batch, const Item& item, std::optional<std::int64_t> category_days,
           const StoreTime& now);
Age age_of(const PackIdentity& pack, const Item& item, std::optional<std::int64_t> category_days,
           const StoreTime& now);

}  // namespace fangxin::domain
