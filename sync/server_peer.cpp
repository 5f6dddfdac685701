#include "sync/server_peer.hpp"

#include "sync/envelope.hpp"

#include <algorithm>
#include <limits>

namespace fangxin::sync {

namespace {
constexpr std::size_t id_limit = 64;     // bytes of what names a terminal, a program, a block
constexpr std::size_t key_limit = 1000;  // of a row's key, as the book keeps them

bool is_gone(const RowEntry& entry) { return entry.gone.has_value(); }
}  // namespace

ServerPeer::Actions ServerPeer::on_message(std::int64_t now_ms, const Message& message) {
    if (stage_ == Stage::closed) return {};
    heard_ms_ = now_ms;
    return ended(std::visit([&](const auto& each) { return on(each); }, message));
}

/// After a Close nothing more is taken from this connection, whatever is still on its way.
ServerPeer::Actions ServerPeer::ended(Actions actions) {
    for (const Action& action : actions) {
        if (std::holds_alternative<Close>(action)) stage_ = Stage::closed;
    }
    return actions;
}

ServerPeer::Actions ServerPeer::on_tick(std::int64_t now_ms, std::int64_t wall_ms) {
    wall_ms_ = wall_ms;
    if (stage_ == Stage::closed) return {};
    if (stage_ != Stage::live) {
        if (now_ms - opened_ms_ > hello_within_ms) return ended({Close{"no hello"}});
        return {};
    }
    if (now_ms - heard_ms_ > idle_after_ms) return ended({Close{"silent"}});
    if (flow_ == Flow::free) flow_since_ms_ = 0;
    if (flow_ != Flow::free && flow_since_ms_ == 0) flow_since_ms_ = now_ms;
    if (flow_ != Flow::free && now_ms - flow_since_ms_ > stuck_after_ms)
        return ended({Close{"it does not read"}});
    bool waiting = !window_.empty() || have_.blocks < blocks_told_;
    if (!waiting) window_full_ms_ = 0;
    if (waiting && window_full_ms_ == 0) window_full_ms_ = now_ms;
    if (waiting && now_ms - window_full_ms_ > stuck_after_ms)
        return ended({Close{"nothing confirmed"}});
    Actions actions;
    if (later_ver_ > newest_ver_ && now_ms >= later_ms_) {
        newest_ver_ = later_ver_;
        feed(actions);
    }
    if (now_ms - pinged_ms_ < ping_every_ms) return actions;
    pinged_ms_ = now_ms;
    actions.push_back(Send{Ping{wall_ms}});
    return actions;
}

ServerPeer::Actions ServerPeer::on(const Hello& hello) {
    if (stage_ != Stage::waiting) return {Close{"a second hello"}};
    if (hello.protocol_min > protocol_version || hello.protocol_max < protocol_oldest) {
        return {Send{Refused{"protocol", "this server speaks another version"}}, Close{"protocol"}};
    }
    if (hello.terminal.empty() || hello.terminal.size() > id_limit ||
        hello.terminal == server_log_name || hello.app.size() > id_limit ||
        (hello.role != "till" && hello.role != "handheld")) {
        return {Send{Refused{"terminal", "no such kind of terminal"}}, Close{"terminal"}};
    }
    if (!hello.log_key.empty() && !hash_from_hex(hello.log_key))
        return {Send{Refused{"terminal", "its log's key is none"}}, Close{"terminal"}};
    stage_ = Stage::greeting;
    hello_ = hello;
    return {Greet{hello}};
}

ServerPeer::Actions ServerPeer::on_greeted(const Welcome& welcome, std::int64_t newest_ver) {
    if (stage_ != Stage::greeting) return {};
    stage_ = Stage::live;
    protocol_ = welcome.protocol;
    server_epoch_ = welcome.server_epoch;
    if (!welcome.logs.empty() && !hello_.logs.empty() &&
        hello_.logs.back().epoch < welcome.logs.back().epoch) {
        oldest_epoch_ = welcome.logs.back().epoch;
    }
    newest_ver_ = std::max(newest_ver_, newest_ver);
    shown_ = newest_ver;
    bool same = hello_.server_epoch == welcome.server_epoch && !welcome.snapshot;
    have_ = same ? Have{hello_.rows, hello_.blocks} : Have{};
    snapshot_ = same ? hello_.snapshot : welcome.ver;
    blocks_sent_ = blocks_told_ = have_.blocks;
    rows_sent_ = have_.rows;
    loading_blocks_ = true;
    return {Send{welcome}, LoadBlocks{blocks_sent_}};
}

ServerPeer::Actions ServerPeer::on_refused(const Refused& refused) {
    return ended({Send{refused}, Close{refused.code}});
}

ServerPeer::Actions ServerPeer::on(const OpsFrame& frame) {
    if (stage_ != Stage::live) return {Close{"ops before the welcome"}};
    if (frame.bodies.empty() || frame.first < 1 || frame.epoch < 1) return {Close{"empty ops"}};
    if (std::ssize(frame.bodies) > ops_per_frame) return {Close{"too many ops in a frame"}};
    if (frame.epoch < oldest_epoch_) {
        return {Send{Refused{"rolled_back", "this log goes on in a later epoch"}},
                Close{"rolled_back"}};
    }
    if (frames_ingesting_ >= 2 * frames_in_flight) return {Close{"more frames than allowed"}};
    ++frames_ingesting_;
    return {Ingest{hello_.terminal, frame, connected_after(frame.epoch), hello_.log_key}};
}

/// Of a log that it did not name, everything may have moved there from an older one.
std::int64_t ServerPeer::connected_after(std::int64_t epoch) const {
    for (const LogState& log : hello_.logs) {
        if (log.epoch == epoch) return log.last_seq;
    }
    return std::numeric_limits<std::int64_t>::max();
}

ServerPeer::Actions ServerPeer::on_ingested(const Ingested& result) {
    frames_ingesting_ = std::max<std::int64_t>(0, frames_ingesting_ - 1);
    if (stage_ != Stage::live) return {};
    if (!result.refused.empty()) {
        return ended({Send{Refused{result.refused, result.detail}}, Close{result.refused}});
    }
    if (result.gap) return {Send{Gap{result.ack.epoch, result.ack.seq + 1}}};
    // An acknowledgement also stands for those before it, which the terminal may not have stored;
    // and the rows that it names must be on their way, or its own work would never come back.
    Ack ack = result.ack;
    ack.ver = shown_ = std::max(shown_, ack.ver);
    newest_ver_ = std::max(newest_ver_, shown_);
    Actions actions{Send{ack}};
    feed(actions);
    return actions;
}

ServerPeer::Actions ServerPeer::on(const Have& have) {
    if (stage_ != Stage::live) return {Close{"have before the welcome"}};
    if (have.rows > rows_sent_ || have.blocks > blocks_told_)
        return {Close{"has what was not sent"}};
    have_.rows = std::max(have_.rows, have.rows);
    have_.blocks = std::max(have_.blocks, have.blocks);
    std::size_t before = window_.size();
    std::erase_if(window_, [&](std::int64_t to) { return to <= have_.rows; });
    if (window_.size() != before) window_full_ms_ = 0;
    Actions actions;
    feed(actions);
    return actions;
}

ServerPeer::Actions ServerPeer::on(const Ping&) { return {Send{Pong{wall_ms_}}}; }

ServerPeer::Actions ServerPeer::on(const Pong&) { return {}; }

ServerPeer::Actions ServerPeer::on(const ClaimHold& claim) {
    if (stage_ != Stage::live) return {Close{"a claim before the welcome"}};
    if (claim.hold.size() > key_limit) return {Close{"a claim without end"}};
    if (std::exchange(claiming_, true)) return {Close{"two claims at once"}};
    return {Claim{hello_.terminal, claim}};
}

/// One question at a time: they are asked by a person who looks at a page. Of those that come
/// meanwhile only the last is of interest: the page is another by then.
ServerPeer::Actions ServerPeer::on(const AskFigures& asked) {
    if (stage_ != Stage::live) return {Close{"a question before the welcome"}};
    if (asked.block.size() > key_limit) return {Close{"a question without end"}};
    asked_next_ = asked;
    return loading_figures_ ? Actions{} : next_question();
}

ServerPeer::Actions ServerPeer::next_question() {
    loading_figures_ = asked_next_.has_value();
    if (!asked_next_) return {};
    return {LoadFigures{*std::exchange(asked_next_, std::nullopt)}};
}

ServerPeer::Actions ServerPeer::on_figures(const Figures& figures) {
    if (stage_ != Stage::live) return {};
    Actions actions{Send{figures}};
    for (Action& next : next_question())
        actions.push_back(std::move(next));
    return actions;
}

/// The page keeps what it has; the line, on which blocks travel, is worth more than it.
ServerPeer::Actions ServerPeer::on_figures_failed() {
    return stage_ == Stage::live ? next_question() : Actions{};
}

template <class Unexpected>
ServerPeer::Actions ServerPeer::on(const Unexpected&) {
    return {Close{"a message that only the server sends"}};
}

ServerPeer::Actions ServerPeer::on_claimed(const HoldClaimed& answer) {
    claiming_ = false;
    return {Send{answer}};
}

ServerPeer::Actions ServerPeer::on_store_failed(const std::string& why) {
    return ended({Close{"the store failed: " + why}});
}

/// What is in no hurry waits for what is, or for its own time.
ServerPeer::Actions ServerPeer::on_changed(std::int64_t now_ms, std::int64_t newest_ver,
                                           Pace pace) {
    Actions actions;
    if (pace == Pace::never) return actions;
    if (pace == Pace::at_once) {
        newest_ver_ = std::max(newest_ver_, newest_ver);
        if (stage_ == Stage::live) feed(actions);
        return actions;
    }
    const std::int64_t due_ms = now_ms + (pace == Pace::calm ? calm_within_ms : steady_within_ms);
    later_ms_ = later_ver_ > newest_ver_ ? std::min(later_ms_, due_ms) : due_ms;
    later_ver_ = std::max(later_ver_, newest_ver);
    return actions;
}

ServerPeer::Actions ServerPeer::on_blocks(BlocksFrame frame) {
    if (frame.from != blocks_sent_) return {};  // asked for before it was poked
    loading_blocks_ = false;
    if (stage_ != Stage::live || flow_ != Flow::free) return {};
    bool nothing = frame.rows.empty() && lane_whole_;
    frame.from = blocks_told_;
    blocks_sent_ = frame.to;
    newest_ver_ = std::max(newest_ver_, frame.to);
    lane_whole_ = lane_whole_ || frame.complete;
    Actions actions;
    if (!nothing) {  // where nothing was blocked, the row frame alone says how far it goes
        blocks_told_ = frame.to;
        actions.push_back(Send{std::move(frame)});
    }
    feed(actions);
    return actions;
}

ServerPeer::Actions ServerPeer::on_rows(RowsFrame frame, bool is_clean) {
    if (frame.from != rows_sent_) return {};
    loading_rows_ = false;
    if (stage_ != Stage::live || flow_ != Flow::free) return {};
    if (protocol_ < 2) std::erase_if(frame.rows, &is_gone);  // it would take them for torn rows
    frame.blocks = blocks_told_;
    rows_sent_ = frame.to;
    frame.complete = rows_sent_ >= newest_ver_;
    blocks_told_ = std::max(blocks_told_, frame.to);
    window_.push_back(frame.to);
    Actions actions{Send{std::move(frame)}};
    if (!is_clean && mark_ == rows_sent_) mark_.reset();
    mark_if_there(actions);
    feed(actions);
    return actions;
}

/// Blocks first and at once; rows behind them, as far as the window allows.
void ServerPeer::feed(Actions& actions) {
    if (flow_ != Flow::free) return;
    if (blocks_sent_ < newest_ver_ && !loading_blocks_) {
        loading_blocks_ = true;
        actions.push_back(LoadBlocks{blocks_sent_});
    }
    bool room = static_cast<std::int64_t>(window_.size()) < frames_in_flight;
    const std::int64_t up_to = std::min(blocks_sent_, mark_.value_or(blocks_sent_));
    bool wanted = rows_sent_ < up_to || rows_due_;
    if (lane_whole_ && wanted && !loading_rows_ && room) {
        loading_rows_ = true;
        rows_due_ = false;
        const std::int64_t to = std::max(rows_sent_, up_to);
        LoadRows load{rows_sent_, to, mark_ == to};
        if (protocol_ >= 2) load.without_deleted = std::max(rows_sent_, snapshot_);
        actions.push_back(load);
    }
}

ServerPeer::Actions ServerPeer::on_mark(std::int64_t at) {
    if (stage_ != Stage::live || protocol_ < 2 || at < rows_sent_ || mark_) return {};
    mark_ = at;
    newest_ver_ = std::max(newest_ver_, at);
    Actions actions;
    mark_if_there(actions);
    feed(actions);
    return actions;
}

void ServerPeer::mark_if_there(Actions& actions) {
    if (!mark_ || rows_sent_ < *mark_ || loading_rows_) return;
    const std::int64_t at = *std::exchange(mark_, std::nullopt);
    auto checkpoint = std::exchange(checkpoint_, std::nullopt);
    if (at != rows_sent_) return;  // those were read before the mark was set
    marked_ = at;
    actions.push_back(Send{Mark{at, schema()}});
    if (checkpoint) actions.push_back(Send{*std::move(checkpoint)});
}

ServerPeer::Actions ServerPeer::on_checkpoint(const Checkpoint& checkpoint) {
    if (stage_ != Stage::live) return {};
    if (mark_ == checkpoint.at) checkpoint_ = checkpoint;
    if (marked_ != checkpoint.at) return {};
    return {Send{checkpoint}};
}

ServerPeer::Actions ServerPeer::on(const Repair& repair) {
    if (stage_ != Stage::live) return {Close{"a repair before the welcome"}};
    if (repair.table.size() > id_limit || repair.after.size() > key_limit) {
        return {Close{"a repair without end"}};
    }
    if (std::exchange(loading_table_, true)) return {Close{"two repairs at once"}};
    return {LoadTable{repair.table, repair.after, blocks_told_}};
}

ServerPeer::Actions ServerPeer::on_table_rows(TableRows part) {
    loading_table_ = false;
    if (stage_ != Stage::live) return {};
    return {Send{std::move(part)}};
}

ServerPeer::Actions ServerPeer::on(const AskHash& asked) {
    if (stage_ != Stage::live) return {Close{"a question before the welcome"}};
    return {LoadHash{hello_.terminal, asked}};
}

ServerPeer::Actions ServerPeer::on_hash(const OpHash& hash) {
    if (stage_ != Stage::live) return {};
    return {Send{hash}};
}

bool ServerPeer::on_congested() {
    if (protocol_ < 2) return false;
    if (flow_ == Flow::free) flow_ = Flow::congested;
    return true;
}

ServerPeer::Actions ServerPeer::on_drained() {
    if (stage_ != Stage::live || flow_ != Flow::congested) return {};
    flow_ = Flow::poked;
    return {Send{Poke{}}};
}

/// From here on as after a greeting: what was dropped is read again.
ServerPeer::Actions ServerPeer::on(const Poked& poked) {
    if (flow_ != Flow::poked) return {Close{"it was not poked"}};
    if (poked.rows > rows_sent_ || poked.blocks > blocks_told_) {
        return {Close{"has what was not sent"}};
    }
    flow_ = Flow::free;
    have_ = {poked.rows, poked.blocks};
    rows_sent_ = poked.rows;
    blocks_sent_ = blocks_told_ = poked.blocks;
    window_.clear();
    lane_whole_ = false;
    rows_due_ = true;
    mark_.reset();
    checkpoint_.reset();
    loading_rows_ = false;
    loading_blocks_ = true;
    return {LoadBlocks{blocks_sent_}};
}

}  // namespace fangxin::sync
