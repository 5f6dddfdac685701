#include "sync/link_impl.hpp"
#include "sync/terminal_repair.hpp"

namespace fangxin::sync {

void Link::Impl::act(TerminalPeer::LoadOps& action) {
    store(
        Priority::bulk,
        [action](Database& database) {
            return database.reading<LoadedOps>(
                [&] { return load_ops(database, action.epoch, action.first); });
        },
        [action](Impl& self, bool same_line, LoadedOps& loaded) {
            if (!same_line) return;
            self.take(
                self.peer_.on_ops_loaded(action, std::move(loaded.bodies), std::move(loaded.head)));
        });
}

namespace {
/// A transaction's answer as something that `store` can hand on.
Result<bool> as_answer(const Result<void>& done) {
    if (!done) return tl::unexpected(done.error());
    return true;
}
}  // namespace

void Link::Impl::act(TerminalPeer::StoreRows& action) {
    auto frame = std::make_shared<RowsFrame>(std::move(action.frame));
    store(
        Priority::bulk,
        [frame](Database& database) { return as_answer(store_rows(database, *frame)); },
        [frame](Impl& self, bool same_line, bool) {
            if (!frame->rows.empty()) self.events_.rows_changed();
            if (same_line)
                self.take(self.peer_.on_rows_stored({frame->to, frame->complete, frame->branch}));
        });
}

void Link::Impl::act(TerminalPeer::StoreBlocks& action) {
    auto frame = std::make_shared<BlocksFrame>(std::move(action.frame));
    store(
        Priority::block,
        [frame, now = events_.now](Database& database) {
            return store_blocks(database, *frame, now());
        },
        [frame](Impl& self, bool same_line, const LogState& written) {
            std::vector<domain::Block> blocks;
            for (const json::object& each : frame->rows) {
                if (auto block = from_json<domain::Block>(each)) blocks.push_back(*block);
            }
            if (!blocks.empty()) self.events_.blocks_applied(std::move(blocks), frame->to);
            if (same_line)
                self.take(self.peer_.on_blocks_stored({frame->to, frame->complete, frame->branch}));
            if (written.last_seq > 0) self.take(self.peer_.on_appended(written));
            self.events_.unsent(self.peer_.unsent());
        });
}

void Link::Impl::act(TerminalPeer::StoreAck& action) {
    store(
        Priority::acknowledgement,
        [ack = action.ack](Database& database) { return as_answer(store_ack(database, ack)); },
        [ack = action.ack](Impl& self, bool, bool) {
            self.take(self.peer_.on_ack_stored(ack));
            self.events_.unsent(self.peer_.unsent());
        });
}

void Link::Impl::act(TerminalPeer::TakeBack& action) {
    events_.log(fmt::format("the server has epoch {} no further than {}", action.log.epoch,
                            action.log.last_seq));
    store(
        Priority::acknowledgement,
        [log = action.log](Database& database) { return as_answer(take_back(database, log)); },
        [done = action](Impl& self, bool, bool) {
            self.take(self.peer_.on_taken_back(done));
            self.events_.unsent(self.peer_.unsent());
        });
}

void Link::Impl::act(TerminalPeer::ResetRows& action) {
    // Behind what an earlier connection still has to store: those rows are dropped with the others.
    store(
        Priority::bulk,
        [reset = action](Database& database) { return as_answer(reset_rows(database, reset)); },
        [reset = action](Impl& self, bool, bool) { self.take(self.peer_.on_reset(reset)); });
}

void Link::Impl::act(TerminalPeer::NewEpoch& action) {
    store(
        Priority::sale,
        [wanted = action](Database& database) { return begin_epoch(database, wanted); },
        [](Impl& self, bool, TerminalLogs& logs) {
            self.take(self.peer_.on_epoch(logs));
            self.events_.unsent(self.peer_.unsent());
        });
}

void Link::Impl::act(TerminalPeer::LoadHash& action) {
    store(
        Priority::bulk,
        [asked = action](Database& database) {
            return database.reading<std::string>(
                [&] { return op_hash(database, asked.epoch, asked.seq); });
        },
        [asked = action](Impl& self, bool same_line, std::string& hash) {
            if (same_line) self.take(self.peer_.on_hash(asked, hash));
        });
}

/// Behind the rows that came before the mark, ahead of those that come after it.
void Link::Impl::act(TerminalPeer::SumTables& action) {
    store_.submit(
        Priority::bulk, [self = shared_from_this(), mark = action.mark, line = line_](Database&) {
            self->summing_.sum(mark, [self, mark, line](SummingThread::Sums sums) {
                asio::post(self->io_, [self, mark, line, sums = std::move(sums)]() mutable {
                    if (line == self->line_)
                        self->take(self->peer_.on_summed(mark, std::move(sums)));
                });
            });
        });
}

void Link::Impl::act(TerminalPeer::StoreTable& action) {
    auto asked = std::make_shared<TerminalPeer::StoreTable>(std::move(action));
    store(
        Priority::bulk,
        [asked, now = events_.now](Database& database) {
            return store_table(database, *asked, now());
        },
        [asked](Impl& self, bool same_line, TableStored& stored) {
            const TableRows& part = asked->part;
            const std::int64_t repaired = asked->repaired + stored.repaired;
            if (!stored.blocks.empty()) {
                self.events_.blocks_applied(std::move(stored.blocks), self.peer_.durable().blocks);
            }
            if (stored.repaired > 0) self.events_.rows_changed();
            if (part.last && repaired > 0) self.events_.repaired(part.table, repaired);
            if (same_line) self.take(self.peer_.on_table_stored(part, stored.repaired));
            if (stored.written.last_seq > 0) self.take(self.peer_.on_appended(stored.written));
        });
}

}  // namespace fangxin::sync
