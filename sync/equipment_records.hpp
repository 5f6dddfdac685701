// Rows about the shop's equipment, declared as in records.hpp: instruments and what happened to
// them, each terminal's programs and devices, faults, and the changes that are kept of all of it.
#pragma once

#include "domain/fault.hpp"
#include "domain/instrument.hpp"
#include "sync/declaration.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::sync {

/// A terminal as it told of itself when something of it had changed (FAULT-2).
struct TerminalSetup {
    std::string terminal;
    std::string role;
    std::string program;        ///< version
    std::string system;         ///< operating system and kernel
    std::string weighing;       ///< short seal of the legal library; empty: no scale
    std::string configuration;  ///< its devices file, as it was read
    std::int64_t told_at_ms = 0;
};

struct TerminalDevice {
    std::string id;  ///< `till-1/scale`, of several `till-1/scanner-2`
    std::string terminal;
    std::string device;  ///< as in the event `device`
    std::string driver;
    std::string address;
    std::string identity;
    std::string state;  ///< `found` `lost` `warned` `unknown`, `removed`: no longer set up
    std::string reason;
    std::int64_t since_ms = 0;
};

/// A fault ticket (FAULT-1).
struct FaultTicket {
    std::string id;
    std::string terminal;
    std::string device;
    domain::FaultSeverity severity = domain::FaultSeverity::C;
    std::string what;    ///< a device's code, or a person's words
    std::string detail;  ///< what the device or the person said besides
    domain::FaultState state = domain::FaultState::open;
    std::string raised_by;  ///< empty: the terminal itself
    std::int64_t raised_at_ms = 0;
    std::int64_t due_ms = 0;  ///< by when somebody must be on site
    std::string taken_by;
    std::int64_t taken_at_ms = 0;
    std::int64_t well_at_ms = 0;  ///< since when the device is well again; 0: it is not
    std::string fixed_by;
    std::int64_t fixed_at_ms = 0;
    std::string cause;
    std::string fix;
};

/// What was changed in the register of instruments, the settings or a terminal's equipment.
struct Change {
    std::string id;
    std::int64_t at_ms = 0;
    std::string person;
    std::string terminal;
    std::string subject;  ///< `instrument:…` `setting:…` `terminal:…` `device:…`
    std::string before;   ///< `name=value`, a line each, of what differs
    std::string after;
};

template <>
struct Declaration<domain::Instrument> {
    using R = domain::Instrument;
    static constexpr std::string_view name = "instruments";
    static constexpr std::size_t keys = 3;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("kind", &R::kind),
                                              field("model", &R::model),
                                              field("serial", &R::serial),
                                              field("class", &R::accuracy_class),
                                              field("max_mg", &R::max_mg),
                                              field("min_mg", &R::min_mg),
                                              field("e_mg", &R::e_mg),
                                              field("certificate", &R::certificate),
                                              field("verified", &R::verified),
                                              field("until", &R::until),
                                              field("maker", &R::maker, 3),
                                              field("production_code", &R::production_code, 3),
                                              field("repair_code", &R::repair_code, 3),
                                              field("verification_code", &R::verification_code, 3),
                                              field("seal", &R::seal, 3),
                                              field("tare_mg", &R::tare_mg, 3),
                                              field("stable_frames", &R::stable_frames, 3)};
};

template <>
struct Declaration<domain::InstrumentState> {
    using R = domain::InstrumentState;
    static constexpr std::string_view name = "instrument_states";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("instrument", &R::instrument),
                                              field("terminal", &R::terminal),
                                              field("identity", &R::identity),
                                              field("bound_by", &R::bound_by),
                                              field("bound_at_ms", &R::bound_at_ms),
                                              field("checked_on", &R::checked_on),
                                              field("checked_at_ms", &R::checked_at_ms),
                                              field("check_passed", &R::check_passed),
                                              field("check_error_mg", &R::check_error_mg),
                                              field("checked_by", &R::checked_by),
                                              field("events", &R::events)};
};

template <>
struct Declaration<TerminalSetup> {
    using R = TerminalSetup;
    static constexpr std::string_view name = "terminal_setups";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal),    field("role", &R::role),
                   field("program", &R::program),      field("system", &R::system),
                   field("weighing", &R::weighing),    field("configuration", &R::configuration),
                   field("told_at_ms", &R::told_at_ms)};
};

template <>
struct Declaration<TerminalDevice> {
    using R = TerminalDevice;
    static constexpr std::string_view name = "terminal_devices";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("id", &R::id),
                                              field("terminal", &R::terminal),
                                              field("device", &R::device),
                                              field("driver", &R::driver),
                                              field("address", &R::address),
                                              field("identity", &R::identity),
                                              field("state", &R::state),
                                              field("reason", &R::reason),
                                              field("since_ms", &R::since_ms)};
};

template <>
struct Declaration<FaultTicket> {
    using R = FaultTicket;
    static constexpr std::string_view name = "faults";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "terminal";
    static constexpr auto fields = std::tuple{field("id", &R::id),
                                              field("terminal", &R::terminal),
                                              field("device", &R::device),
                                              field("severity", &R::severity),
                                              field("what", &R::what),
                                              field("detail", &R::detail),
                                              field("state", &R::state),
                                              field("raised_by", &R::raised_by),
                                              field("raised_at_ms", &R::raised_at_ms),
                                              field("due_ms", &R::due_ms),
                                              field("taken_by", &R::taken_by),
                                              field("taken_at_ms", &R::taken_at_ms),
                                              field("well_at_ms", &R::well_at_ms),
                                              field("fixed_by", &R::fixed_by),
                                              field("fixed_at_ms", &R::fixed_at_ms),
                                              field("cause", &R::cause),
                                              field("fix", &R::fix)};
};

template <>
struct Declaration<Change> {
    using R = Change;
    static constexpr std::string_view name = "changes";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "subject";
    static constexpr auto fields =
        std::tuple{field("id", &R::id),           field("at_ms", &R::at_ms),
                   field("person", &R::person),   field("terminal", &R::terminal),
                   field("subject", &R::subject), field("before", &R::before),
                   field("after", &R::after)};
};

}  // namespace fangxin::sync
