#include "sync/terminal_peer.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fangxin::sync {

namespace {

LogState* find_log(std::vector<LogState>& logs, std::int64_t epoch) {
    auto found = std::ranges::find(logs, epoch, &LogState::epoch);
    return found == logs.end() ? nullptr : &*found;
}

std::int64_t last_of(const std::vector<LogState>& logs, std::int64_t epoch) {
    auto found = std::ranges::find(logs, epoch, &LogState::epoch);
    return found == logs.end() ? 0 : found->last_seq;
}

}  // namespace

TerminalPeer::TerminalPeer(TerminalState durable) : durable_(std::move(durable)) {}

std::int64_t TerminalPeer::durable_last(std::int64_t epoch) const {
    return last_of(durable_.logs, epoch);
}

std::int64_t TerminalPeer::unsent() const {
    std::int64_t count = 0;
    for (const LogState& log : durable_.logs) {
        count += log.last_seq - last_of(durable_.acked, log.epoch);
    }
    return count;
}

TerminalPeer::Actions TerminalPeer::on_connected(std::int64_t now_ms) {
    FANGXIN_CHECK(stage_ == Stage::closed);
    stage_ = Stage::greeting;
    heard_ms_ = pinged_ms_ = now_ms;
    return {Send{Hello{.app = durable_.app,
                       .terminal = durable_.terminal,
                       .role = durable_.role,
                       .logs = durable_.logs,
                       .server_epoch = durable_.server_epoch,
                       .rows = durable_.rows,
                       .blocks = durable_.blocks,
                       .snapshot = durable_.snapshot,
                       .rows_branch = durable_.rows_branch,
                       .blocks_branch = durable_.blocks_branch}}};
}

TerminalPeer::Actions TerminalPeer::on_message(std::int64_t now_ms, const Message& message) {
    if (stage_ == Stage::closed) return {};
    heard_ms_ = now_ms;
    return std::visit([&](const auto& each) { return on(each); }, message);
}

TerminalPeer::Actions TerminalPeer::on_tick(std::int64_t now_ms) {
    if (stage_ == Stage::closed) return {};
    if (now_ms - heard_ms_ > silent_after_ms) return {Close{"silent"}};
    if (in_flight_.empty()) waiting_since_ms_ = 0;
    if (!in_flight_.empty() && waiting_since_ms_ == 0) waiting_since_ms_ = now_ms;
    if (waiting_since_ms_ != 0 && now_ms - waiting_since_ms_ > stuck_after_ms) {
        return {Close{"no acknowledgement"}};
    }
    // Nothing is under way, and it was never said that this is all: a frame that does may bring
    // no row or block, and then no cursor tells the server that it was lost.
    const bool is_waiting = stage_ == Stage::live && !caught_up() &&
                            rows_received_ == durable_.rows && blocks_received_ == durable_.blocks;
    if (!is_waiting) end_awaited_since_ms_ = 0;
    if (is_waiting && end_awaited_since_ms_ == 0) end_awaited_since_ms_ = now_ms;
    if (is_waiting && now_ms - end_awaited_since_ms_ > stuck_after_ms)
        return {Close{"it was never said that this is all"}};
    if (fork_ && fork_->since_ms == 0) fork_->since_ms = now_ms;
    if (fork_ && now_ms - fork_->since_ms > stuck_after_ms) return {Close{"no hash"}};
    if (now_ms - pinged_ms_ < ping_every_ms) return {};
    pinged_ms_ = now_ms;
    return {Send{Ping{}}};
}

TerminalPeer::Actions TerminalPeer::on_closed() {
    bool was_online = online();
    stage_ = Stage::closed;
    blocks_whole_ = rows_complete_ = false;
    in_flight_.clear();
    waiting_since_ms_ = end_awaited_since_ms_ = 0;
    loading_ = false;
    welcome_.reset();
    early_.clear();
    poked_ = false;
    fork_.reset();
    Actions actions;
    if (is_comparing()) actions.push_back(Comparing{false});
    mark_.reset();
    repairs_.clear();
    repair_moved_ = false;
    if (was_online) actions.push_back(Offline{});
    return actions;
}

TerminalPeer::Actions TerminalPeer::on(const Welcome& welcome) {
    if (stage_ != Stage::greeting) return {Close{"a second welcome"}};
    Actions actions{ServerTime{welcome.now_ms}};
    welcome_ = welcome;
    stage_ = Stage::preparing;
    prepare(actions);
    return actions;
}

