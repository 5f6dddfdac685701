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
    // Where the life is known, so is the expiry with any one date; where it is not, a production
    // date alone tells packs apart (rules 1).
    const bool dated = pack.expiry || (pack.production && !item.shelf_life);
    if (has_dates(category) && !dated) return DateRefusal{DoorRefusal::date_wanted, std::nullopt};
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

namespace {

/// In days or in minutes, both alike.
struct LifeUsed {
    std::int64_t used = 0;
    std::int64_t life = 0;
};

/// Of a life from one printed date to the other.
LifeUsed used_between(const PackIdentity& pack, const StoreTime& now) {
    constexpr std::int64_t day_minutes = 24LL * 60;
    const bool by_minute = pack.expiry->minute.has_value();
    const std::int64_t life_days = (pack.expiry->date - pack.production->date).count();
    LifeUsed minutes{.used = (now.date() - pack.production->date).count() * day_minutes,
                     .life = life_days * day_minutes};
    if (by_minute) {
        minutes.life += *pack.expiry->minute - pack.production->minute.value_or(0);
        minutes.used += now.minute_of_day() - pack.production->minute.value_or(0);
    }
    return minutes;
}

std::optional<LifeUsed> life_used(const PackIdentity& pack, const Item& item,
                                  const StoreTime& now) {
    const auto expiry = expiry_of(pack, item);
    if (!expiry) return std::nullopt;
    LifeUsed share;
    if (pack.production && pack.expiry) {
        share = used_between(pack, now);
    } else if (const auto life = life_of(pack, *expiry, item)) {
        share = {.used = life->amount - left_of(*life, *expiry, now), .life = life->amount};
    }
    if (share.life <= 0) return std::nullopt;
    share.used = std::max<std::int64_t>(0, share.used);
    return share;
}

}  // namespace

std::optional<std::int64_t> life_used_percent(const PackIdentity& pack, const Item& item,
                                              const StoreTime& now) {
    const auto share = life_used(pack, item, now);
    if (!share) return std::nullopt;
    return share->used * 100 / share->life;
}

std::int64_t most_life_used_percent(const Category& category) {
    constexpr std::int64_t one_third = 33;
    return category.share_of_life_percent.value_or(one_third);
}

bool has_used_too_much_life(const PackIdentity& pack, const Item& item, const Category& category,
                            const StoreTime& now) {
    const auto share = life_used(pack, item, now);
    if (!share) return false;
    const auto& most = category.share_of_life_percent;
    if (most) return share->used * 100 > *most * share->life;
    return share->used * 3 > share->life;  // of 365 days a third is 121, 33 % would be 120
}

}  // namespace fangxin::domain
