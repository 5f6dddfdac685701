// The verdict (SAFE-2, SAFE-3, rules 2): may this pack be sold, now? THE place where it is decided.
// Pure: everything it looks at is in the question, so it gives the same answer on a till, on the
// server, in a payment's transaction and in a test. Any thread.
#pragma once

#include "domain/batch.hpp"
#include "domain/goods.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::domain {

enum class VerdictKind { allow, warn, verify, block, unknown };
template <>
struct EnumTable<VerdictKind> {
    static constexpr std::array rows{
        EnumText{VerdictKind::allow, "allow"}, EnumText{VerdictKind::warn, "warn"},
        EnumText{VerdictKind::verify, "verify"}, EnumText{VerdictKind::block, "block"},
        EnumText{VerdictKind::unknown, "unknown"}};
};

/// It may be sold: at once, or with a warning.
constexpr bool is_sold(VerdictKind kind) {
    return kind == VerdictKind::allow || kind == VerdictKind::warn;
}

/// In the order in which a cashier is told, worst first.
enum class Reason {
    recalled,
    expired,
    quarantined,
    failed_test,
    stop_sale,
    withdrawn,
    not_released,
    private_brand_uninspected,
    supplier_papers,
    clock_unknown,
    near_expiry,
    unrecorded_batch,
    age_check
};
template <>
struct EnumTable<Reason> {
    static constexpr std::array rows{
        EnumText{Reason::recalled, "recalled"},
        EnumText{Reason::expired, "expired"},
        EnumText{Reason::quarantined, "quarantined"},
        EnumText{Reason::failed_test, "failed_test"},
        EnumText{Reason::stop_sale, "stop_sale"},
        EnumText{Reason::withdrawn, "withdrawn"},
        EnumText{Reason::not_released, "not_released"},
        EnumText{Reason::private_brand_uninspected, "private_brand_uninspected"},
        EnumText{Reason::supplier_papers, "supplier_papers"},
        EnumText{Reason::clock_unknown, "clock_unknown"},
        EnumText{Reason::near_expiry, "near_expiry"},
        EnumText{Reason::unrecorded_batch, "unrecorded_batch"},
        EnumText{Reason::age_check, "age_check"}};
};

/// How surely a line knows its batch.
enum class BatchBasis { none, coded, read, sole, assumed };
template <>
struct EnumTable<BatchBasis> {
    static constexpr std::array rows{
        EnumText{BatchBasis::none, "none"}, EnumText{BatchBasis::coded, "coded"},
        EnumText{BatchBasis::read, "read"}, EnumText{BatchBasis::sole, "sole"},
        EnumText{BatchBasis::assumed, "assumed"}};
};

/// The batch was on the code or read off the pack (rules 2, last paragraph): it may be printed, and
/// a recall's trace counts the receipt as certain.
constexpr bool is_certain(BatchBasis basis) {
    return basis == BatchBasis::coded || basis == BatchBasis::read;
}

/// What is known of the pack in hand: from its code, or from the cashier's answer to `verify`.
/// Answers add up: the lot that is asked after a date joins the date. A line keeps its evidence and
/// is judged again by the same, so that what came later (a recall) can ask about it.
struct PackEvidence {
    PackIdentity identity;
    /// The cashier read it (rules 2.5) rather than the code carrying it.
    bool read_by_person = false;
    /// A batch id, only where one was picked or a code carries it; never a verdict's `sole` or
    /// `assumed` batch, which would make a guess look like a fact.
    std::string batch;
    bool names_something() const {
        return !identity.lot.empty() || identity.production || identity.expiry || !batch.empty();
    }
    bool operator==(const PackEvidence&) const = default;
};

struct VerdictQuestion {
    const Item* item = nullptr;          ///< null: the code is unknown
    const Category* category = nullptr;  ///< never null when item is set
    std::span<const Batch> batches;      ///< of the item
    std::span<const Block> blocks;       ///< of the item, lifted ones may be among them
    PackEvidence evidence;
    StoreTime now;
    bool clock_unknown = false;        ///< rules 3: a jump that no manager has confirmed
    bool supplier_papers_out = false;  ///< set only where the shop blocks at the till for it
    bool age_confirmed = false;        ///< the basket's age question was answered
};

/// One button of the verify question; blocked ones look like the others.
struct VerifyChoice {
    std::string batch;
    std::string lot;
    std::optional<DayMinute> date;  ///< production or expiry, as the category prints it
};

/// The evidence that picking a choice gives.
PackEvidence picked(const VerifyChoice& choice, const Item& item);

struct Verdict {
    VerdictKind kind = VerdictKind::unknown;
    std::vector<Reason> reasons;  ///< worst first
    std::string batch;            ///< id, empty if none is known
    BatchBasis basis = BatchBasis::none;
    std::vector<VerifyChoice> choices;  ///< for verify, in date order
    /// verify: what is wrong with those packs of the item that are asked about, worst first.
    std::vector<Reason> asked_for;
    /// verify: a date was given that does not tell good packs from bad ones; the lot is asked too.
    bool ask_lot = false;
};

Verdict judge(const VerdictQuestion& question);

/// The date that a cashier keyed as MMDD (rules 2.5), of the kind that the item prints: the nearest
/// that fits. It fits if a batch in the verdict has it, else if a production date is not to come:
/// in November `0110` on a can is last January, and not a batch of next January that nobody knows.
std::optional<Date> date_keyed(std::string_view mmdd, const VerdictQuestion& question);

}  // namespace fangxin::domain
