#include "sync/server/book.hpp"

#include "domain/check.hpp"
#include "sync/log_key.hpp"
#include "sync/ops.hpp"
#include "sync/server/branches.hpp"
#include "sync/server/log_check.hpp"
#include "sync/server/moved_ops.hpp"
#include "sync/server/pending.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/server/tombstones.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

struct Booked {
    Changed changed;
    std::int64_t followed_ver = 0;
};

Booked book_together(Database& database, const Origin& origin, std::span<const FreshOp> ops) {
    ServerRows rows(database);
    OpRows kept(database);
    rows.expect(subjects_of(ops));
    const auto booked_before = epochs_already_booked(database, origin.terminal, ops);
    for (std::size_t i = 0; i < ops.size(); ++i) {
        const FreshOp& op = ops[i];
        kept.keep(origin.terminal, op,
                  booked_before[i] == 0 ? apply_one(rows, op, origin)
                                        : known_already(op, booked_before[i]));
        apply_awaiting(database, rows, kept);
    }
    kept.flush();
    return {rows.finish(), rows.followed_ver()};
}

/// Where one of a frame would change what the database cannot hold: that one is rejected, found by
/// halves, for while it is looked for nobody else stores anything.
Result<void> book_by_halves(Database& database, const Origin& origin, std::span<const FreshOp> ops,
                            Booked& all) {
    Booked some;
    auto done = database.attempt([&]() -> Result<void> {
        some = book_together(database, origin, ops);
        return {};
    });
    if (done) {
        all.changed.also(some.changed);
        all.followed_ver = std::max(all.followed_ver, some.followed_ver);
        return {};
    }
    if (done.error().code != "cannot_store") return done;
    if (ops.size() == 1) {
        OpRows kept(database);
        kept.keep(origin.terminal, ops.front(), cannot_store(ops.front()));
        kept.flush();
        return {};
    }
    const std::size_t half = ops.size() / 2;
    auto first = book_by_halves(database, origin, ops.first(half), all);
    return first ? book_by_halves(database, origin, ops.subspan(half), all) : first;
}

Result<Booked> book_apart(Database& database, const Origin& origin, std::span<const FreshOp> ops) {
    const std::int64_t before = newest_ver(database);
    Booked all{{.newest_ver = before, .after_ver = before}};
    const std::size_t half = (ops.size() + 1) / 2;
    auto done = book_by_halves(database, origin, ops.first(half), all);
    if (done && half < ops.size()) done = book_by_halves(database, origin, ops.subspan(half), all);
    if (!done) return tl::unexpected(done.error());
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
    if (hello.logs.empty() || ours.empty()) return;
    const LogState& theirs = hello.logs.back();  // those before it are written to no more
    const LogState& known = ours.back();
    if (theirs.epoch < known.epoch) {
        remember_conflict(database, hello.terminal,
                          fmt::format("rolled back to epoch {} of {}", theirs.epoch, known.epoch));
    } else if (theirs.epoch == known.epoch && theirs.last_seq > 0 &&
               theirs.last_seq < known.last_seq) {
        remember_conflict(database, hello.terminal,
                          fmt::format("rolled back to {} of {} in epoch {}", theirs.last_seq,
                                      known.last_seq, theirs.epoch));
    }
}

/// The epoch that a manager opened for it, until it writes in it.
std::int64_t opened_epoch(Database& database, const Hello& hello) {
    Query query = database.query("SELECT opened_epoch FROM known_terminals WHERE terminal = $1");
    query.bind(hello.terminal);
    const std::int64_t opened = query.step() ? query.int64(0) : 0;
    return hello.logs.empty() || opened <= hello.logs.back().epoch ? 0 : opened;
}

