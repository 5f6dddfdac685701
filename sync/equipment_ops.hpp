// Facts about the shop's equipment, declared as in ops.hpp: the register of instruments, scales
// bound and checked, what a terminal has, faults, settings. Their effects: equipment_effects.cpp.
#pragma once

#include "sync/equipment_records.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace fangxin::sync {

/// An entry of the register as it is from now on (WEIGH-2, WEIGH-4).
struct InstrumentSet {
    domain::Instrument instrument;
    std::string reason;
    std::string approved_by;
};

/// This scale is the one at this terminal (WEIGH-2).
struct ScaleBound {
    std::string instrument;  ///< instrument_id()
    std::string identity;    ///< of the device that is connected
    std::string why;         ///< `first`: the terminal did it itself, having none; else a person's
};

/// A daily check that came to its end (WEIGH-3).
struct ScaleChecked {
    std::string instrument;
    std::int64_t mass_mg = 0;
    std::int64_t zero_mg = 0;
    std::int64_t shown_mg = 0;
    std::int64_t after_mg = 0;
    std::int64_t error_mg = 0;
    std::int64_t tolerance_mg = 0;
    bool passed = false;
    std::string library;  ///< version and seal of the legal library that checked
};

/// Zero or tare was told to a scale by a person, or a tare was keyed (WEIGH-1).
struct ScaleTold {
    std::string instrument;
    std::string what;  ///< `zero` `tare` `clear_tare` `preset`
    std::int64_t tare_mg = 0;
};

struct SettingSet {
    std::string key;
    std::string value;
    std::string reason;
};

struct ToldDevice {
    std::string device;  ///< `scale`, of several `scanner-2`
    std::string driver;
    std::string address;
    std::string identity;
};

/// What this terminal is and has, when any of it is other than it last told (FAULT-2).
struct TerminalTold {
    std::string role;
    std::string program;
    std::string system;
    std::string weighing;
    std::string configuration;
    std::vector<ToldDevice> devices;
};

/// Under the id of a ticket that is not mended: it is back, or has become worse.
struct FaultRaised {
    std::string fault;
    std::string device;
    domain::FaultSeverity severity = domain::FaultSeverity::C;
    std::string what;
    std::string detail;
    std::int64_t due_ms = 0;
    std::string raised_by;  ///< empty: the terminal itself
};

struct FaultTaken {
    std::string fault;
};

/// The device is well again; a person says why it was not.
struct FaultPassed {
    std::string fault;
};

struct FaultFixed {
    std::string fault;
    std::string cause;
    std::string fix;
};

template <>
struct Declaration<InstrumentSet> {
    using R = InstrumentSet;
    static constexpr std::string_view name = "instrument_set";
    static constexpr auto fields =
        std::tuple{field("instrument", &R::instrument), field("reason", &R::reason),
                   field("approved_by", &R::approved_by)};
};

template <>
struct Declaration<ScaleBound> {
    using R = ScaleBound;
    static constexpr std::string_view name = "scale_bound";
    static constexpr auto fields =
        std::tuple{field("instrument", &R::instrument), field("identity", &R::identity),
                   field("why", &R::why)};
};

template <>
struct Declaration<ScaleChecked> {
    using R = ScaleChecked;
    static constexpr std::string_view name = "scale_checked";
    static constexpr auto fields = std::tuple{field("instrument", &R::instrument),
                                              field("mass_mg", &R::mass_mg),
                                              field("zero_mg", &R::zero_mg),
                                              field("shown_mg", &R::shown_mg),
                                              field("after_mg", &R::after_mg),
                                              field("error_mg", &R::error_mg),
                                              field("tolerance_mg", &R::tolerance_mg),
                                              field("passed", &R::passed),
                                              field("library", &R::library)};
};

template <>
struct Declaration<ScaleTold> {
    using R = ScaleTold;
    static constexpr std::string_view name = "scale_told";
    static constexpr auto fields =
        std::tuple{field("instrument", &R::instrument), field("what", &R::what),
                   field("tare_mg", &R::tare_mg)};
};

template <>
struct Declaration<SettingSet> {
    using R = SettingSet;
    static constexpr std::string_view name = "setting_set";
    static constexpr auto fields =
        std::tuple{field("key", &R::key), field("value", &R::value), field("reason", &R::reason)};
};

template <>
struct Declaration<ToldDevice> {
    using R = ToldDevice;
    static constexpr std::string_view name = "told_device";
    static constexpr auto fields =
        std::tuple{field("device", &R::device), field("driver", &R::driver),
                   field("address", &R::address), field("identity", &R::identity)};
};

template <>
struct Declaration<TerminalTold> {
    using R = TerminalTold;
    static constexpr std::string_view name = "terminal_told";
    static constexpr auto fields = std::tuple{field("role", &R::role),
                                              field("program", &R::program),
                                              field("system", &R::system),
                                              field("weighing", &R::weighing),
                                              field("configuration", &R::configuration),
                                              field("devices", &R::devices)};
};

template <>
struct Declaration<FaultRaised> {
    using R = FaultRaised;
    static constexpr std::string_view name = "fault_raised";
    static constexpr auto fields =
        std::tuple{field("fault", &R::fault),        field("device", &R::device),
                   field("severity", &R::severity),  field("what", &R::what),
                   field("detail", &R::detail),      field("due_ms", &R::due_ms),
                   field("raised_by", &R::raised_by)};
};

template <>
struct Declaration<FaultTaken> {
    static constexpr std::string_view name = "fault_taken";
    static constexpr auto fields = std::tuple{field("fault", &FaultTaken::fault)};
};

template <>
struct Declaration<FaultPassed> {
    static constexpr std::string_view name = "fault_passed";
    static constexpr auto fields = std::tuple{field("fault", &FaultPassed::fault)};
};

template <>
struct Declaration<FaultFixed> {
    using R = FaultFixed;
    static constexpr std::string_view name = "fault_fixed";
    static constexpr auto fields =
        std::tuple{field("fault", &R::fault), field("cause", &R::cause), field("fix", &R::fix)};
};

}  // namespace fangxin::sync
