#include "terminal/station/faults.hpp"

#include "domain/text_width.hpp"
#include "terminal/station/fault_watch.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

constexpr std::array devices{"scale",  "scanner",  "printer", "drawer", "display", "camera",
                             "screen", "terminal", "server",  "disk",   "network", "other"};
constexpr std::size_t longest_device = 40;

Result<sync::FaultTicket> unmended(Station& station, const std::string& fault) {
    auto refusal = station.may(domain::Action::fault_work);
    if (!refusal.code.empty()) return failure(refusal.code);
    auto found = station.reader().reading<std::optional<sync::FaultTicket>>(
        [&] { return station.shop().fault(fault); });
    if (!found) return tl::unexpected(found.error());
    if (!*found) return failure("no_such_fault", fault);
    if ((*found)->state == domain::FaultState::fixed) return failure("fault_fixed", fault);
    return **found;
}

/// By when somebody must be there, by the shop's setting `working_hours`.
std::int64_t due_ms(Station& station, domain::FaultSeverity severity,
                    const domain::StoreTime& raised) {
    auto hours = domain::parse_working_hours(station.shop().setting("working_hours"));
    return domain::response_due_ms(severity, raised, hours.value_or(domain::WorkingHours{}));
}

}  // namespace

std::vector<std::string> fault_devices() { return {devices.begin(), devices.end()}; }

Result<std::string> raise_own_fault(Station& station, sync::FaultRaised raised) {
    const domain::StoreTime now = station.now();
    raised.due_ms = due_ms(station, raised.severity, now);
    auto done = station.transact([&](sync::Database& database) -> Result<void> {
        if (raised.fault.empty()) {
            sync::LogState number = sync::next_op(database);
            raised.fault = fmt::format("F-{}-{}-{}", station.options().terminal, number.epoch,
                                       number.last_seq);
        }
        // What a terminal sees by itself nobody said, whoever is logged in.
        auto draft = sync::draft(raised, now, raised.raised_by);
        auto appended = sync::append_op(database, draft);
        if (!appended) return tl::unexpected(appended.error());
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return raised.fault;
}

Result<std::string> raise_fault(Station& station, const FaultWords& words) {
    if (!station.person()) return failure("not_logged_in");
    const auto severity = domain::from_text<domain::FaultSeverity>(words.severity);
    if (!severity) return failure("bad_value", "severity: A, B, C");
    const auto kind = kind_of_device(words.device);
    if (words.device.size() > longest_device || std::ranges::find(devices, kind) == devices.end()) {
        return failure("bad_value", fmt::format("device: {}", fmt::join(devices, ", ")));
    }
    if (domain::is_blank(words.what)) return failure("bad_value", "what");
    return raise_own_fault(station, {.fault = {},
                                     .device = words.device,
                                     .severity = *severity,
                                     .what = words.what,
                                     .detail = {},
                                     .due_ms = 0,
                                     .raised_by = station.person()->number});
}

Result<void> take_fault(Station& station, const std::string& fault) {
    auto ticket = unmended(station, fault);
    if (!ticket) return tl::unexpected(ticket.error());
    if (ticket->state == domain::FaultState::taken) return failure("fault_taken", fault);
    auto done = station.journal(sync::FaultTaken{fault});
    if (!done) return tl::unexpected(done.error());
    return {};
}

Result<void> fix_fault(Station& station, const std::string& fault, const std::string& cause,
                       const std::string& fix) {
    auto ticket = unmended(station, fault);
    if (!ticket) return tl::unexpected(ticket.error());
    if (domain::is_blank(cause)) return failure("cause_wanted");
    if (domain::is_blank(fix)) return failure("fix_wanted");
    auto done = station.journal(sync::FaultFixed{fault, cause, fix});
    if (!done) return tl::unexpected(done.error());
    return {};
}

}  // namespace fangxin::terminal
