#include "sync/equipment_effects.hpp"

#include "domain/weighing/parameters.hpp"
#include "sync/sealed_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::sync {

namespace {

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

struct Difference {
    std::string before;
    std::string after;
};

/// Of two texts of several lines the stretch that differs: a whole file in each change would be
/// sent to every terminal for ever, and a line that only moved is a change too.
Difference different_lines(std::string_view before, std::string_view after) {
    const auto begins_line = [](std::string_view text, std::size_t at) {
        return at == 0 || text[at - 1] == '\n';
    };
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t first = 0;
    for (std::size_t at = 0; at < shorter && before[at] == after[at]; ++at) {
        if (before[at] == '\n') first = at + 1;
    }
    before.remove_prefix(first);
    after.remove_prefix(first);
    std::size_t last = 0;
    const std::size_t left = std::min(before.size(), after.size());
    for (std::size_t n = 1; n <= left; ++n) {
        const std::size_t was = before.size() - n;
        const std::size_t is = after.size() - n;
        if (before[was] != after[is]) break;
        if (begins_line(before, was) && begins_line(after, is)) last = n;
    }
    before.remove_suffix(last);
    after.remove_suffix(last);
    const auto with_end = [](std::string_view text) {
        return std::string(text).append(text.empty() || text.ends_with('\n') ? "" : "\n");
    };
    return {with_end(before), with_end(after)};
}

/// The members that differ, `name=value` a line, of a text of several lines those that differ; of a
/// new record all that say anything.
template <Declared R>
Difference difference(const std::optional<R>& before, const R& after) {
    Difference result;
    const json::object was = to_json(before.value_or(R{}));
    const json::object is = to_json(after);
    for (const auto& [name, value] : is) {
        const json::value* old = was.if_contains(name);
        if (old && *old == value) continue;
        const std::string now = text_of(value);
        if (before && old && (text_of(*old) + now).find('\n') != std::string::npos) {
            Difference lines = different_lines(text_of(*old), now);
            result.before += lines.before;
            result.after += lines.after;
            continue;
        }
        if (before && old)
            result.before += fmt::format("{}={}\n", std::string_view(name), text_of(*old));
        result.after += fmt::format("{}={}\n", std::string_view(name), now);
    }
    // A member that is none any more is not written.
    for (const auto& [name, value] : was) {
        if (before && !is.contains(name)) {
            result.before += fmt::format("{}={}\n", std::string_view(name), text_of(value));
        }
    }
    return result;
}

void note_change(DerivedRows& rows, const Envelope& op, std::string subject, Difference changed) {
    if (changed.before.empty() && changed.after.empty()) return;
    rows.put(Change{.id = fmt::format("{}-{}-{:08}-{}", op.terminal, op.epoch, op.seq, subject),
                    .at_ms = op.at.utc_ms,
                    .person = op.person,
                    .terminal = op.terminal,
                    .subject = std::move(subject),
                    .before = std::move(changed.before),
                    .after = std::move(changed.after)});
}

domain::InstrumentState state_of(DerivedRows& rows, const std::string& instrument) {
    return rows.instrument_state(instrument)
        .value_or(domain::InstrumentState{.instrument = instrument});
}

std::string kind_of(const std::string& instrument) {
    return instrument.substr(0, instrument.find('/'));
}

}  // namespace

/// WEIGH-4: whatever the way by which a protected parameter changes, it is counted here.
void apply(DerivedRows& rows, const InstrumentSet& set, const Envelope& op) {
    const std::string id = domain::instrument_id(set.instrument);
    auto before = rows.instrument(id);
    if (before == set.instrument) return;
    if (!before || domain::parameters_of(*before) != domain::parameters_of(set.instrument)) {
        domain::InstrumentState state = state_of(rows, id);
        ++state.events;
        rows.put(state);
    }
    rows.put(set.instrument);
    note_change(rows, op, "instrument:" + id, difference(before, set.instrument));
}

void apply(DerivedRows& rows, const ScaleBound& bound, const Envelope& op) {
    const domain::InstrumentState before = state_of(rows, bound.instrument);
    for (domain::InstrumentState& other : rows.instrument_states()) {
        if (other.instrument == bound.instrument || other.terminal != op.terminal ||
            kind_of(other.instrument) != kind_of(bound.instrument)) {
            continue;
        }
        const domain::InstrumentState was = other;
        other.terminal.clear();
        rows.put(other);
        note_change(rows, op, "instrument:" + other.instrument,
                    difference(std::optional(was), other));
    }
    domain::InstrumentState after = before;
    after.terminal = op.terminal;
    after.identity = bound.identity;
    after.bound_by = op.person;
    after.bound_at_ms = op.at.utc_ms;
    rows.put(after);
    note_change(rows, op, "instrument:" + bound.instrument,
                difference(std::optional(before), after));
}

void apply(DerivedRows& rows, const ScaleChecked& checked, const Envelope& op) {
    domain::InstrumentState state = state_of(rows, checked.instrument);
    if (state.checked_at_ms > op.at.utc_ms) return;  // an older one, from a terminal that was away
    state.checked_on = op.at.date();
    state.checked_at_ms = op.at.utc_ms;
    state.check_passed = checked.passed;
    state.check_error_mg = checked.error_mg;
    state.checked_by = op.person;
    rows.put(state);
}

