#include "domain/delivery.hpp"

#include "domain/lot.hpp"

#include <algorithm>

namespace fangxin::domain {

bool has_lots(const Category& category) { return category.batch_control == BatchControl::lot; }

bool has_dates(const Category& category) {
    return category.batch_control == BatchControl::date || has_lots(category);
}

std::optional<DateRefusal> impossible_dates(const PackIdentity& pack, Date today) {
    constexpr auto longest_life = std::chrono::days(20 * 366);
    const auto& [lot, production, expiry] = pack;
    if (production && production->date > today) {
        return DateRefusal{DoorRefusal::production_to_come, production};
    }
    if (production && production->date < today - longest_life) {
        return DateRefusal{DoorRefusal::bad_date, production};
    }
    const bool turned = production && expiry && expiry->date < production->date;
    const bool far =
        expiry && (expiry->date > today + longest_life || expiry->date < today - longest_life);
    if (turned || far) return DateRefusal{DoorRefusal::bad_date, expiry};
    return std::nullopt;
}

std::optional<DateRefusal> refused_dates(const PackIdentity& pack, const Item& item,
                                         const Category& category, const StoreTime& now) {
    if (auto wrong = impossible_dates(pack, now.date())) return wrong;
    if (pack.expiry && is_past(*pack.expiry, now)) {
        return DateRefusal{DoorRefusal::batch_expired, pack.expiry};
    }
    if (has_dates(category) && item.shelf_life && !pack.expiry) {
        return DateRefusal{DoorRefusal::date_wanted, std::nullopt};
    }
    return std::nullopt;
}

std::optional<DoorRefusal> refused_lot(std::string_view lot, const Category& category) {
    if (!lot.empty() && !is_lot(lot)) return DoorRefusal::bad_lot;
    if (lot.empty() && has_lots(category)) return DoorRefusal::lot_wanted;
    return std::nullopt;
}

std::optional<DoorRefusal> refused_quantity(std::int64_t milli) {
    const bool is_fine = milli > 0 && milli <= most_delivered_milli;
    return is_fine ? std::nullopt : std::optional(DoorRefusal::quantity_out_of_range);
}

const SupplierPaper* paper_run_out(std::span<const SupplierPaper> papers, Date today) {
    const auto has_run_out = [&](const SupplierPaper& paper) {
        return paper.until && *paper.until < today;
    };
    const auto found = std::ranges::find_if(papers, has_run_out);
    return found == papers.end() ? nullptr : &*found;
}

std::optional<std::int64_t> life_used_percent(const PackIdentity& pack, const StoreTime& now) {
    if (!pack.production || !pack.expiry) return std::nullopt;
    constexpr std::int64_t day_minutes = 24LL * 60;
    const bool by_minute = pack.expiry->minute.has_value();
    const std::int64_t life_days = (pack.expiry->date - pack.production->date).count();
    std::int64_t life = life_days * day_minutes;
    std::int64_t used = (now.date() - pack.production->date).count() * day_minutes;
    if (by_minute) {
        life += *pack.expiry->minute - pack.production->minute.value_or(0);
        used += now.minute_of_day() - pack.production->minute.value_or(0);
    }
    if (life <= 0) return std::nullopt;
    return std::max<std::int64_t>(0, used) * 100 / life;
}

std::int64_t most_life_used_percent(const Category& category) {
    constexpr std::int64_t one_third = 33;
    return category.share_of_life_percent.value_or(one_third);
}

bool has_used_too_much_life(const PackIdentity& pack, const Category& category,
                            const StoreTime& now) {
    const auto used = life_used_percent(pack, now);
    return used && *used > most_life_used_percent(category);
}

}  // namespace fangxin::domain
