// What one frame of a scale says, the same for every protocol. A parser makes it, the device's
// thread stamps it, the weighing gate and the receipt use it. Values only; any thread.
#pragma once

#include "domain/enum_text.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <variant>

namespace fangxin::weighing {

/// `fault` is a frame that was read whole but must not be traded on: a broken scale, pounds, a
/// weight finer than a milligram.
enum class ScaleState { stable, motion, over, under, zero_error, fault };

/// Integer milligrams, never a fraction: a parser refuses (`fault`) what does not convert exactly.
/// Always gross = net + tare.
struct Reading {
    ScaleState state = ScaleState::fault;
    std::int64_t gross_mg = 0;
    std::int64_t tare_mg = 0;
    std::int64_t net_mg = 0;
    /// False of a scale that took tare off and does not say how much: then all three are its net,
    /// and gross is not known.
    bool tare_told = true;
    std::string raw;         ///< the frame's bytes, kept with every weighed line (WEIGH-5)
    std::int64_t at_ms = 0;  ///< monotonic, set by the device's thread; 0 from a parser
    bool operator==(const Reading&) const = default;
};

/// Never connected, or unplugged.
struct NoScale {
    bool operator==(const NoScale&) const = default;
};
/// Connected, and nothing has come for a while.
struct SilentScale {
    bool operator==(const SilentScale&) const = default;
};
struct CurrentReading {
    Reading reading;
    std::int64_t age_ms = 0;
    bool operator==(const CurrentReading&) const = default;
};
using LatestReading = std::variant<NoScale, SilentScale, CurrentReading>;

}  // namespace fangxin::weighing

namespace fangxin::domain {

template <>
struct EnumTable<weighing::ScaleState> {
    using enum weighing::ScaleState;
    static constexpr auto rows =
        std::to_array<EnumText<weighing::ScaleState>>({{stable, "stable"},
                                                       {motion, "motion"},
                                                       {over, "over"},
                                                       {under, "under"},
                                                       {zero_error, "zero_error"},
                                                       {fault, "fault"}});
};

}  // namespace fangxin::domain
