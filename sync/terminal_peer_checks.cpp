// How a terminal finds out that what it holds is not what the server has, and puts it right: its
// log where a manager let it begin anew, and its tables at each checkpoint.
#include "domain/check.hpp"
#include "sync/table_sum.hpp"
#include "sync/terminal_peer.hpp"

#include <utility>

namespace fangxin::sync {

/// By halves: the hash of an op stands for all ops before it.
void TerminalPeer::ask_middle(Actions& actions) {
    if (fork_->agree + 1 >= fork_->differ) {
        const std::int64_t keep = std::exchange(fork_, std::nullopt)->agree;
        actions.push_back(NewEpoch{welcome_->new_epoch, keep, true});
        return;
    }
    fork_->middle = fork_->agree + (fork_->differ - fork_->agree) / 2;
    fork_->ours.reset();
    fork_->theirs.reset();
    const std::int64_t epoch = durable_.logs.back().epoch;
    actions.push_back(Send{AskHash{epoch, fork_->middle}});
    actions.push_back(LoadHash{epoch, fork_->middle});
}

TerminalPeer::Actions TerminalPeer::on_hash(const LoadHash& asked, const std::string& hash) {
    if (!fork_ || asked.seq != fork_->middle) return {};
    fork_->ours = hash;
    return compare_hashes();
}

TerminalPeer::Actions TerminalPeer::on(const OpHash& hash) {
    if (!fork_ || hash.seq != fork_->middle) return {Close{"a hash that was not asked for"}};
    fork_->theirs = hash.hash;
    return compare_hashes();
}

TerminalPeer::Actions TerminalPeer::compare_hashes() {
    if (!fork_->ours || !fork_->theirs) return {};
    const bool same = !fork_->ours->empty() && fork_->ours == fork_->theirs;
    (same ? fork_->agree : fork_->differ) = fork_->middle;
    Actions actions;
    ask_middle(actions);
    return actions;
}

TerminalPeer::Actions TerminalPeer::on_epoch(const TerminalLogs& logs) {
    FANGXIN_CHECK(!logs.logs.empty() && !durable_.logs.empty());
    Actions actions;
    if (logs.logs.back().epoch > durable_.logs.back().epoch) {
        durable_.logs = logs.logs;
        durable_.acked = logs.acked;
        const bool opened = welcome_ && welcome_->new_epoch == logs.logs.back().epoch;
        if (opened) actions.push_back(ConflictOver{});
        parted_ = false;
    }
    if (stage_ == Stage::preparing) prepare(actions);
    return actions;
}

/// A repair that goes on is let go on; what hangs, because a message was lost, begins again.
TerminalPeer::Actions TerminalPeer::on(const Mark& mark) {
    if (stage_ != Stage::live || mark.at != rows_received_) return {};
    if (std::exchange(repair_moved_, false)) return {};
    repairs_.clear();
    mark_ = mark;
    sums_.reset();
    server_sums_.reset();
    return {Comparing{true}, SumTables{mark}};
}

TerminalPeer::Actions TerminalPeer::on_summed(const Mark& mark,
                                              std::optional<std::vector<TableSum>> sums) {
    if (!mark_ || mark_->at != mark.at) return {};
    if (!sums) {
        mark_.reset();
        return {Comparing{false}};
    }
    sums_ = std::move(sums);
    return compare_sums();
}

TerminalPeer::Actions TerminalPeer::on(const Checkpoint& checkpoint) {
    if (!mark_ || mark_->at != checkpoint.at) return {};
    server_sums_ = checkpoint.tables;
    return compare_sums();
}

TerminalPeer::Actions TerminalPeer::compare_sums() {
    if (!sums_ || !server_sums_) return {};
    repairs_ = different_tables(*sums_, *server_sums_);
    mark_.reset();
    Actions actions;
    repair_next(actions);
    return actions;
}

void TerminalPeer::repair_next(Actions& actions) {
    repair_moved_ = !repairs_.empty();
    repaired_to_.clear();
    repaired_rows_ = 0;
    if (repairs_.empty()) {
        actions.push_back(Comparing{false});
    } else {
        actions.push_back(Send{Repair{repairs_.front(), ""}});
    }
}

TerminalPeer::Actions TerminalPeer::on(const TableRows& part) {
    const bool wanted = stage_ == Stage::live && !repairs_.empty() &&
                        part.table == repairs_.front() && part.after == repaired_to_;
    if (!wanted) return {Close{"a table that was not asked for"}};
    if (!part.last && part.to <= part.after) return {Close{"a table without an end"}};
    return {StoreTable{part, repaired_rows_}};
}

TerminalPeer::Actions TerminalPeer::on_table_stored(const TableRows& part, std::int64_t repaired) {
    if (repairs_.empty() || part.table != repairs_.front() || part.after != repaired_to_) return {};
    Actions actions;
    repaired_rows_ += repaired;
    repair_moved_ = true;
    if (part.last) {
        repairs_.erase(repairs_.begin());
        repair_next(actions);
    } else {
        repaired_to_ = part.to;
        actions.push_back(Send{Repair{part.table, part.to}});
    }
    return actions;
}

/// What was received is first stored: the server goes on behind what we say that we have.
TerminalPeer::Actions TerminalPeer::on(const Poke&) {
    if (stage_ != Stage::live) return {Close{"a poke before the welcome"}};
    poked_ = true;
    Actions actions;
    answer_poke(actions);
    return actions;
}

void TerminalPeer::answer_poke(Actions& actions) {
    const bool stored = durable_.rows >= rows_received_ && durable_.blocks >= blocks_received_;
    if (!poked_ || !stored) return;
    poked_ = false;
    rows_received_ = durable_.rows;
    blocks_received_ = lane_received_ = durable_.blocks;
    actions.push_back(Send{Poked{durable_.rows, durable_.blocks}});
}

}  // namespace fangxin::sync
