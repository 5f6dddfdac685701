#include "sync/server/book.hpp"

#include "domain/check.hpp"
#include "sync/server/op_rows.hpp"
#include "sync/server/server_rows.hpp"

#include <algorithm>
#include <set>

namespace fangxin::sync {

namespace {

// What does not fit a frame any more waits for the next: a frame that is too large to be unpacked
// would be sent again and again.
constexpr std::int64_t rows_per_frame = 1000;
constexpr std::int64_t blocks_per_frame = 1000;
constexpr std::size_t feed_bytes_per_frame = 256 * 1024;

/// What a terminal of this role can never have done (rules 8, last paragraph).
bool role_forbids(std::string_view role, std::string_view kind) {
    static constexpr std::array tills{"sale",           "sale_voided", "basket_held",
                                      "basket_resumed", "scale_bound", "scale_checked",
                                      "scale_told"};
    return role == "handheld" && std::ranges::find(tills, kind) != tills.end();
}

/// Rules 4.
bool lifts_a_recall(ServerRows& rows, const Envelope& op) {
    if (op.kind != Declaration<BlockLifted>::name) return false;
    auto lifted = from_json<BlockLifted>(op.data);
    auto block = lifted ? rows.block(lifted->block) : std::nullopt;
    return block && block->kind == domain::BlockKind::recall;
}

/// Applies one op's effect; what cannot be applied is kept with the reason why.
Judged apply_one(ServerRows& rows, const FreshOp& fresh, std::string_view terminal,
                 std::string_view role) {
    const auto& [number, body, hash, op] = fresh;
    if (!op) return {.status = "rejected", .why = op.error().code + " " + op.error().detail};
    Judged judged{.kind = op->kind, .at = domain::format_instant(op->at), .person = op->person};
    if (op->terminal != terminal || op->epoch != number.epoch || op->seq != number.last_seq) {
        judged.status = "rejected";
        judged.why = "its number is not the one it came under";
    } else if (role_forbids(role, op->kind)) {
        judged.status = "rejected";
        judged.why = "a terminal of this role cannot do this";
    } else if (role != "server" && lifts_a_recall(rows, *op)) {
        judged.status = "rejected";
        judged.why = "a recall is lifted on the server only";
    } else if (auto applied = apply_effect(rows, *op); !applied) {
        // A kind of a newer program waits for the upgrade; a torn body never gets better.
        judged.status = applied.error().code == "unknown_kind" ? "pending" : "rejected";
        judged.why = applied.error().code + " " + applied.error().detail;
    }
    return judged;
}

struct Booked {
    Changed changed;
    std::int64_t followed_ver = 0;
};

Booked book_together(Database& database, std::string_view terminal, std::string_view role,
                     std::span<const FreshOp> ops) {
    ServerRows rows(database);
    OpRows kept(database);
    rows.expect(subjects_of(ops));
    for (const FreshOp& op : ops)
        kept.keep(terminal, op, apply_one(rows, op, terminal, role));
    kept.flush();
    return {rows.finish(), rows.followed_ver()};
}

/// Where one of a frame would change what the database cannot hold: that one is rejected.
Result<Booked> book_one_by_one(Database& database, std::string_view terminal, std::string_view role,
                               std::span<const FreshOp> ops) {
    Booked all{{.newest_ver = newest_ver(database)}};
    for (const FreshOp& op : ops) {
        Booked one;
        auto done = database.attempt([&]() -> Result<void> {
            one = book_together(database, terminal, role, {&op, 1});
            return {};
        });
        if (done) {
            all.changed.also(one.changed);
            all.followed_ver = std::max(all.followed_ver, one.followed_ver);
            continue;
        }
        if (done.error().code != "cannot_store") return tl::unexpected(done.error());
        OpRows kept(database);
        kept.keep(terminal, op, {.status = "rejected", .why = "cannot_store"});
        kept.flush();
    }
    return all;
}

void remember_conflict(Database& database, const std::string& terminal, std::string_view what) {
    database.query("UPDATE known_terminals SET conflict = $1 WHERE terminal = $2")
        .bind(what)
        .bind(terminal)
        .run();
}

/// A terminal whose log ends before ours, and is not a new one: its disk was set back to an old
/// copy (SYNC-2). It refuses itself; here it is named.
void note_rollback(Database& database, const Hello& hello, const std::vector<LogState>& ours) {
    if (hello.server_epoch == 0) return;  // a new disk, which goes on in an epoch of its own
    for (const LogState& theirs : hello.logs) {
        auto known = std::ranges::find(ours, theirs.epoch, &LogState::epoch);
        if (theirs.last_seq == 0 || known == ours.end()) continue;
        if (known->last_seq <= theirs.last_seq) continue;
        remember_conflict(database, hello.terminal,
                          fmt::format("rolled back to {} of {} in epoch {}", theirs.last_seq,
                                      known->last_seq, theirs.epoch));
    }
}

/// This terminal has rows of this epoch which the book has not: the book is a backup of before.
/// Its numbers will be given again, to other rows.
bool is_from_before(Database& database, const Hello& hello) {
    return hello.server_epoch == meta_number(database, "server_epoch") &&
           std::max(hello.rows, hello.blocks) > newest_ver(database);
}

/// Nothing of the frame was kept; a manager is to see why.
Result<IngestDone> parted(Database& database, const ServerPeer::Ingest& request,
                          const Error& error) {
    auto noted = database.transaction([&]() -> Result<void> {
        remember_conflict(database, request.terminal, error.detail);
        return {};
    });
    if (!noted) return tl::unexpected(noted.error());
    IngestDone result;
    result.answer.refused = error.code;
    result.answer.detail = error.detail;
    return result;
}

template <Declared R>
void load_table(Database& database, const ServerPeer::LoadRows& request, RowsFrame& frame) {
    static const std::string sql =
        fmt::format("SELECT {}, ver FROM {} WHERE ver > $1 AND ver <= $2 ORDER BY ver LIMIT $3",
                    column_list<R>(), Declaration<R>::name);
    Query query = database.query(sql);
    query.bind(request.after).bind(request.up_to).bind(rows_per_frame);
    while (query.step()) {
        frame.rows.push_back({std::string(Declaration<R>::name),
                              query.int64(static_cast<int>(field_count<R>)),
                              to_json(read_row<R>(query))});
    }
}

/// The tables that have any rows for this, asked in one go: of more than twenty most have none.
std::set<std::string> tables_with_news(Database& database, const ServerPeer::LoadRows& request) {
    static const std::string sql = [] {
        std::string parts;
        for_each_row_type([&]<class R>() {
            parts += fmt::format(
                "{0}SELECT '{1}' WHERE EXISTS (SELECT 1 FROM {1} WHERE ver > $1 AND ver <= $2)",
                parts.empty() ? "" : " UNION ALL ", Declaration<R>::name);
        });
        return parts;
    }();
    std::set<std::string> tables;
    Query query = database.query(sql);
    query.bind(request.after).bind(request.up_to);
    while (query.step())
        tables.insert(query.text(0));
    return tables;
}

/// How many of these rows fit a frame, at least one.
std::size_t rows_that_fit(const std::vector<RowEntry>& rows) {
    std::size_t bytes = 0;
    std::size_t count = 0;
    while (count < rows.size() && count < static_cast<std::size_t>(rows_per_frame) &&
           bytes < feed_bytes_per_frame) {
        bytes += json::serialize(rows[count++].row).size();
    }
    return count;
}

}  // namespace

std::int64_t newest_ver(Database& database) { return meta_number(database, "ver"); }

void note_seen(Database& database, std::string_view terminal, std::int64_t now_ms) {
    // A line that is found dead ends later than the one that took its place began.
    database
        .query(
            "UPDATE known_terminals SET last_seen_ms = $1 WHERE terminal = $2 AND "
            "last_seen_ms < $1")
        .bind(now_ms)
        .bind(terminal)
        .run();
}

void note_seen(Database& database, std::span<const std::string> terminals, std::int64_t now_ms) {
    Query query = database.query(
        fmt::format("UPDATE known_terminals SET last_seen_ms = $1 WHERE last_seen_ms < $1 AND {}",
                    database.is_one_of("terminal", 2)));
    query.bind(now_ms).bind_list(terminals).run();
}

Result<Greeting> greet(Database& database, const Hello& hello, std::int64_t now_ms) {
    Greeting greeting;
    auto done = database.transaction([&]() -> Result<void> {
        database
            .query(
                "INSERT INTO known_terminals (terminal,role,app,last_seen_ms) "
                "VALUES ($1,$2,$3,$4) ON CONFLICT (terminal) DO UPDATE SET app = $3, "
                "last_seen_ms = $4")
            .bind(hello.terminal)
            .bind(hello.role)
            .bind(hello.app)
            .bind(now_ms)
            .run();
        Query known = database.query("SELECT role FROM known_terminals WHERE terminal = $1");
        known.bind(hello.terminal);
        if (known.step() && known.text(0) != hello.role) {
            greeting.refused = Refused{"role", "this terminal is known as a " + known.text(0)};
        }
        Query logs = database.query(
            "SELECT epoch, last_seq FROM terminal_logs WHERE terminal = $1 ORDER BY epoch");
        logs.bind(hello.terminal);
        while (logs.step())
            greeting.welcome.logs.push_back({logs.int64(0), logs.int64(1)});
        bool renewed = is_from_before(database, hello);
        if (renewed) begin_server_epoch(database);
        greeting.welcome.server_epoch = meta_number(database, "server_epoch");
        greeting.welcome.now_ms = now_ms;
        note_rollback(database, hello, greeting.welcome.logs);
        // SAFE-9: who has no block yet is on the list as well.
        ServerRows rows(database);
        if (!find_row<TerminalBlocks>(database, hello.terminal) && !greeting.refused) {
            rows.put(TerminalBlocks{hello.terminal, 0, now_ms});
        }
        greeting.changed = rows.finish();
        greeting.changed.renewed = renewed;
        greeting.newest_ver = greeting.welcome.ver = greeting.changed.newest_ver;
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return greeting;
}

namespace {

/// Inside a transaction.
Result<IngestDone> ingest_frame(Database& database, const ServerPeer::Ingest& request,
                                std::string_view role, bool one_by_one) {
    const OpsFrame& frame = request.frame;
    IngestDone result;
    LogEnd end = log_end(database, request.terminal, frame.epoch);
    result.answer.ack = Ack{frame.epoch, end.last_seq, 0};
    if (frame.first > end.last_seq + 1) {
        result.answer.gap = true;
        return result;
    }
    if (!overlap_agrees(database, request.terminal, frame, end.last_seq)) {
        result.answer.refused = "rolled_back";
        result.answer.detail = "this log differs from what the server has of it";
        remember_conflict(database, request.terminal, result.answer.detail);
        return result;
    }
    const bool again = frame.first <= end.last_seq;
    const std::vector<FreshOp> fresh = fresh_ops(frame, end);
    std::int64_t sent_last = frame.first + static_cast<std::int64_t>(frame.bodies.size()) - 1;
    if (sent_last == end.last_seq && frame.head != to_hex(end.head)) {
        return failure("chain", "the terminal's hash of its last op is another");
    }
    Result<Booked> booked = one_by_one ? book_one_by_one(database, request.terminal, role, fresh)
                                       : book_together(database, request.terminal, role, fresh);
    if (!booked) return tl::unexpected(booked.error());
    set_log_end(database, request.terminal, frame.epoch, end);
    result.changed = booked->changed;
    // Of what had come before, it is not known which version shows it: the newest does.
    std::int64_t shown = again ? booked->changed.newest_ver : booked->followed_ver;
    result.answer.ack = Ack{frame.epoch, end.last_seq, shown};
    return result;
}

}  // namespace

Result<IngestDone> ingest(Database& database, const ServerPeer::Ingest& request,
                          std::string_view role, std::int64_t now_ms) {
    Result<IngestDone> result;
    Result<void> done;
    for (bool one_by_one : {false, true}) {
        done = database.transaction([&]() -> Result<void> {
            result = ingest_frame(database, request, role, one_by_one);
            if (!result) return tl::unexpected(result.error());
            if (!result->answer.gap && result->answer.refused.empty())
                note_seen(database, request.terminal, now_ms);
            return {};
        });
        if (done || done.error().code != "cannot_store") break;
    }
    if (!done && done.error().code == "chain") return parted(database, request, done.error());
    if (!done) return tl::unexpected(done.error());
    return result;
}

Result<Changed> append_server_op(Database& database, const OpDraft& draft) {
    return append_server_ops(database, {&draft, 1});
}

Result<Changed> append_server_ops(Database& database, std::span<const OpDraft> drafts) {
    constexpr std::string_view own = server_log_name;
    LogEnd end = log_end(database, own, 1);
    std::vector<std::string> bodies;
    bodies.reserve(drafts.size());
    std::vector<FreshOp> ops;
    for (const OpDraft& draft : drafts) {
        LogState number{1, end.last_seq + 1};
        Envelope envelope{.terminal = std::string(own),
                          .epoch = number.epoch,
                          .seq = number.last_seq,
                          .kind = draft.kind,
                          .at = draft.at,
                          .person = draft.person};
        const std::string& body = bodies.emplace_back(write_envelope(envelope, draft.data));
        end = {number.last_seq, chain(end.head, body)};
        ops.push_back({number, body, end.head, read_envelope(body)});
    }
    ServerRows rows(database);
    OpRows kept(database);
    rows.expect(subjects_of(ops));
    for (const FreshOp& op : ops) {
        Judged judged = apply_one(rows, op, own, "server");
        FANGXIN_CHECK(judged.status == "applied");
        kept.keep(own, op, judged);
    }
    kept.flush();
    set_log_end(database, own, 1, end);
    return rows.finish();
}

Result<void> apply_pending(Database& database) {
    struct Waiting {
        std::string terminal;
        LogState number;
        std::string body;
        std::string role;
    };
    std::vector<Waiting> all;
    {
        Query query = database.query(
            "SELECT o.terminal, epoch, seq, body, coalesce(k.role, '') FROM ops o "
            "LEFT JOIN known_terminals k ON k.terminal = o.terminal WHERE status = 'pending' "
            "ORDER BY o.terminal, epoch, seq");
        while (query.step()) {
            all.push_back(
                {query.text(0), {query.int64(1), query.int64(2)}, query.text(3), query.text(4)});
        }
    }
    for (const Waiting& one : all) {
        const FreshOp op{one.number, one.body, {}, read_envelope(one.body)};
        Judged judged;
        auto done = database.attempt([&]() -> Result<void> {
            ServerRows rows(database);
            judged = apply_one(rows, op, one.terminal, one.role);
            rows.finish();
            return {};
        });
        if (!done && done.error().code != "cannot_store") return done;
        if (!done) judged = {.status = "rejected", .why = "cannot_store"};
        database
            .query(
                "UPDATE ops SET kind = $1, at = $2, person = $3, status = $4, why = $5 "
                "WHERE terminal = $6 AND epoch = $7 AND seq = $8")
            .bind(judged.kind)
            .bind(judged.at)
            .bind(judged.person)
            .bind(judged.status)
            .bind(judged.why)
            .bind(one.terminal)
            .bind(one.number.epoch)
            .bind(one.number.last_seq)
            .run();
    }
    return {};
}

Result<ClaimDone> claim_hold(Database& database, const ServerPeer::Claim& claim) {
    ClaimDone result;
    result.answer.id = claim.claim.id;
    auto done = database.transaction([&]() -> Result<void> {
        ServerRows rows(database);
        auto hold = rows.hold(claim.claim.hold);
        if (!hold) {
            result.answer.code = "not_found";
        } else if (!hold->resumed_by.empty() && hold->resumed_by != claim.terminal) {
            result.answer.code = "taken";
        } else {
            hold->resumed_by = claim.terminal;
            result.answer.body = hold->body;
            rows.put(*hold);
        }
        result.changed = rows.finish();
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return result;
}

Result<BlocksFrame> load_blocks(Database& database, std::int64_t after) {
    return database.reading<BlocksFrame>([&] {
        BlocksFrame frame;
        const std::int64_t newest = std::max(after, newest_ver(database));
        static const std::string sql = fmt::format(
            "SELECT {}, ver, (SELECT ver FROM block_versions WHERE block = id) FROM blocks "
            "WHERE ver > $1 ORDER BY blocks.ver LIMIT $2",
            column_list<domain::Block>());
        Query query = database.query(sql);
        query.bind(after).bind(blocks_per_frame + 1);  // one more tells whether there is more
        std::size_t bytes = 0;
        bool full = false;
        while (!full && query.step()) {
            frame.rows.push_back(to_json(read_row<domain::Block>(query)));
            frame.to = query.int64(static_cast<int>(field_count<domain::Block>));
            frame.vers.push_back(query.int64(static_cast<int>(field_count<domain::Block>) + 1));
            bytes += json::serialize(frame.rows.back()).size();
            full = bytes >= feed_bytes_per_frame ||
                   static_cast<std::int64_t>(frame.rows.size()) == blocks_per_frame;
        }
        // Blocks end at the last one's version; where there are none, the frame says how far that
        // holds.
        if (frame.rows.empty()) frame.to = newest;
        frame.complete = !full || !query.step();
        return frame;
    });
}

Result<RowsFrame> load_rows(Database& database, std::string_view role,
                            const ServerPeer::LoadRows& request) {
    return database.reading<RowsFrame>([&] {
        RowsFrame frame{.from = request.after, .to = request.up_to};
        const auto news = tables_with_news(database, request);
        for_each_row_type([&]<class R>() {
            if (std::is_same_v<R, Stock> && role == "till") return;
            if (!news.contains(std::string(Declaration<R>::name))) return;
            load_table<R>(database, request, frame);
        });
        std::ranges::sort(frame.rows, {}, &RowEntry::ver);
        std::size_t fit = rows_that_fit(frame.rows);
        if (fit < frame.rows.size() || fit == static_cast<std::size_t>(rows_per_frame)) {
            frame.rows.resize(fit);
            frame.to = frame.rows.back().ver;
        }
        return frame;
    });
}

}  // namespace fangxin::sync
