#include "sync/server/pending.hpp"

#include "sync/ops.hpp"
#include "sync/store/meta.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace fangxin::sync {

namespace {

struct Waiting {
    OpNumber op;
    std::string body;
    std::string role;
    std::string status;
};

Waiting read_waiting(const Query& query) {
    return {{query.text(0), {query.int64(1), query.int64(2)}},
            query.text(3),
            query.text(4),
            query.text(5)};
}

constexpr std::string_view select_waiting =
    "SELECT o.terminal, epoch, seq, body, coalesce(k.role, ''), status FROM ops o "
    "LEFT JOIN known_terminals k ON k.terminal = o.terminal WHERE ";

/// Of one transaction: while it lasts no other server stores anything.
constexpr std::size_t pending_at_once = 100;

/// In the order of each terminal's log.
std::vector<Waiting> waiting_for(Database& database, std::string_view what) {
    std::vector<Waiting> all;
    Query query = database.query(fmt::format(
        "{} status = 'pending' AND why = $1 ORDER BY o.terminal, epoch, seq", select_waiting));
    for (query.bind(waits_for(what)); query.step();)
        all.push_back(read_waiting(query));
    return all;
}

std::vector<OpNumber> unknown_kinds(Database& database) {
    std::vector<OpNumber> all;
    Query query = database.query(
        "SELECT terminal, epoch, seq FROM ops WHERE status <> 'applied' AND status = 'pending' "
        "AND why NOT LIKE $1 ORDER BY terminal, epoch, seq");
    for (query.bind(waits_for("%")); query.step();)
        all.push_back({query.text(0), {query.int64(1), query.int64(2)}});
    return all;
}

void set_judged(Database& database, const OpNumber& op, const Judged& judged) {
    database
        .query(
            "UPDATE ops SET kind = $1, at = $2, person = $3, status = $4, why = $5 "
            "WHERE terminal = $6 AND epoch = $7 AND seq = $8")
        .bind(judged.kind)
        .bind(judged.at)
        .bind(judged.person)
        .bind(judged.status)
        .bind(judged.why)
        .bind(op.terminal)
        .bind(op.number.epoch)
        .bind(op.number.last_seq)
        .run();
}

Judged apply_waiting(ServerRows& rows, const Waiting& one) {
    const FreshOp op{one.op.number, one.body, {}, read_envelope(one.body)};
    const bool own = one.op.terminal == server_log_name;
    return apply_one(rows, op, {one.op.terminal, own ? server_log_name : one.role});
}

bool has_effect(const Judged& judged) {
    return judged.status == "applied" || judged.status == "flagged";
}

/// That it is applied here and not where it came: op_order.hpp.
void note_place(Database& database, const OpNumber& op) {
    database.query("UPDATE ops SET came = $1 WHERE terminal = $2 AND epoch = $3 AND seq = $4")
        .bind(-take_number(database, "came"))
        .bind(op.terminal)
        .bind(op.number.epoch)
        .bind(op.number.last_seq)
        .run();
}

Result<ReplayDone> apply_again(Database& database, const Waiting& one) {
    ReplayDone result;
    auto done = database.attempt([&]() -> Result<void> {
        ServerRows rows(database);
        result.judged = apply_waiting(rows, one);
        result.changed = rows.finish();
        return {};
    });
    if (!done && done.error().code != "cannot_store") return tl::unexpected(done.error());
    if (!done) {
        result.judged = cannot_store({one.op.number, one.body, {}, read_envelope(one.body)});
    }
    if (has_effect(result.judged) || result.judged.status != one.status)
        set_judged(database, one.op, result.judged);
    return result;
}

/// The server's own log says when it was applied: the order of all ops can be told from the book.
Result<void> note_replayed(Database& database, const OpNumber& op, const ReplayNote& note,
                           Changed& changed) {
    note_place(database, op);
    const OpReplayed replayed{op.terminal, op.number.epoch, op.number.last_seq, note.reason};
    auto appended = append_server_op(database, draft(replayed, note.at, note.person));
    if (!appended) return tl::unexpected(appended.error());
    changed.also(*appended);
    return {};
}

}  // namespace

void apply_awaiting(Database& database, ServerRows& rows, OpRows& kept) {
    const std::string arrived = rows.take_arrived();
    if (arrived.empty()) return;
    kept.flush();
    for (const Waiting& one : waiting_for(database, arrived))
        set_judged(database, one.op, apply_waiting(rows, one));
}

Result<ReplayDone> replay_op(Database& database, const OpNumber& op, const ReplayNote& note) {
    Query query = database.query(
        fmt::format("{} o.terminal = $1 AND epoch = $2 AND seq = $3", select_waiting));
    query.bind(op.terminal).bind(op.number.epoch).bind(op.number.last_seq);
    if (!query.step()) return failure("not_found", "no such op");
    const Waiting one = read_waiting(query);
    if (one.status != "pending" && one.status != "rejected")
        return failure("applied", "it has its effect");
    auto done = apply_again(database, one);
    if (!done || !has_effect(done->judged)) return done;
    if (auto noted = note_replayed(database, op, note, done->changed); !noted)
        return tl::unexpected(noted.error());
    return done;
}

Result<void> apply_pending(Database& database, const ReplayNote& note) {
    auto all = database.reading<std::vector<OpNumber>>([&] { return unknown_kinds(database); });
    if (!all) return tl::unexpected(all.error());
    for (std::size_t first = 0; first < all->size(); first += pending_at_once) {
        auto some = std::span(*all).subspan(first, std::min(pending_at_once, all->size() - first));
        auto done = database.transaction([&]() -> Result<void> {
            for (const OpNumber& op : some) {
                auto replayed = replay_op(database, op, note);
                if (!replayed && replayed.error().code != "applied")
                    return tl::unexpected(replayed.error());
            }
            return {};
        });
        if (!done) return done;
    }
    return {};
}

}  // namespace fangxin::sync
