#include "sync/server_peer.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {
constexpr std::size_t id_limit = 64;  // bytes of what names a terminal, a program, a block
}

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
    bool waiting = !window_.empty() || have_.blocks < blocks_told_;
    if (!waiting) window_full_ms_ = 0;
    if (waiting && window_full_ms_ == 0) window_full_ms_ = now_ms;
    if (waiting && now_ms - window_full_ms_ > stuck_after_ms)
        return ended({Close{"nothing confirmed"}});
    if (now_ms - pinged_ms_ < ping_every_ms) return {};
    pinged_ms_ = now_ms;
    return {Send{Ping{wall_ms}}};
}

ServerPeer::Actions ServerPeer::on(const Hello& hello) {
    if (stage_ != Stage::waiting) return {Close{"a second hello"}};
    if (hello.protocol_min > protocol_version || hello.protocol_max < protocol_version) {
        return {Send{Refused{"protocol", "this server speaks another version"}}, Close{"protocol"}};
    }
    if (hello.terminal.empty() || hello.terminal.size() > id_limit ||
        hello.terminal == server_log_name || hello.app.size() > id_limit ||
        (hello.role != "till" && hello.role != "handheld")) {
        return {Send{Refused{"terminal", "no such kind of terminal"}}, Close{"terminal"}};
    }
    stage_ = Stage::greeting;
    hello_ = hello;
    return {Greet{hello}};
}

ServerPeer::Actions ServerPeer::on_greeted(const Welcome& welcome, std::int64_t newest_ver) {
    if (stage_ != Stage::greeting) return {};
    stage_ = Stage::live;
    newest_ver_ = std::max(newest_ver_, newest_ver);
    shown_ = newest_ver;
    bool same = hello_.server_epoch == welcome.server_epoch;
    have_ = same ? Have{hello_.rows, hello_.blocks} : Have{};
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
    if (frames_ingesting_ >= 2 * frames_in_flight) return {Close{"more frames than allowed"}};
    ++frames_ingesting_;
    return {Ingest{hello_.terminal, frame}};
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
    return {Claim{hello_.terminal, claim}};
}

/// One question at a time: they are asked by a person who looks at a page. Of those that come
/// meanwhile only the last is of interest: the page is another by then.
ServerPeer::Actions ServerPeer::on(const AskFigures& asked) {
    if (stage_ != Stage::live) return {Close{"a question before the welcome"}};
    if (asked.block.size() > id_limit) return {Close{"a question without end"}};
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

ServerPeer::Actions ServerPeer::on_claimed(const HoldClaimed& answer) { return {Send{answer}}; }

ServerPeer::Actions ServerPeer::on_store_failed(const std::string& why) {
    return ended({Close{"the store failed: " + why}});
}

ServerPeer::Actions ServerPeer::on_changed(std::int64_t newest_ver) {
    newest_ver_ = std::max(newest_ver_, newest_ver);
    Actions actions;
    if (stage_ == Stage::live) feed(actions);
    return actions;
}

ServerPeer::Actions ServerPeer::on_blocks(BlocksFrame frame) {
    loading_blocks_ = false;
    if (stage_ != Stage::live) return {};
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

ServerPeer::Actions ServerPeer::on_rows(RowsFrame frame) {
    loading_rows_ = false;
    if (stage_ != Stage::live) return {};
    frame.from = rows_sent_;
    frame.blocks = blocks_told_;
    rows_sent_ = frame.to;
    frame.complete = rows_sent_ >= newest_ver_;
    blocks_told_ = std::max(blocks_told_, frame.to);
    window_.push_back(frame.to);
    Actions actions{Send{std::move(frame)}};
    feed(actions);
    return actions;
}

/// Blocks first and at once; rows behind them, as far as the window allows.
void ServerPeer::feed(Actions& actions) {
    if (blocks_sent_ < newest_ver_ && !loading_blocks_) {
        loading_blocks_ = true;
        actions.push_back(LoadBlocks{blocks_sent_});
    }
    bool room = static_cast<std::int64_t>(window_.size()) < frames_in_flight;
    bool wanted = rows_sent_ < blocks_sent_ || rows_due_;
    if (lane_whole_ && wanted && !loading_rows_ && room) {
        loading_rows_ = true;
        rows_due_ = false;
        actions.push_back(LoadRows{rows_sent_, blocks_sent_});
    }
}

}  // namespace fangxin::sync