void apply(DerivedRows& rows, const SettingSet& set, const Envelope& op) {
    auto before = rows.setting(set.key);
    const Setting after{set.key, set.value};
    if (before && before->value == set.value) return;
    rows.put(after);
    if (set.key == contact_key_setting) return;  // nobody changed anything
    note_change(rows, op, "setting:" + set.key, difference(before, after));
}

namespace {

/// One that comes back after it was removed begins anew.
void tell_device(DerivedRows& rows, const ToldDevice& told, const Envelope& op) {
    TerminalDevice after{.id = fmt::format("{}/{}", op.terminal, told.device),
                         .terminal = op.terminal,
                         .device = told.device,
                         .driver = told.driver,
                         .address = told.address,
                         .identity = told.identity,
                         .state = "unknown",
                         .since_ms = op.at.utc_ms};
    auto before = rows.terminal_device(after.id);
    if (before && before->state != "removed") {
        after.state = before->state;
        after.reason = before->reason;
        after.since_ms = before->since_ms;
    }
    rows.put(after);
    note_change(rows, op, "device:" + after.id, difference(before, after));
}

}  // namespace

void apply(DerivedRows& rows, const TerminalTold& told, const Envelope& op) {
    auto before = rows.terminal_setup(op.terminal);
    TerminalSetup after{.terminal = op.terminal,
                        .role = told.role,
                        .program = told.program,
                        .system = told.system,
                        .weighing = told.weighing,
                        .configuration = told.configuration,
                        .told_at_ms = before ? before->told_at_ms : 0};
    note_change(rows, op, "terminal:" + op.terminal, difference(before, after));
    after.told_at_ms = op.at.utc_ms;
    rows.put(after);
    std::vector<TerminalDevice> known = rows.terminal_devices(op.terminal);
    for (const ToldDevice& device : told.devices)
        tell_device(rows, device, op);
    for (TerminalDevice& gone : known) {
        const bool still = std::ranges::any_of(
            told.devices, [&](const ToldDevice& device) { return device.device == gone.device; });
        if (still || gone.state == "removed") continue;
        const TerminalDevice was = gone;
        gone.state = "removed";
        gone.since_ms = op.at.utc_ms;
        rows.put(gone);
        note_change(rows, op, "device:" + gone.id, difference(std::optional(was), gone));
    }
}

void apply(DerivedRows& rows, const DeviceEvent& event, const Envelope& op) {
    auto device = rows.terminal_device(fmt::format("{}/{}", op.terminal, event.device));
    if (!device) return;
    device->state = event.what;
    device->reason = event.detail;
    device->since_ms = op.at.utc_ms;
    rows.put(*device);
}

namespace {

/// One that is not mended and is back, or has become worse: it stays the ticket that it is.
void raise_again(DerivedRows& rows, FaultTicket fault, const FaultRaised& raised) {
    if (fault.state == domain::FaultState::fixed) return;
    fault.well_at_ms = 0;
    if (raised.severity < fault.severity) {
        fault.severity = raised.severity;
        fault.what = raised.what;
        fault.detail = raised.detail;
        fault.due_ms = std::min(fault.due_ms, raised.due_ms);
    }
    rows.put(fault);
}

}  // namespace

void apply(DerivedRows& rows, const FaultRaised& raised, const Envelope& op) {
    if (auto known = rows.fault(raised.fault)) return raise_again(rows, std::move(*known), raised);
    rows.put(FaultTicket{.id = raised.fault,
                         .terminal = op.terminal,
                         .device = raised.device,
                         .severity = raised.severity,
                         .what = raised.what,
                         .detail = raised.detail,
                         .raised_by = raised.raised_by,
                         .raised_at_ms = op.at.utc_ms,
                         .due_ms = raised.due_ms});
    rows.arrived("fault " + raised.fault);
}

void apply(DerivedRows& rows, const FaultTaken& taken, const Envelope& op) {
    auto fault = rows.fault(taken.fault);
    if (!fault) return rows.wait_for("fault " + taken.fault);
    if (fault->state != domain::FaultState::open) return;
    fault->state = domain::FaultState::taken;
    fault->taken_by = op.person;
    fault->taken_at_ms = op.at.utc_ms;
    rows.put(*fault);
}

void apply(DerivedRows& rows, const FaultPassed& passed, const Envelope& op) {
    auto fault = rows.fault(passed.fault);
    if (!fault) return rows.wait_for("fault " + passed.fault);
    if (fault->well_at_ms != 0) return;
    fault->well_at_ms = op.at.utc_ms;
    rows.put(*fault);
}

void apply(DerivedRows& rows, const FaultFixed& fixed, const Envelope& op) {
    auto fault = rows.fault(fixed.fault);
    if (!fault) return rows.wait_for("fault " + fixed.fault);
    if (fault->state == domain::FaultState::fixed) return;
    fault->state = domain::FaultState::fixed;
    fault->fixed_by = op.person;
    fault->fixed_at_ms = op.at.utc_ms;
    fault->cause = fixed.cause;
    fault->fix = fixed.fix;
    rows.put(*fault);
}

}  // namespace fangxin::sync
