#include "sync/server/log_check.hpp"

#include "sync/ops.hpp"
#include "sync/server/book.hpp"
#include "sync/server/op_rows.hpp"

#include <algorithm>

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

/// What the server's log says of the keys by which this terminal signs, the oldest first.
std::vector<LogKeyKnown> known_keys(Database& database, std::string_view terminal) {
    std::vector<LogKeyKnown> keys;
    Query query = database.query(
        "SELECT body FROM ops WHERE terminal = $1 AND kind = $2 ORDER BY epoch, seq");
    query.bind(server_log_name).bind(Declaration<LogKeyKnown>::name);
    while (query.step()) {
        auto op = read_envelope(query.text(0));
        if (!op) continue;
        auto told = from_json<LogKeyKnown>(op->data);
        if (told && told->terminal == terminal) keys.push_back(std::move(*told));
    }
    return keys;
}

/// It signs, and has written to this log since it does.
bool has_to_be_signed(const std::vector<LogKeyKnown>& keys, const CheckedLog& log) {
    if (keys.empty() || keys.back().key.empty()) return false;
    const LogKeyKnown& first = keys.front();
    return log.epoch > first.epoch || (log.epoch == first.epoch && log.ops > first.seq);
}

/// A signature covers all ops before it: one that holds at the log's end is enough.
void compare_seal(Database& database, CheckedLog& log, std::string_view own_key) {
    const LogSeal seal = log_seal(database, log.terminal, log.epoch);
    const bool is_own = log.terminal == server_log_name;
    const auto keys = is_own ? std::vector<LogKeyKnown>() : known_keys(database, log.terminal);
    if (seal.seq < log.ops && has_to_be_signed(keys, log)) {
        log.broken = seal.seq + 1;
        log.why = "signature";
        return;
    }
    if (seal.seq == 0) return;
    const auto hash = stored_hash(database, log.terminal, {log.epoch, seal.seq});
    const std::string head = hash ? to_hex(*hash) : std::string();
    const bool holds =
        is_signed_by(seal.key, {log.terminal, log.epoch, seal.seq, head}, seal.signature);
    const bool is_known = is_own
                              ? own_key.empty() || seal.key == own_key
                              : std::ranges::find(keys, seal.key, &LogKeyKnown::key) != keys.end();
    if (holds && is_known) {
        log.signed_to = seal.seq;
        log.signed_by = seal.key;
        return;
    }
    log.broken = seal.seq;
    log.why = "signature";
}

std::optional<LogKey>& own_signer() {
    static std::optional<LogKey> key;
    return key;
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

Result<void> check_log(Database& database, CheckedLog& log, std::string_view own_key,
                       const std::function<void()>& between) {
    Hash head{};
    bool more = true;
    while (more) {
        // The last page and the end together: ops are appended meanwhile.
        auto followed = database.reading<bool>([&] {
            const bool full = follow_page(database, log, head);
            if (!full && log.why.empty()) compare_end(database, log, head);
            if (!full && log.why.empty()) compare_seal(database, log, own_key);
            return full;
        });
        if (!followed) return tl::unexpected(followed.error());
        more = *followed;
        if (more && between) between();
    }
    log.head = to_hex(head);
    return {};
}

void check_log_from(Database& database, CheckedLog& log, std::string_view own_key) {
    Hash head{};
    if (log.ops > 0) {
        const auto before = stored_hash(database, log.terminal, {log.epoch, log.ops});
        if (!before) {
            log.broken = log.ops;
            log.why = "missing";
            return;
        }
        head = *before;
    }
    constexpr std::int64_t pages_most = 100;
    for (std::int64_t page = 0; follow_page(database, log, head); ++page) {
        if (page == pages_most) return;  // so far it holds; `verify` goes to the end
    }
    if (log.why.empty()) compare_end(database, log, head);
    if (log.why.empty()) compare_seal(database, log, own_key);
    log.head = to_hex(head);
}

void sign_own_log_with(const LogKey& key) { own_signer() = key; }

void sign_own_end(Database& database, std::int64_t epoch, const LogEnd& before, const LogEnd& end) {
    const std::optional<LogKey>& key = own_signer();
    if (!key) return;
    const LogSeal seal = log_seal(database, server_log_name, epoch);
    const bool goes_on =
        seal.seq == before.last_seq &&
        (seal.seq == 0 ||
         is_signed_by(key->name(), {server_log_name, epoch, seal.seq, to_hex(before.head)},
                      seal.signature));
    if (!goes_on) return;
    const std::string signature =
        key->sign({server_log_name, epoch, end.last_seq, to_hex(end.head)});
    set_log_seal(database, server_log_name, epoch, {end.last_seq, key->name(), signature});
}

Result<void> sign_own_log(Database& writer, const LogKey& key) {
    return writer.transaction([&]() -> Result<void> {
        const std::int64_t epoch = next_server_op(writer).epoch;
        const LogEnd end = log_end(writer, server_log_name, epoch);
        const LogSeal seal = log_seal(writer, server_log_name, epoch);
        if (end.last_seq == seal.seq) return {};
        if (seal.seq > 0) {
            CheckedLog log{.terminal = std::string(server_log_name), .epoch = epoch};
            compare_seal(writer, log, key.name());
            if (!log.why.empty()) return failure("broken", first_break(log));
        }
        const std::string signature =
            key.sign({server_log_name, epoch, end.last_seq, to_hex(end.head)});
        set_log_seal(writer, server_log_name, epoch, {end.last_seq, key.name(), signature});
        return {};
    });
}

}  // namespace fangxin::sync
