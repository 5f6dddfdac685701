#include "domain/fault.hpp"

#include <algorithm>

namespace fangxin::domain {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;

/// A roll is changed in a minute, a cable put back as fast: neither is a fault yet.
constexpr std::array faults{
    KnownFault{"scale", "", FaultSeverity::B, minute_ms},
    KnownFault{"printer", "paper_out", FaultSeverity::C, 3 * minute_ms},
    KnownFault{"printer", "cover_open", FaultSeverity::C, 3 * minute_ms},
    KnownFault{"printer", "", FaultSeverity::B, minute_ms},
    KnownFault{"scanner", "", FaultSeverity::C, minute_ms},
    KnownFault{"display", "", FaultSeverity::C, 5 * minute_ms},
    KnownFault{"camera", "", FaultSeverity::C, 5 * minute_ms},
    KnownFault{"disk", "nearly_full", FaultSeverity::B, 0},
    KnownFault{"disk", "full", FaultSeverity::A, 0},
    KnownFault{"database", "damaged", FaultSeverity::A, 0},
    KnownFault{"server", "", FaultSeverity::B, 10 * minute_ms},
};

std::optional<int> minute_of(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (std::size_t i : {0U, 1U, 3U, 4U}) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    }
    const int hour = (text[0] - '0') * 10 + text[1] - '0';
    const int minute = (text[3] - '0') * 10 + text[4] - '0';
    if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
    return hour * 60 + minute;
}

}  // namespace

std::optional<WorkingHours> parse_working_hours(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return std::nullopt;
    auto from = minute_of(text.substr(0, 5));
    auto to = minute_of(text.substr(6));
    if (!from || !to || *from >= *to) return std::nullopt;
    return WorkingHours{*from, *to};
}

std::int64_t response_due_ms(FaultSeverity severity, const StoreTime& raised,
                             const WorkingHours& hours) {
    if (severity != FaultSeverity::C) return raised.utc_ms + 2 * hour_ms;
    const std::int64_t day_ms = 24 * hour_ms;
    const std::int64_t local_ms = raised.utc_ms + raised.offset_minutes * minute_ms;
    std::int64_t day = local_ms / day_ms;
    std::int64_t at_ms = std::max(local_ms - day * day_ms, hours.from * minute_ms);
    std::int64_t left_ms = 4 * hour_ms;
    while (at_ms + left_ms > hours.to * minute_ms) {
        left_ms -= std::max<std::int64_t>(0, hours.to * minute_ms - at_ms);
        ++day;
        at_ms = hours.from * minute_ms;
    }
    return day * day_ms + at_ms + left_ms - raised.offset_minutes * minute_ms;
}

std::optional<KnownFault> known_fault(std::string_view device, std::string_view what) {
    std::optional<KnownFault> found;
    for (const KnownFault& each : faults) {
        if (each.device != device) continue;
        if (each.what == what) return each;
        if (each.what.empty()) found = each;
    }
    return found;
}

}  // namespace fangxin::domain
