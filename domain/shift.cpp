#include "domain/shift.hpp"

#include <algorithm>

namespace fangxin::domain {

std::int64_t ShiftSums::tendered_fen() const {
    std::int64_t sum = 0;
    for (const TenderTotal& each : tenders)
        sum += each.amount_fen;
    return sum;
}

void add_tender(ShiftSums& sums, TenderKind kind, std::int64_t amount_fen) {
    auto at = std::ranges::lower_bound(sums.tenders, kind, {}, &TenderTotal::kind);
    if (at == sums.tenders.end() || at->kind != kind) at = sums.tenders.insert(at, {.kind = kind});
    ++at->count;
    at->amount_fen += amount_fen;
}

std::int64_t expected_cash(const ShiftSums& sums, std::int64_t float_fen) {
    std::int64_t cash = float_fen + sums.paid_in_fen - sums.paid_out_fen - sums.dropped_fen;
    for (const TenderTotal& each : sums.tenders) {
        if (each.kind == TenderKind::cash) cash += each.amount_fen;
    }
    return cash;
}

Date business_day(const StoreTime& now, int turns_at_hour,
                  const std::function<bool(Date)>& is_closed) {
    constexpr int minutes_an_hour = 60;
    constexpr int most_days = 31;
    const bool is_night = now.minute_of_day() < turns_at_hour * minutes_an_hour;
    Date day = is_night ? now.date() - std::chrono::days(1) : now.date();
    for (int i = 0; i < most_days && is_closed(day); ++i)
        day += std::chrono::days(1);
    return day;
}

}  // namespace fangxin::domain