/// The epoch to go on in where the server's logs of this terminal are not those of this database.
std::optional<std::int64_t> TerminalPeer::wanted_epoch() const {
    if (durable_.logs.empty()) return std::nullopt;
    const LogState& present = durable_.logs.back();
    std::int64_t server_last = last_of(welcome_->logs, present.epoch);
    // No server ever welcomed this database, so what the server has is another one's: a till whose
    // disk was replaced or set aside. Or it was rolled back to before its first op.
    bool others = durable_.server_epoch == 0 && server_last > 0;
    if (!others && (present.last_seq > 0 || server_last == 0)) return std::nullopt;
    std::int64_t newest = present.epoch;
    for (const LogState& log : welcome_->logs)
        newest = std::max(newest, log.epoch);
    return newest + 1;
}

bool TerminalPeer::opened_by_manager() const {
    return !durable_.logs.empty() && welcome_->new_epoch > durable_.logs.back().epoch;
}

/// One step at a time, each durable before the next: the epoch, then the rows, then live.
void TerminalPeer::prepare(Actions& actions) {
    if (auto epoch = wanted_epoch()) {
        actions.push_back(NewEpoch{*epoch, 0, false});
    } else if (opened_by_manager()) {
        const LogState& present = durable_.logs.back();
        const std::int64_t both =
            std::min(present.last_seq, last_of(welcome_->logs, present.epoch));
        fork_ = Fork{.agree = 0, .differ = both + 1};
        ask_middle(actions);
    } else if (welcome_->server_epoch != durable_.server_epoch || welcome_->snapshot) {
        actions.push_back(ResetRows{welcome_->server_epoch, welcome_->ver});
    } else {
        go_live(actions);
    }
}

TerminalPeer::Actions TerminalPeer::on_reset(const ResetRows& done) {
    Actions actions;
    // Another history: what parted from the last one's log may not part from this one's. The server
    // may know nothing of it any more, and could open no epoch that lets it go on.
    const bool is_other = done.server_epoch != durable_.server_epoch;
    if (is_other && std::exchange(parted_, false)) actions.push_back(ConflictOver{});
    durable_.server_epoch = done.server_epoch;
    durable_.rows = durable_.blocks = 0;
    durable_.snapshot = done.snapshot;
    durable_.rows_branch.clear();
    durable_.blocks_branch.clear();
    if (stage_ != Stage::preparing) return actions;
    welcome_->snapshot = false;
    prepare(actions);
    return actions;
}

/// A terminal whose log parts from the server's sends nothing until a manager has decided, but it
/// still takes blocks: a recall is in force on it like on any other.
void TerminalPeer::go_live(Actions& actions) {
    stage_ = Stage::live;
    rows_received_ = durable_.rows;
    blocks_received_ = lane_received_ = durable_.blocks;
    settle_logs(actions);
    pump(actions);
    for (const auto& frame : std::exchange(early_, {})) {
        auto more = std::visit([this](const auto& each) { return on(each); }, frame);
        std::move(more.begin(), more.end(), std::back_inserter(actions));
    }
}

void TerminalPeer::settle_logs(Actions& actions) {
    next_ = durable_.logs;
    for (LogState& log : next_)
        log.last_seq = last_of(welcome_->logs, log.epoch) + 1;
    for (LogState& acked : durable_.acked) {
        const std::int64_t server_last = last_of(welcome_->logs, acked.epoch);
        if (acked.last_seq <= server_last) continue;
        acked.last_seq = server_last;
        std::erase_if(taking_back_, [&](const LogState& log) { return log.epoch == acked.epoch; });
        taking_back_.push_back(acked);
    }
    // Again, what could not be stored on the line before: the disk was full.
    for (const LogState& log : taking_back_)
        actions.push_back(TakeBack{log});
    bool rolled_back = false;
    for (std::size_t i = 0; i < welcome_->logs.size(); ++i) {
        const LogState& server = welcome_->logs[i];
        const LogState* ours = find_log(durable_.logs, server.epoch);
        const bool present = ours && ours == &durable_.logs.back();
        rolled_back |= !durable_.logs.empty() && server.epoch > durable_.logs.back().epoch;
        const bool set_back = present && server.last_seq > ours->last_seq;
        rolled_back |= set_back;
        // What was written here since may be other ops under the same numbers.
        if (!ours || set_back) continue;
        // The acknowledgement itself may have been lost with the last connection.
        const std::int64_t both = std::min(server.last_seq, ours->last_seq);
        const bool told = both == server.last_seq && i < welcome_->heads.size();
        actions.push_back(StoreAck{
            Ack{server.epoch, both, welcome_->ver, told ? welcome_->heads[i] : std::string()}});
    }
    if (rolled_back) {
        actions.push_back(Conflict{"rolled_back", "the server has more of this log than we"});
    }
    if (rolled_back || parted_) next_.clear();
}

