#include "terminal/station/recalls.hpp"

#include "domain/lot.hpp"
#include "sync/recall_id.hpp"
#include "terminal/station/lists.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

Result<std::string> make_recall(Station& station, const RecallOrder& order,
                                const std::string& approved_by) {
    auto found = find_item(station, order.item);
    if (!found) return failure("no_such_item", order.item);
    if (order.level == domain::RecallLevel::none) {
        return failure("bad_value", "level: I, II, III");
    }
    if (order.from && order.to && *order.to < *order.from) {
        return failure("bad_value", "from, to");
    }
    if (!order.lot.empty() && !domain::is_lot(order.lot)) return failure("bad_lot");
    if (order.reason.empty()) return failure("bad_value", "reason");
    std::string id;
    auto done = station.transact([&](sync::Database& database) -> Result<void> {
        sync::LogState number = sync::next_op(database);
        id = sync::recall_id(station.options().terminal, number);
        sync::RecallMade made{.block = id,
                              .item = found->item.code,
                              .lot = order.lot,
                              .from = order.from,
                              .to = order.to,
                              .level = order.level,
                              .reason = order.reason,
                              .approved_by = approved_by};
        auto appended = sync::append_op(database, station.draft(made));
        if (!appended) return tl::unexpected(appended.error());
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    station.blocked_here(id);
    return id;
}

}  // namespace fangxin::terminal
