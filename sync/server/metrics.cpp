#include "sync/server/metrics.hpp"

#include "sync/server/book.hpp"
#include "sync/server/op_rows.hpp"

#include <array>
#include <fmt/format.h>

namespace fangxin::sync {

namespace {

struct Metric {
    std::string_view name;
    std::string_view type;
    std::string_view help;
    std::int64_t value;
};

std::int64_t number(Database& database, std::string_view sql) {
    Query query = database.query(sql);
    return query.step() ? query.int64(0) : 0;
}

}  // namespace

Result<ServerGauges> read_gauges(Database& book) {
    return book.reading<ServerGauges>([&] {
        ServerGauges gauges;
        gauges.terminals = number(book, "SELECT count(*) FROM known_terminals");
        gauges.terminals_parted =
            number(book, "SELECT count(*) FROM known_terminals WHERE conflict <> ''");
        gauges.terminals_behind = number(book,
                                         "SELECT count(*) FROM terminals WHERE block_cursor < "
                                         "(SELECT coalesce(max(ver), 0) FROM block_versions)");
        gauges.ver = newest_ver(book);
        gauges.ops = number(book, "SELECT coalesce(sum(last_seq), 0) FROM terminal_logs");
        gauges.rejected = ops_with_status(book, "rejected");
        gauges.pending = ops_with_status(book, "pending");
        gauges.flagged = ops_with_status(book, "flagged");
        return gauges;
    });
}

std::string metrics_text(const ServerCounters& counters, const ServerGauges& gauges) {
    const std::array metrics{
        Metric{"connections_total", "counter", "connections that terminals opened",
               counters.connections},
        Metric{"messages_received_total", "counter", "protocol messages", counters.messages_in},
        Metric{"messages_sent_total", "counter", "protocol messages", counters.messages_out},
        Metric{"received_bytes_total", "counter", "packed", counters.bytes_in},
        Metric{"sent_bytes_total", "counter", "packed", counters.bytes_out},
        Metric{"ops_taken_total", "counter", "ops that terminals sent and the book has",
               counters.ops_taken},
        Metric{"frames_refused_total", "counter", "frames of ops that do not fit the log",
               counters.ops_refused},
        Metric{"pokes_total", "counter", "terminals that read too slowly", counters.pokes},
        Metric{"table_repairs_total", "counter", "tables that differed at a terminal",
               counters.tables_repaired},
        Metric{"tills_connected", "gauge", "", gauges.tills},
        Metric{"handhelds_connected", "gauge", "", gauges.handhelds},
        Metric{"terminals_known", "gauge", "", gauges.terminals},
        Metric{"terminals_behind_blocks", "gauge", "terminals without the newest block",
               gauges.terminals_behind},
        Metric{"terminals_parted", "gauge", "terminals that wait for a manager",
               gauges.terminals_parted},
        Metric{"book_version", "gauge", "the newest row's", gauges.ver},
        Metric{"ops", "gauge", "in the book", gauges.ops},
        Metric{"ops_rejected", "gauge", "ops without effect", gauges.rejected},
        Metric{"ops_pending", "gauge", "ops that wait", gauges.pending},
        Metric{"ops_flagged", "gauge", "ops by who had no right to", gauges.flagged},
        Metric{"disk_free_bytes", "gauge", "beside the book; -1: not known",
               gauges.disk_free_bytes},
        Metric{"uptime_seconds", "gauge", "", gauges.uptime_s},
    };
    std::string text;
    for (const Metric& each : metrics) {
        if (!each.help.empty()) text += fmt::format("# HELP fangxin_{} {}\n", each.name, each.help);
        text += fmt::format("# TYPE fangxin_{0} {1}\nfangxin_{0} {2}\n", each.name, each.type,
                            each.value);
    }
    return text;
}

}  // namespace fangxin::sync
