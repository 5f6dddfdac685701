#include "sync/server/book.hpp"
#include "sync/server/command_context.hpp"
#include "sync/server/identities.hpp"
#include "sync/server/op_rows.hpp"
#include "sync/shop_reader.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

std::int64_t count(Database& database, std::string_view sql) {
    Query query = database.query(sql);
    return query.step() ? query.int64(0) : 0;
}

json::array logs_of(Database& database, const std::string& terminal) {
    json::array logs;
    Query query = database.query(
        "SELECT epoch, last_seq FROM terminal_logs WHERE terminal = $1 ORDER BY epoch");
    query.bind(terminal);
    while (query.step()) {
        logs.push_back({{"epoch", query.int64(0)}, {"last_seq", query.int64(1)}});
    }
    return logs;
}

json::array terminals(const CommandContext& context) {
    json::array all;
    Query query = context.database.query(
        "SELECT k.terminal, k.role, k.app, k.last_seen_ms, k.conflict, t.block_cursor, t.since_ms, "
        "k.repairs, k.said_rows, k.said_ops - coalesce((SELECT sum(last_seq) FROM terminal_logs l "
        "WHERE l.terminal = k.terminal), 0) "
        "FROM known_terminals k LEFT JOIN terminals t ON t.terminal = k.terminal "
        "ORDER BY k.terminal");
    while (query.step()) {
        json::object terminal{
            {"terminal", query.text(0)},
            {"role", query.text(1)},
            {"app", query.text(2)},
            {"last_seen", domain::format_instant(context.zone.at(query.int64(3)))},
            {"logs", logs_of(context.database, query.text(0))},
            {"block_cursor", query.is_null(5) ? 0 : query.int64(5)},
            {"blocks_since", nullptr},
            {"conflict", query.text(4)},
            {"repairs", query.int64(7)},
            {"rows", query.int64(8)},
            // As it said when it greeted, less what has come since.
            {"unsent", std::max<std::int64_t>(0, query.int64(9))}};
        if (!query.is_null(6)) {
            terminal["blocks_since"] = domain::format_instant(context.zone.at(query.int64(6)));
        }
        terminal["identity"] = "none";
        if (auto known = identity_of_terminal(context.database, query.text(0))) {
            terminal["identity"] = known->state;
            terminal["certificate_until"] =
                domain::format_instant(context.zone.at(known->until_ms));
        }
        all.push_back(std::move(terminal));
    }
    return all;
}

json::array waiting(const CommandContext& context) {
    json::array all;
    for (const WaitingTerminal& each : waiting_terminals(context.database)) {
        all.push_back({{"terminal", each.terminal},
                       {"role", each.role},
                       {"fingerprint", each.fingerprint},
                       {"address", each.address},
                       {"since", domain::format_instant(context.zone.at(each.asked_ms))}});
    }
    return all;
}

}  // namespace

Result<void> run_status(const CommandContext& context) {
    Database& database = context.database;
    auto status = database.reading<json::object>([&]() -> json::object {
        ShopReader shop(database, ShopReader::Side::server);
        return {
            {"event", "status"},
            {"shop", shop.setting("shop_name")},
            {"test_shop", shop.setting("test_shop") == "1"},
            {"items", count(database, "SELECT count(*) FROM items")},
            {"batches", count(database, "SELECT count(*) FROM batches")},
            // Logs have no gaps; counting the ops themselves reads every body.
            {"ops", count(database, "SELECT coalesce(sum(last_seq), 0) FROM terminal_logs")},
            {"ver", newest_ver(database)},
            {"terminals", terminals(context)},
            {"waiting", waiting(context)},
            {"newest_block", count(database, "SELECT coalesce(max(ver), 0) FROM block_versions")},
            {"rejected", ops_with_status(database, "rejected")},
            {"flagged", ops_with_status(database, "flagged")},
            {"pending", ops_with_status(database, "pending")}};
    });
    if (!status) return tl::unexpected(status.error());
    context.output(*status);
    return {};
}

}  // namespace fangxin::sync
