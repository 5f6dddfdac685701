// What may come in at the door (RECV-1, RECV-2, RECV-6): dates, lot, quantity, supplier papers and
// remaining life of a delivery. Asked by the page on which each is answered, and again by the work
// that books it. Pure; any thread.
#pragma once

#include "domain/batch.hpp"
#include "domain/enum_text.hpp"
#include "domain/goods.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace fangxin::domain {

enum class DoorRefusal {
    production_to_come,
    bad_date,
    batch_expired,
    date_wanted,
    lot_wanted,
    bad_lot,
    quantity_out_of_range
};
template <>
struct EnumTable<DoorRefusal> {
    static constexpr std::array rows{
        EnumText{DoorRefusal::production_to_come, "production_to_come"},
        EnumText{DoorRefusal::bad_date, "bad_date"},
        EnumText{DoorRefusal::batch_expired, "batch_expired"},
        EnumText{DoorRefusal::date_wanted, "date_wanted"},
        EnumText{DoorRefusal::lot_wanted, "lot_wanted"},
        EnumText{DoorRefusal::bad_lot, "bad_lot"},
        EnumText{DoorRefusal::quantity_out_of_range, "quantity_out_of_range"}};
};

/// Whether the goods are followed by a date that their packs bear; `lot` goods are besides.
bool has_dates(const Category& category);
bool has_lots(const Category& category);

/// `date` is the one that is wrong, where it is one.
struct DateRefusal {
    DoorRefusal why = DoorRefusal::bad_date;
    std::optional<DayMinute> date;
};
/// Dates that no pack can have: to come, before production, twenty years away.
std::optional<DateRefusal> impossible_dates(const PackIdentity& pack, Date today);
/// These, and goods that have expired, or whose category follows them by date and of which no date
/// is known; an expiry where the item has a life on record, else either date.
std::optional<DateRefusal> refused_dates(const PackIdentity& pack, const Item& item,
                                         const Category& category, const StoreTime& now);
std::optional<DoorRefusal> refused_lot(std::string_view lot, const Category& category);

/// Ten million pieces or kilograms, in thousandths: a slip of the finger.
inline constexpr std::int64_t most_delivered_milli = 10'000'000'000;
std::optional<DoorRefusal> refused_quantity(std::int64_t milli);

/// The first of a supplier's papers that has run out; null if all are in order.
const SupplierPaper* paper_run_out(std::span<const SupplierPaper> papers, Date today);

/// How much of its life a pack has used up, in whole percent rounded down, to be shown; nothing
/// where neither its dates nor the item's record say how long it lives.
std::optional<std::int64_t> life_used_percent(const PackIdentity& pack, const Item& item,
                                              const StoreTime& now);
/// RECV-6: what of its life goods may have used up at the door, one third unless the category says
/// otherwise; in whole percent rounded down, to be shown.
std::int64_t most_life_used_percent(const Category& category);
/// By the share itself and not by rounded percents: a third of 365 days ends with day 121.
bool has_used_too_much_life(const PackIdentity& pack, const Item& item, const Category& category,
                            const StoreTime& now);

}  // namespace fangxin::domain
