#include "sync/terminal_journal.hpp"

#include "domain/check.hpp"
#include "sync/effects.hpp"
#include "sync/ops.hpp"
#include "sync/overlay.hpp"
#include "sync/search_rows.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"

namespace fangxin::sync {

namespace {

struct Log {
    std::int64_t epoch = 0;
    std::int64_t last_seq = 0;
    Hash head{};
};

Log present_log(Database& database) {
    Query query =
        database.query("SELECT epoch, last_seq, head FROM logs ORDER BY epoch DESC LIMIT 1");
    Log log;
    if (!query.step()) return log;
    log.epoch = query.int64(0);
    log.last_seq = query.int64(1);
    std::string head = query.text(2);
    if (head.size() == log.head.size()) std::copy(head.begin(), head.end(), log.head.begin());
    return log;
}

std::string_view bytes_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

/// One row of a frame into its table. A table that this version does not know is passed over: the
/// program that replaces this one takes a fresh snapshot.
Result<void> store_row(Database& database, const RowEntry& entry) {
    Result<void> done;
    for_each_row_type([&]<class R>() {
        if (entry.table != Declaration<R>::name || !done) return;
        if (entry.gone) {
            note_revised<R>(database);
            return delete_row<R>(database, *entry.gone);
        }
        json::object unknown;
        auto row = from_json<R>(entry.row, &unknown);
        if (!row) {
            done = tl::unexpected(row.error());
            return;
        }
        put_row(database, *row, entry.ver, unknown.empty() ? "" : json::serialize(unknown));
    });
    return done;
}

/// A frame of an earlier connection may still be stored after a newer one was: never backwards.
template <class Frame>
void raise_cursor(Database& database, const std::string& cursor, const Frame& frame) {
    if (meta_number(database, cursor) >= frame.to) return;
    set_meta(database, cursor, std::to_string(frame.to));
    set_meta(database, cursor + "_branch", frame.branch);
}

/// Own work that has come back in the server's rows no longer lies on top of them.
void clear_overlay(Database& database, std::int64_t rows) {
    database.query("DELETE FROM overlay WHERE visible_at IS NOT NULL AND visible_at <= $1")
        .bind(rows)
        .run();
}

/// Rows of a server's earlier epoch that the new one has not sent again (see reset_rows).
void drop_old_rows(Database& database) {
    if (meta(database, "old_rows") != "1") return;
    for_each_row_type([&]<class R>() {
        database.execute(fmt::format("DELETE FROM {} WHERE ver < 0", Declaration<R>::name));
    });
    set_meta(database, "old_rows", "0");
}

/// Blocks that the server knew in its earlier epoch and does not know now, although its lane is
/// whole: it was put back from a backup of before. They stay in force until its lane brings them
/// again, whatever it makes of what it is told: an older server knows no such op.
Result<void> keep_old_blocks(Database& database, const domain::StoreTime& now, LogState& written) {
    if (meta(database, "old_blocks") != "1") return {};
    for (const auto& block : select_rows<domain::Block>(database, "WHERE ver < 0 ORDER BY id")) {
        auto kept = append_op(database, draft(BlockKept{block}, now, ""));
        if (!kept) return tl::unexpected(kept.error());
        written = *kept;
    }
    set_meta(database, "old_blocks", "0");
    return {};
}

}  // namespace

namespace {
TerminalLogs load_logs(Database& database) {
    TerminalLogs all;
    Query query = database.query("SELECT epoch, last_seq, acked_seq FROM logs ORDER BY epoch");
    while (query.step()) {
        all.logs.push_back({query.int64(0), query.int64(1)});
        all.acked.push_back({query.int64(0), query.int64(2)});
    }
    return all;
}
}  // namespace

TerminalState load_terminal_state(Database& database, const TerminalIdentity& identity) {
    TerminalLogs logs = load_logs(database);
    TerminalState state{.terminal = identity.terminal,
                        .role = identity.role,
                        .app = FANGXIN_VERSION,
                        .logs = std::move(logs.logs),
                        .acked = std::move(logs.acked)};
    state.server_epoch = meta_number(database, "server_epoch");
    state.rows = meta_number(database, "rows");
    state.blocks = meta_number(database, "blocks");
    state.snapshot = meta_number(database, "snapshot");
    state.rows_branch = meta(database, "rows_branch");
    state.blocks_branch = meta(database, "blocks_branch");
    return state;
}

LogState next_op(Database& database) {
    Log log = present_log(database);
    return {log.epoch, log.last_seq + 1};
}

Result<LogState> append_op(Database& database, OpDraft draft) {
    Log log = present_log(database);
    Envelope envelope{.terminal = meta(database, "terminal"),
                      .epoch = log.epoch,
                      .seq = log.last_seq + 1,
                      .kind = std::move(draft.kind),
                      .at = draft.at,
                      .person = std::move(draft.person)};
    std::string body = write_envelope(envelope, draft.data);
    if (body.size() > op_limit) return failure("too_large", fmt::format("{} bytes", body.size()));
    Hash head = chain(log.head, body);
    database
        .query("INSERT INTO ops (epoch,seq,kind,at,person,body,hash) VALUES ($1,$2,$3,$4,$5,$6,$7)")
        .bind(envelope.epoch)
        .bind(envelope.seq)
        .bind(envelope.kind)
        .bind(domain::format_instant(envelope.at))
        .bind(envelope.person)
        .bind(body)
        .bind_bytes(bytes_of(head))
        .run();
    database.query("UPDATE logs SET last_seq = $1, head = $2 WHERE epoch = $3")
        .bind(envelope.seq)
        .bind_bytes(bytes_of(head))
        .bind(envelope.epoch)
        .run();
    OverlayRows rows(database, envelope.epoch, envelope.seq);
    draft.effect(rows, envelope);
    return LogState{envelope.epoch, envelope.seq};
}

LoadedOps load_ops(Database& database, std::int64_t epoch, std::int64_t first) {
    LoadedOps loaded;
    Query query = database.query(
        "SELECT body, hash FROM ops WHERE epoch = $1 AND seq >= $2 ORDER BY seq LIMIT $3");
    query.bind(epoch).bind(first).bind(ops_per_frame);
    std::size_t bytes = 0;
    while (bytes < bytes_per_frame && query.step()) {
        loaded.bodies.push_back(query.text(0));
        bytes += loaded.bodies.back().size();
        std::string hash = query.text(1);
        Hash head{};
        if (hash.size() == head.size()) std::copy(hash.begin(), hash.end(), head.begin());
        loaded.head = to_hex(head);
    }
    return loaded;
}

Result<void> store_rows(Database& database, const RowsFrame& frame) {
    return database.transaction([&]() -> Result<void> {
        std::int64_t blocks = meta_number(database, "blocks");
        if (meta_number(database, "rows") < frame.from) return failure("rows_missing");
        if (blocks < frame.blocks) return failure("blocks_missing");
        for (const RowEntry& entry : frame.rows) {
            if (auto stored = store_row(database, entry); !stored) return stored;
        }
        raise_cursor(database, "rows", frame);
        raise_cursor(database, "blocks", frame);
        clear_overlay(database, frame.to);
        if (frame.complete) drop_old_rows(database);
        return {};
    });
}

Result<LogState> store_blocks(Database& database, const BlocksFrame& frame,
                              const domain::StoreTime& now) {
    LogState written;
    auto done = database.transaction([&]() -> Result<void> {
        if (meta_number(database, "blocks") < frame.from) return failure("blocks_missing");
        for (std::size_t i = 0; i < frame.rows.size(); ++i) {
            json::object unknown;
            auto block = from_json<domain::Block>(frame.rows[i], &unknown);
            if (!block) return tl::unexpected(block.error());
            // An older server does not say when it came into force.
            std::int64_t ver = i < frame.vers.size() ? frame.vers[i] : frame.to;
            put_row(database, *block, ver, unknown.empty() ? "" : json::serialize(unknown));
        }
        raise_cursor(database, "blocks", frame);
        if (frame.complete) {
            if (auto kept = keep_old_blocks(database, now, written); !kept) return kept;
        }
        if (frame.rows.empty()) return {};
        BlocksApplied applied{frame.to, meta_number(database, "server_epoch")};
        auto appended = append_op(database, draft(applied, now, ""));
        if (!appended) return tl::unexpected(appended.error());
        written = *appended;
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return written;
}

Result<void> store_ack(Database& database, const Ack& ack) {
    return database.transaction([&]() -> Result<void> {
        if (!ack.head.empty() && ack.seq > 0 && op_hash(database, ack.epoch, ack.seq) != ack.head) {
            return failure("chain", fmt::format("{} {}", ack.epoch, ack.seq));
        }
        database.query("UPDATE logs SET acked_seq = max(acked_seq, $1) WHERE epoch = $2")
            .bind(ack.seq)
            .bind(ack.epoch)
            .run();
        database
            .query(
                "UPDATE overlay SET visible_at = $1 WHERE visible_at IS NULL AND epoch = $2 "
                "AND seq <= $3")
            .bind(ack.ver)
            .bind(ack.epoch)
            .bind(ack.seq)
            .run();
        clear_overlay(database, meta_number(database, "rows"));
        return {};
    });
}

Result<void> take_back(Database& database, const LogState& log) {
    return database.transaction([&]() -> Result<void> {
        database.query("UPDATE logs SET acked_seq = $1 WHERE epoch = $2 AND acked_seq > $1")
            .bind(log.last_seq)
            .bind(log.epoch)
            .run();
        // What lies there of them already is laid anew: some effects add to what they find.
        database.query("DELETE FROM overlay WHERE epoch = $1 AND seq > $2")
            .bind(log.epoch)
            .bind(log.last_seq)
            .run();
        std::vector<std::string> bodies;
        {
            Query tail =
                database.query("SELECT body FROM ops WHERE epoch = $1 AND seq > $2 ORDER BY seq");
            tail.bind(log.epoch).bind(log.last_seq);
            while (tail.step())
                bodies.push_back(tail.text(0));
        }
        for (const std::string& body : bodies) {
            auto op = read_envelope(body, Zeros::allowed);
            if (!op) return tl::unexpected(op.error());
            OverlayRows rows(database, op->epoch, op->seq);
            (void)apply_effect(rows, *op);  // a newer program may have written it
        }
        return {};
    });
}

void mark_rows_old(Database& database) {
    auto mark_old = [&]<class R>() {
        database.execute(
            fmt::format("UPDATE {} SET ver = -1 - ver WHERE ver >= 0", Declaration<R>::name));
    };
    mark_old.template operator()<domain::Block>();
    for_each_row_type(mark_old);
    set_meta(database, "old_rows", "1");
    set_meta(database, "old_blocks", "1");
    for (const std::string cursor : {"rows", "blocks"}) {
        set_meta(database, cursor, "0");
        set_meta(database, cursor + "_branch", "");
    }
}

Result<void> reset_rows(Database& database, const TerminalPeer::ResetRows& reset) {
    return database.transaction([&]() -> Result<void> {
        // Blocks stay: a recall is in force until the server says otherwise. The other rows stay
        // too, marked, until the new ones are whole: a server that is gone again half-way, or one
        // that was started in the wrong folder, must not leave a till with nothing to sell.
        mark_rows_old(database);
        set_meta(database, "server_epoch", std::to_string(reset.server_epoch));
        set_meta(database, "snapshot", std::to_string(reset.snapshot));
        // What this terminal did is laid on top again until the server has it.
        database.execute("UPDATE overlay SET visible_at = NULL");
        return {};
    });
}

std::string op_hash(Database& database, std::int64_t epoch, std::int64_t seq) {
    Query query = database.query("SELECT hash FROM ops WHERE epoch = $1 AND seq = $2");
    query.bind(epoch).bind(seq);
    if (!query.step()) return "";
    Hash hash{};
    const std::string bytes = query.text(0);
    if (bytes.size() != hash.size()) return "";
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return to_hex(hash);
}

namespace {

/// Takes the ops above `keep` out of the present log, which ends there.
std::vector<std::string> take_tail(Database& database, const Log& log, std::int64_t keep) {
    std::vector<std::string> bodies;
    {
        Query tail =
            database.query("SELECT body FROM ops WHERE epoch = $1 AND seq > $2 ORDER BY seq");
        tail.bind(log.epoch).bind(keep);
        while (tail.step())
            bodies.push_back(tail.text(0));
    }
    for (std::string_view table : {"ops", "overlay"}) {
        database.query(fmt::format("DELETE FROM {} WHERE epoch = $1 AND seq > $2", table))
            .bind(log.epoch)
            .bind(keep)
            .run();
    }
    if (keep == 0) {
        database.query("DELETE FROM logs WHERE epoch = $1").bind(log.epoch).run();
    } else {
        database
            .query(
                "UPDATE logs SET last_seq = $1, acked_seq = $1, head = (SELECT hash FROM ops WHERE "
                "epoch = $2 AND seq = $1) WHERE epoch = $2")
            .bind(keep)
            .bind(log.epoch)
            .run();
    }
    return bodies;
}

Result<void> append_again(Database& database, const std::string& body) {
    auto op = read_envelope(body, Zeros::allowed);
    if (!op) return tl::unexpected(op.error());
    auto effect = [data = op->data](DerivedRows& rows, Envelope as) {
        as.data = data;
        (void)apply_effect(rows, as);  // a newer program may have written it
    };
    auto appended =
        append_op(database, {op->kind, op->at, op->person, json::serialize(op->data), effect});
    if (!appended) return tl::unexpected(appended.error());
    return {};
}

}  // namespace

Result<TerminalLogs> begin_epoch(Database& database, const TerminalPeer::NewEpoch& wanted) {
    TerminalLogs logs;
    auto done = database.transaction([&]() -> Result<void> {
        const Log log = present_log(database);
        const bool welcomed = meta_number(database, "server_epoch") != 0;
        if (log.last_seq != 0 && welcomed && !wanted.opened) {
            return failure("epoch_in_use", "ops were written in this epoch");
        }
        const auto tail = take_tail(database, log, wanted.keep);
        database
            .query("UPDATE receipts SET epoch = $1, seq = seq - $2 WHERE epoch = $3 AND seq > $2")
            .bind(wanted.epoch)
            .bind(wanted.keep)
            .bind(log.epoch)
            .run();
        start_log(database, wanted.epoch);
        for (const std::string& body : tail) {
            if (auto appended = append_again(database, body); !appended) return appended;
        }
        logs = load_logs(database);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return logs;
}

}  // namespace fangxin::sync
