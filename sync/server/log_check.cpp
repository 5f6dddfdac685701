#include "sync/server/log_check.hpp"

#include "sync/server/op_rows.hpp"

namespace fangxin::sync {

namespace {

constexpr std::int64_t ops_per_page = 1000;

/// True while there is more to follow.
bool follow_page(Database& database, CheckedLog& log, Hash& head) {
    Query query = database.query(
        "SELECT seq, body, hash FROM ops WHERE terminal = $1 AND epoch = $2 AND seq > $3 "
        "ORDER BY seq LIMIT $4");
    query.bind(log.terminal).bind(log.epoch).bind(log.ops).bind(ops_per_page);
    std::int64_t count = 0;
    for (; query.step(); ++count) {
        const std::int64_t seq = log.ops + 1;
        const Hash hash = chain(head, query.text(1));
        if (query.int64(0) != seq) {
            log.why = "missing";
        } else if (hash != hash_of(query.text(2))) {
            log.why = "changed";
        }
        if (!log.why.empty()) {
            log.broken = seq;
            return false;
        }
        head = hash;
        log.ops = seq;
    }
    return count == ops_per_page;
}

/// Where the log ends is noted beside it, in the same transaction as each op.
void compare_end(Database& database, CheckedLog& log, const Hash& head) {
    const LogEnd end = log_end(database, log.terminal, log.epoch);
    if (end.last_seq == log.ops && (log.ops == 0 || end.head == head)) return;
    log.why = end.last_seq > log.ops ? "cut" : end.last_seq < log.ops ? "beyond_end" : "changed";
    log.broken = std::min(end.last_seq, log.ops) + (end.last_seq == log.ops ? 0 : 1);
}

}  // namespace

std::string first_break(const CheckedLog& log) {
    return fmt::format("{} epoch {} op {}: {}", log.terminal, log.epoch, log.broken, log.why);
}

Result<std::vector<CheckedLog>> logs_to_check(Database& database) {
    return database.reading<std::vector<CheckedLog>>([&] {
        std::vector<CheckedLog> logs;
        Query query = database.query(
            "SELECT terminal, epoch FROM terminal_logs UNION SELECT DISTINCT terminal, epoch FROM "
            "ops ORDER BY 1, 2");
        while (query.step())
            logs.push_back({.terminal = query.text(0), .epoch = query.int64(1)});
        return logs;
    });
}

Result<void> check_log(Database& database, CheckedLog& log, const std::function<void()>& between) {
    Hash head{};
    bool more = true;
    while (more) {
        // The last page and the end together: ops are appended meanwhile.
        auto followed = database.reading<bool>([&] {
            const bool full = follow_page(database, log, head);
            if (!full && log.why.empty()) compare_end(database, log, head);
            return full;
        });
        if (!followed) return tl::unexpected(followed.error());
        more = *followed;
        if (more && between) between();
    }
    log.head = to_hex(head);
    return {};
}

}  // namespace fangxin::sync