/// This terminal has rows of this epoch that are none of the book's: the book is a backup of
/// before. Its numbers will be given again, to other rows, or were so already.
bool is_from_before(Database& database, const Hello& hello) {
    if (hello.server_epoch != meta_number(database, "server_epoch")) return false;
    const std::int64_t newest = newest_ver(database);
    auto unknown = [&](std::int64_t ver, const std::string& branch) {
        return ver > newest || (ver > 0 && !branch.empty() && branch != branch_of(database, ver));
    };
    return unknown(hello.rows, hello.rows_branch) || unknown(hello.blocks, hello.blocks_branch);
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

/// Our own log witnesses it, so that nobody who can change the book alone can make up a key.
Result<void> note_log_key(Database& database, const Hello& hello, std::int64_t now_ms) {
    {
        Query known =
            database.query("SELECT 1 FROM known_terminals WHERE terminal = $1 AND log_key = $2");
        known.bind(hello.terminal).bind(hello.log_key);
        if (known.step()) return {};
    }
    LogKeyKnown known{hello.terminal, hello.log_key};
    {
        Query newest = database.query(
            "SELECT epoch, last_seq FROM terminal_logs WHERE terminal = $1 ORDER BY epoch DESC "
            "LIMIT 1");
        newest.bind(hello.terminal);
        if (newest.step()) {
            known.epoch = newest.int64(0);
            known.seq = newest.int64(1);
        }
    }
    database.query("UPDATE known_terminals SET log_key = $1 WHERE terminal = $2")
        .bind(hello.log_key)
        .bind(hello.terminal)
        .run();
    auto told = append_server_op(
        database, draft(known, store_time(database, now_ms), std::string(server_log_name)));
    if (!told) return tl::unexpected(told.error());
    return {};
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

namespace {
std::int64_t ops_in(const std::vector<LogState>& logs) {
    std::int64_t all = 0;
    for (const LogState& log : logs)
        all += std::min(log.last_seq, json_integer_limit);
    return all;
}
}  // namespace

Result<Greeting> greet(Database& database, const Hello& hello, std::int64_t now_ms) {
    Greeting greeting;
    auto done = database.transaction([&]() -> Result<void> {
        database
            .query(
                "INSERT INTO known_terminals (terminal,role,app,last_seen_ms,said_ops,said_rows) "
                "VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (terminal) DO UPDATE SET app = $3, "
                "last_seen_ms = $4, said_ops = $5, said_rows = $6")
            .bind(hello.terminal)
            .bind(hello.role)
            .bind(hello.app)
            .bind(now_ms)
            .bind(ops_in(hello.logs))
            .bind(hello.rows)
            .run();
        Query known = database.query("SELECT role FROM known_terminals WHERE terminal = $1");
        known.bind(hello.terminal);
        if (known.step() && known.text(0) != hello.role) {
            greeting.refused = Refused{"role", "this terminal is known as a " + known.text(0)};
        }
        Query logs = database.query(
            "SELECT epoch, last_seq, head FROM terminal_logs WHERE terminal = $1 ORDER BY epoch");
        logs.bind(hello.terminal);
        while (logs.step()) {
            greeting.welcome.logs.push_back({logs.int64(0), logs.int64(1)});
            greeting.welcome.heads.push_back(to_hex(hash_of(logs.text(2))));
        }
        bool renewed = is_from_before(database, hello);
        if (renewed) begin_server_epoch(database);
        if (!greeting.refused) {
            if (auto noted = note_log_key(database, hello, now_ms); !noted) return noted;
        }
        greeting.welcome.server_epoch = meta_number(database, "server_epoch");
        greeting.welcome.protocol = std::min(hello.protocol_max, protocol_version);
        greeting.welcome.schema = schema_version;
        greeting.welcome.now_ms = now_ms;
        greeting.welcome.new_epoch = opened_epoch(database, hello);
        // One of before protocol 2 has never had a row deleted, and would not understand.
        greeting.welcome.snapshot =
            greeting.welcome.protocol >= 2 && hello.rows > 0 &&
            greeting.welcome.server_epoch == hello.server_epoch &&
            std::max(hello.rows, hello.snapshot) < tombstone_horizon(database);
        if (greeting.welcome.new_epoch == 0) note_rollback(database, hello, greeting.welcome.logs);
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

/// Not signed at all is an older program's, or one that does not sign.
bool is_signed_well(const ServerPeer::Ingest& request) {
    const OpsFrame& frame = request.frame;
    if (frame.signature.empty()) return true;
    const std::int64_t last = frame.first + static_cast<std::int64_t>(frame.bodies.size()) - 1;
    return is_signed_by(request.log_key, {request.terminal, frame.epoch, last, frame.head},
                        frame.signature);
}

/// Inside a transaction.
Result<IngestDone> ingest_frame(Database& database, const ServerPeer::Ingest& request,
                                std::string_view role, bool apart, ReadOps read) {
    const OpsFrame& frame = request.frame;
    IngestDone result;
    LogEnd end = log_end(database, request.terminal, frame.epoch);
    result.answer.ack = Ack{frame.epoch, end.last_seq, 0, to_hex(end.head)};
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
    if (!is_signed_well(request)) {
        result.answer.refused = "chain";
        result.answer.detail = "the signature of its head is wrong";
        remember_conflict(database, request.terminal, result.answer.detail);
        return result;
    }
    const bool again = frame.first <= end.last_seq;
    const std::vector<FreshOp> fresh = fresh_ops(frame, end, std::move(read));
    std::int64_t sent_last = frame.first + static_cast<std::int64_t>(frame.bodies.size()) - 1;
    if (sent_last == end.last_seq && frame.head != to_hex(end.head)) {
        return failure("chain", "the terminal's hash of its last op is another");
    }
    const Origin origin{request.terminal, role, request.connected_after};
    Result<Booked> booked =
        apart ? book_apart(database, origin, fresh) : book_together(database, origin, fresh);
    if (!booked) return tl::unexpected(booked.error());
    set_log_end(database, request.terminal, frame.epoch, end);
    if (!frame.signature.empty() && sent_last == end.last_seq)
        set_log_seal(database, request.terminal, frame.epoch,
                     {sent_last, request.log_key, frame.signature});
    result.changed = booked->changed;
    result.taken = std::ssize(fresh);
    // Of what had come before, it is not known which version shows it: the newest does.
    std::int64_t shown = again ? booked->changed.newest_ver : booked->followed_ver;
    result.answer.ack = Ack{frame.epoch, end.last_seq, shown, to_hex(end.head)};
    return result;
}

}  // namespace

Result<IngestDone> ingest(Database& database, const ServerPeer::Ingest& request,
                          std::string_view role, std::int64_t now_ms, ReadOps read) {
    Result<IngestDone> result;
    Result<void> done;
    for (bool apart : {false, true}) {
        done = database.transaction([&]() -> Result<void> {
            result = ingest_frame(database, request, role, apart, std::exchange(read, {}));
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

Result<OpHash> load_hash(Database& database, const ServerPeer::LoadHash& request) {
    return database.reading<OpHash>([&] {
        const AskHash& asked = request.asked;
        auto hash = stored_hash(database, request.terminal, {asked.epoch, asked.seq});
        return OpHash{asked.epoch, asked.seq, hash ? to_hex(*hash) : ""};
    });
}

namespace {
/// The server's own log goes on in a new epoch with each of the book's: after a backup was put back
/// its numbers were given before.
std::int64_t own_epoch(Database& database) {
    return std::max<std::int64_t>(1, meta_number(database, "own_epoch"));
}
}  // namespace

LogState next_server_op(Database& database) {
    const std::int64_t epoch = own_epoch(database);
    return {epoch, log_end(database, server_log_name, epoch).last_seq + 1};
}

Result<Changed> append_server_op(Database& database, const OpDraft& draft) {
    return append_server_ops(database, {&draft, 1});
}

Result<Changed> append_server_ops(Database& database, std::span<const OpDraft> drafts) {
    constexpr std::string_view own = server_log_name;
    const std::int64_t epoch = own_epoch(database);
    const LogEnd before = log_end(database, own, epoch);
    LogEnd end = before;
    std::vector<std::string> bodies;
    bodies.reserve(drafts.size());
    std::vector<FreshOp> ops;
    for (const OpDraft& draft : drafts) {
        LogState number{epoch, end.last_seq + 1};
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
        Judged judged = apply_one(rows, op, {own, server_log_name});
        FANGXIN_CHECK(judged.status != "rejected");
        kept.keep(own, op, judged);
        apply_awaiting(database, rows, kept);
    }
    kept.flush();
    set_log_end(database, own, epoch, end);
    sign_own_end(database, epoch, before, end);
    return rows.finish();
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

}  // namespace fangxin::sync
