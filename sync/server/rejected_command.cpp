// `rejected` and `replay`: what a bad op was, why it has no effect, and another try once the reason
// is gone (sync.md 3). A bad op never blocks those behind it, so somebody has to look.
#include "sync/server/command_context.hpp"
#include "sync/server/pending.hpp"

namespace fangxin::sync {

namespace {

/// Of one call: more are asked for with a terminal's name.
constexpr std::int64_t shown_most = 1000;

json::object read_op(const Query& query) {
    return {{"event", "op"},           {"terminal", query.text(0)}, {"epoch", query.int64(1)},
            {"seq", query.int64(2)},   {"kind", query.text(3)},     {"at", query.text(4)},
            {"person", query.text(5)}, {"status", query.text(6)},   {"why", query.text(7)},
            {"body", query.text(8)}};
}

std::vector<OpNumber> without_effect(Database& database) {
    std::vector<OpNumber> all;
    Query query = database.query(
        "SELECT terminal, epoch, seq FROM ops WHERE status <> 'applied' AND "
        "status <> 'flagged' AND status <> 'known' ORDER BY came, terminal, epoch, seq");
    while (query.step())
        all.push_back({query.text(0), {query.int64(1), query.int64(2)}});
    return all;
}

Result<std::vector<OpNumber>> asked_for(const CommandContext& context) {
    auto all = argument<bool>(context, "all");
    if (!all) return tl::unexpected(all.error());
    if (*all) {
        return context.database.reading<std::vector<OpNumber>>(
            [&] { return without_effect(context.database); });
    }
    auto terminal = argument<std::string>(context, "terminal");
    auto epoch = argument<std::int64_t>(context, "epoch");
    auto seq = argument<std::int64_t>(context, "seq");
    if (!terminal) return tl::unexpected(terminal.error());
    if (!epoch) return tl::unexpected(epoch.error());
    if (!seq) return tl::unexpected(seq.error());
    return std::vector{OpNumber{*terminal, {*epoch, *seq}}};
}

}  // namespace

Result<void> run_rejected(const CommandContext& context) {
    auto terminal = argument<std::string>(context, "terminal");
    if (!terminal) return tl::unexpected(terminal.error());
    auto done = context.database.reading<bool>([&] {
        Query query = context.database.query(
            "SELECT terminal, epoch, seq, kind, at, person, status, why, body FROM ops WHERE "
            "status <> 'applied' AND ($1 = '' OR terminal = $1) "
            "ORDER BY came, terminal, epoch, seq LIMIT $2");
        for (query.bind(*terminal).bind(shown_most); query.step();)
            context.output(read_op(query));
        return true;
    });
    if (!done) return tl::unexpected(done.error());
    return {};
}

/// Each in a transaction of its own: one that cannot be applied stops none of the others.
Result<void> run_replay(const CommandContext& context) {
    auto ops = asked_for(context);
    if (!ops) return tl::unexpected(ops.error());
    auto reason = argument<std::string>(context, "reason");
    if (!reason) return tl::unexpected(reason.error());
    for (const OpNumber& op : *ops) {
        Result<ReplayDone> replayed;
        auto done = context.database.transaction([&]() -> Result<void> {
            replayed =
                replay_op(context.database, op, {context.now, std::string(server_person), *reason});
            if (!replayed) return tl::unexpected(replayed.error());
            return {};
        });
        if (!done) return done;
        const Judged& judged = replayed->judged;
        const bool applied = judged.status == "applied" || judged.status == "flagged";
        context.output({{"event", applied ? "replayed" : "kept"},
                        {"terminal", op.terminal},
                        {"epoch", op.number.epoch},
                        {"seq", op.number.last_seq},
                        {"kind", judged.kind},
                        {"status", judged.status},
                        {"why", judged.why}});
        if (context.let_pass) context.let_pass();
    }
    return {};
}

}  // namespace fangxin::sync
