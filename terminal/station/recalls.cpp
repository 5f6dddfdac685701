#include "terminal/station/recalls.hpp"

#include "domain/lot.hpp"
#include "terminal/station/lists.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

Result<std::string> make_recall(Station& station, const RecallWanted& wanted) {
    auto found = find_item(station, wanted.item);
    if (!found) return failure("no_such_item", wanted.item);
    if (wanted.level == domain::RecallLevel::none) {
        return failure("bad_value", "level: I, II, III");
    }
    if (wanted.from && wanted.to && *wanted.to < *wanted.from) {
        return failure("bad_value", "from, to");
    }
    if (!wanted.lot.empty() && !domain::is_lot(wanted.lot)) return failure("bad_lot");
    if (wanted.reason.empty()) return failure("bad_value", "reason");
    std::string id;
    auto done = station.transact([&](sync::Database& database) -> Result<void> {
        sync::LogState number = sync::next_op(database);
        id = fmt::format("R-{}-{}-{}", station.options().terminal, number.epoch, number.last_seq);
        sync::RecallMade made{.block = id,
                              .item = found->item.code,
                              .lot = wanted.lot,
                              .from = wanted.from,
                              .to = wanted.to,
                              .level = wanted.level,
                              .reason = wanted.reason,
                              .approved_by = wanted.approved_by};
        auto appended = sync::append_op(database, station.draft(made));
        if (!appended) return tl::unexpected(appended.error());
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    station.blocked_here(id);
    return id;
}

}  // namespace fangxin::terminal