TerminalPeer::Actions TerminalPeer::on(const Ack& ack) {
    if (stage_ != Stage::live) return {Close{"an ack before the welcome"}};
    if (ack.seq > durable_last(ack.epoch)) return {Close{"an ack for what was never sent"}};
    // One that comes again does not stand for a frame behind it.
    const auto done = std::erase_if(in_flight_, [&](const LogState& frame) {
        return frame.epoch == ack.epoch && frame.last_seq <= ack.seq;
    });
    if (done > 0) waiting_since_ms_ = 0;
    Actions actions{StoreAck{ack}};
    pump(actions);
    return actions;
}

TerminalPeer::Actions TerminalPeer::on_ack_stored(const Ack& ack) {
    LogState* acked = find_log(durable_.acked, ack.epoch);
    if (!acked) {
        durable_.acked.push_back({ack.epoch, ack.seq});
    } else {
        acked->last_seq = std::max(acked->last_seq, ack.seq);
    }
    return {};
}

TerminalPeer::Actions TerminalPeer::on_taken_back(const TakeBack& done) {
    std::erase(taking_back_, done.log);
    return {};
}

TerminalPeer::Actions TerminalPeer::on(const Gap& gap) {
    LogState* next = find_log(next_, gap.epoch);
    if (stage_ != Stage::live || !next || gap.want < 1 || gap.want > next->last_seq) {
        return {Close{"a gap that cannot be"}};
    }
    next->last_seq = gap.want;
    in_flight_.clear();
    Actions actions;
    pump(actions);
    return actions;
}

TerminalPeer::Actions TerminalPeer::on(const Refused& refused) {
    // What was sent is not of the server's log. The next line sends none of it and is not refused
    // again: blocks still come, and the person is told once and not ten times a second.
    if (stage_ == Stage::live) parted_ = true;
    return {Conflict{refused.code, refused.detail}, Close{"refused"}};
}

/// A server does not wait for us: it sends as soon as it has welcomed. As much as it may have under
/// way is kept; more than that is a server that counts wrong.
template <class Frame>
TerminalPeer::Actions TerminalPeer::keep_early(const Frame& frame) {
    if (early_.size() >= early_limit) return {Close{"too much before we are ready"}};
    early_.push_back(frame);
    return {};
}

TerminalPeer::Actions TerminalPeer::on(const RowsFrame& frame) {
    if (stage_ == Stage::preparing) return keep_early(frame);
    if (stage_ != Stage::live) return {Close{"rows before the welcome"}};
    if (frame.to <= rows_received_ && frame.from < rows_received_) return {};  // seen before
    if (frame.from != rows_received_ || frame.to < frame.from) return {Close{"rows are missing"}};
    if (frame.blocks > blocks_received_) return {Close{"blocks are missing"}};
    rows_received_ = frame.to;
    blocks_received_ = std::max(blocks_received_, frame.to);  // none were made up to there
    return {StoreRows{frame}};
}

namespace {
struct Cursor {
    std::int64_t& at;
    std::string& branch;
};
void raise(Cursor cursor, const TerminalPeer::Stored& frame) {
    if (frame.to <= cursor.at) return;
    cursor.at = frame.to;
    cursor.branch = frame.branch;
}
}  // namespace

TerminalPeer::Actions TerminalPeer::on_rows_stored(const Stored& frame) {
    end_awaited_since_ms_ = 0;
    raise({durable_.rows, durable_.rows_branch}, frame);
    raise({durable_.blocks, durable_.blocks_branch}, frame);
    if (stage_ != Stage::live) return {};
    Actions actions{Send{Have{durable_.rows, durable_.blocks}}};
    rows_complete_ = frame.complete;
    if (caught_up()) actions.push_back(CaughtUp{});
    answer_poke(actions);
    return actions;
}

