#include "sync/ops.hpp"
#include "sync/server/book.hpp"
#include "sync/server/command_context.hpp"

namespace fangxin::sync {

/// SYNC-2: a terminal whose disk was set back goes on in a new epoch of its log, once a manager has
/// looked. What it wrote since moves along; what the server has of the old one stays.
Result<void> run_new_epoch(const CommandContext& context) {
    auto terminal = argument<std::string>(context, "terminal");
    if (!terminal) return tl::unexpected(terminal.error());
    auto reason = argument<std::string>(context, "reason");
    if (!reason) return tl::unexpected(reason.error());
    auto done = context.database.transaction([&]() -> Result<void> {
        Query known = context.database.query("SELECT 1 FROM known_terminals WHERE terminal = $1");
        known.bind(*terminal);
        if (!known.step()) return failure("not_found", "no terminal " + *terminal);
        auto changed = append_server_op(
            context.database,
            draft(EpochOpened{*terminal, *reason}, context.now, std::string(server_person)));
        if (!changed) return tl::unexpected(changed.error());
        return {};
    });
    if (done) context.output({{"event", "epoch_opened"}, {"terminal", *terminal}});
    return done;
}

}  // namespace fangxin::sync
