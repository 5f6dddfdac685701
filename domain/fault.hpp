// Faults of the shop's equipment (FAULT-1): how bad, how soon somebody must be there, and which
// ones a terminal raises itself. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fangxin::domain {

/// A: down. B: badly broken. C: minor.
enum class FaultSeverity { A, B, C };
template <>
struct EnumTable<FaultSeverity> {
    static constexpr std::array rows{EnumText{FaultSeverity::A, "A"},
                                     EnumText{FaultSeverity::B, "B"},
                                     EnumText{FaultSeverity::C, "C"}};
};

enum class FaultState { open, taken, fixed };
template <>
struct EnumTable<FaultState> {
    static constexpr std::array rows{EnumText{FaultState::open, "open"},
                                     EnumText{FaultState::taken, "taken"},
                                     EnumText{FaultState::fixed, "fixed"}};
};

/// Minutes of the day; the same hours every day.
struct WorkingHours {
    int from = 8 * 60;
    int to = 18 * 60;
    bool operator==(const WorkingHours&) const = default;
};
/// `08:00-18:00`; none if it is not that, or ends before it begins.
std::optional<WorkingHours> parse_working_hours(std::string_view text);

/// When somebody must be on site: A and B two hours later at any hour, C four working hours later.
std::int64_t response_due_ms(FaultSeverity severity, const StoreTime& raised,
                             const WorkingHours& hours);

/// What a terminal raises by itself, once it has lasted.
struct KnownFault {
    std::string_view device;  ///< `scale` `printer` `disk` `server` …
    std::string_view what;    ///< `lost`, or a device's own code; empty: any that has no row
    FaultSeverity severity = FaultSeverity::C;
    std::int64_t after_ms = 0;
};
/// None: nothing that a ticket is written for.
std::optional<KnownFault> known_fault(std::string_view device, std::string_view what);

}  // namespace fangxin::domain