TerminalPeer::Actions TerminalPeer::on(const BlocksFrame& frame) {
    if (stage_ == Stage::preparing) return keep_early(frame);
    if (stage_ != Stage::live) return {Close{"blocks before the welcome"}};
    if (frame.to <= blocks_received_ && frame.from < blocks_received_) return {};  // seen before
    if (frame.from != blocks_received_ || frame.to < frame.from) {
        return {Close{"blocks are missing"}};
    }
    blocks_received_ = frame.to;
    StoreBlocks store{frame};
    store.frame.from = std::min(frame.from, std::exchange(lane_received_, frame.to));
    return {std::move(store)};
}

TerminalPeer::Actions TerminalPeer::on_blocks_stored(const Stored& frame) {
    end_awaited_since_ms_ = 0;
    raise({durable_.blocks, durable_.blocks_branch}, frame);
    if (stage_ != Stage::live) return {};
    Actions actions{Send{Have{durable_.rows, durable_.blocks}}};
    if (frame.complete && !blocks_whole_) {
        blocks_whole_ = true;
        actions.push_back(Online{});
    }
    answer_poke(actions);
    return actions;
}

TerminalPeer::Actions TerminalPeer::on(const Ping& ping) {
    Actions actions{Send{Pong{}}};
    if (ping.now_ms > 0) actions.push_back(ServerTime{ping.now_ms});
    return actions;
}

TerminalPeer::Actions TerminalPeer::on(const Pong& pong) {
    if (pong.now_ms == 0) return {};
    return {ServerTime{pong.now_ms}};
}

TerminalPeer::Actions TerminalPeer::on(const HoldClaimed& claimed) { return {Claimed{claimed}}; }

TerminalPeer::Actions TerminalPeer::on(const Figures& figures) { return {FiguresCame{figures}}; }

template <class Unexpected>
TerminalPeer::Actions TerminalPeer::on(const Unexpected&) {
    return {Close{"a message that only a terminal sends"}};
}

TerminalPeer::Actions TerminalPeer::on_appended(const LogState& log) {
    if (!durable_.logs.empty() && log.epoch < durable_.logs.back().epoch) {
        return {};  // it moved into the present epoch before this was told
    }
    LogState* known = find_log(durable_.logs, log.epoch);
    if (!known) {
        durable_.logs.push_back(log);
        next_.push_back({log.epoch, 1});
    } else {
        known->last_seq = std::max(known->last_seq, log.last_seq);
    }
    Actions actions;
    pump(actions);
    return actions;
}

/// Sends the oldest unsent ops, one load at a time, as far as the window allows.
void TerminalPeer::pump(Actions& actions) {
    const auto under_way = static_cast<std::int64_t>(in_flight_.size());
    if (stage_ != Stage::live || loading_ || under_way >= frames_in_flight) return;
    for (const LogState& next : next_) {
        if (next.last_seq > durable_last(next.epoch)) continue;
        loading_ = true;
        actions.push_back(LoadOps{next.epoch, next.last_seq});
        return;
    }
}

TerminalPeer::Actions TerminalPeer::on_ops_loaded(const LoadOps& asked,
                                                  std::vector<std::string> bodies,
                                                  std::string head) {
    loading_ = false;
    Actions actions;
    LogState* next = find_log(next_, asked.epoch);
    bool wanted = stage_ == Stage::live && next && next->last_seq == asked.first;
    if (wanted && bodies.empty()) return {Close{"ops that are not there"}};
    if (wanted) {
        next->last_seq += static_cast<std::int64_t>(bodies.size());
        in_flight_.push_back({asked.epoch, next->last_seq - 1});
        actions.push_back(
            Send{OpsFrame{asked.epoch, asked.first, std::move(bodies), std::move(head)}});
    }
    pump(actions);
    return actions;
}

TerminalPeer::Actions TerminalPeer::on_store_failed(const std::string& why) {
    loading_ = false;
    if (why == "chain") {
        if (std::exchange(parted_, true)) return {};
        next_.clear();
        return {Conflict{"chain", "the server's log of this terminal is another"}};
    }
    return {Close{"the store failed: " + why}};
}

TerminalPeer::Actions TerminalPeer::claim_hold(std::int64_t id, const std::string& hold) {
    if (!online()) return {Claimed{HoldClaimed{id, "offline", ""}}};
    return {Send{ClaimHold{id, hold}}};
}

TerminalPeer::Actions TerminalPeer::ask_figures(std::int64_t id, const std::string& block) {
    if (!online()) return {};
    return {Send{AskFigures{id, block}}};
}

}  // namespace fangxin::sync
