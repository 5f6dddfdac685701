#include "terminal/station/fault_watch.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

/// The ticket that stands for this fault: the terminal's own of the device, or a person's that is
/// no less urgent.
const sync::FaultTicket* ticket_of(const std::string& device, domain::FaultSeverity severity,
                                   std::span<const sync::FaultTicket> unmended) {
    const sync::FaultTicket* found = nullptr;
    for (const sync::FaultTicket& each : unmended) {
        if (each.device != device) continue;
        if (each.raised_by.empty()) return &each;
        if (each.severity <= severity) found = &each;
    }
    return found;
}

}  // namespace

std::string_view kind_of_device(std::string_view device) {
    return device.substr(0, device.find('-'));
}

std::string_view trouble_of(const DiskSpace& space) {
    constexpr std::uint64_t mebibyte = 1'048'576;
    if (space.write_failed || space.free_bytes < 32 * mebibyte) return "full";
    const std::uint64_t enough = std::max(space.all_bytes / 20, 512 * mebibyte);
    return space.free_bytes < enough ? "nearly_full" : "";
}

std::vector<FaultNews> FaultWatch::observe(std::span<const Watched> all,
                                           std::span<const sync::FaultTicket> unmended,
                                           std::int64_t now_ms,
                                           std::optional<std::int64_t> shortened_ms) {
    std::vector<FaultNews> news;
    // A camera that nobody looks at any more: the next time it is opened it has to fail anew.
    std::erase_if(troubles_, [&](const auto& each) {
        return std::ranges::find(all, each.first, &Watched::device) == all.end();
    });
    for (const Watched& one : all) {
        if (auto each = look_at(one, unmended, now_ms, shortened_ms)) {
            news.push_back(std::move(*each));
        }
    }
    return news;
}

std::optional<FaultNews> FaultWatch::look_at(const Watched& one,
                                             std::span<const sync::FaultTicket> unmended,
                                             std::int64_t now_ms,
                                             std::optional<std::int64_t> shortened_ms) {
    if (one.what.empty()) {
        troubles_.erase(one.device);
        for (const sync::FaultTicket& each : unmended) {
            if (each.device != one.device || !each.raised_by.empty() || each.well_at_ms != 0) {
                continue;
            }
            return FaultNews{.kind = FaultNews::Kind::passed,
                             .fault = each.id,
                             .device = each.device,
                             .severity = each.severity,
                             .what = each.what,
                             .detail = each.detail};
        }
        return std::nullopt;
    }
    const auto known = domain::known_fault(kind_of_device(one.device), one.what);
    if (!known) return std::nullopt;
    auto [place, fresh] = troubles_.try_emplace(one.device, Trouble{.since_ms = one.since_ms});
    Trouble& trouble = place->second;
    trouble.wait_ms = std::max(trouble.wait_ms, known->after_ms);
    const sync::FaultTicket* ticket = ticket_of(one.device, known->severity, unmended);
    // Said to be mended and still there: it has to last anew.
    const bool has_ticket = std::ranges::any_of(
        unmended, [&](const sync::FaultTicket& each) { return each.device == one.device; });
    if (!has_ticket && trouble.had_ticket) trouble.since_ms = now_ms;
    trouble.had_ticket = has_ticket;
    const std::int64_t wait_ms = trouble.wait_ms == 0 ? 0 : shortened_ms.value_or(trouble.wait_ms);
    if (now_ms - trouble.since_ms < wait_ms) return std::nullopt;
    FaultNews news{
        .device = one.device, .severity = known->severity, .what = one.what, .detail = one.detail};
    if (ticket == nullptr) return news;
    const bool own = ticket->raised_by.empty();
    const bool back = own && ticket->well_at_ms != 0;
    const bool worse = own && known->severity < ticket->severity;
    if (!back && !worse) return std::nullopt;
    news.kind = FaultNews::Kind::again;
    news.fault = ticket->id;
    return news;
}

}  // namespace fangxin::terminal
