// A terminal's side of the protocol: no socket, clock, thread or randomness. Frames, ticks and the
// store's answers come in; actions come out and are carried out by whoever drives it (the link, or
// the simulator). It acknowledges, and counts as held, only what the store said it committed.
#pragma once

#include "sync/messages.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fangxin::sync {

inline constexpr std::int64_t ping_every_ms = 1000;
inline constexpr std::int64_t silent_after_ms = 2000;  // rules 4: a pong within 2 s
inline constexpr std::int64_t stuck_after_ms = 10'000;
inline constexpr std::int64_t frames_in_flight = 4;
inline constexpr std::int64_t ops_per_frame = 1000;
inline constexpr std::size_t bytes_per_frame = 256 * 1024;

/// What the terminal's database holds for sure.
struct TerminalState {
    std::string terminal;
    std::string role;
    std::string app;
    std::vector<LogState> logs;   ///< by epoch, the last is written to
    std::vector<LogState> acked;  ///< by epoch
    std::int64_t server_epoch = 0;
    std::int64_t rows = 0;
    std::int64_t blocks = 0;
};

class TerminalPeer {
  public:
    struct Send {
        Message message;
    };
    struct Close {
        std::string why;
    };
    /// → on_ops_loaded
    struct LoadOps {
        std::int64_t epoch;
        std::int64_t first;
    };
    /// → on_rows_stored or on_store_failed; with `reset` all row tables are emptied first
    struct StoreRows {
        RowsFrame frame;
    };
    struct StoreBlocks {
        BlocksFrame frame;
    };
    struct StoreAck {
        Ack ack;
    };
    /// The server has another epoch than these rows come from: they are dropped. → on_reset
    struct ResetRows {
        std::int64_t server_epoch;
    };
    /// The server knows this terminal by a log that it no longer has: go on in a new epoch. What
    /// a database that no server ever welcomed has written moves along. → on_epoch
    struct NewEpoch {
        std::int64_t epoch;
    };
    struct ServerTime {
        std::int64_t now_ms;
    };
    struct Online {};    ///< the block lane is whole
    struct CaughtUp {};  ///< rows were complete at the server's last word
    struct Offline {};
    struct Conflict {
        std::string code;
        std::string detail;
    };
    struct FiguresCame {
        Figures figures;
    };
    struct Claimed {
        HoldClaimed answer;
    };
    using Action =
        std::variant<Send, Close, LoadOps, StoreRows, StoreBlocks, StoreAck, ResetRows, NewEpoch,
                     ServerTime, Online, CaughtUp, Offline, Conflict, Claimed, FiguresCame>;
    using Actions = std::vector<Action>;

    explicit TerminalPeer(TerminalState durable);

    Actions on_connected(std::int64_t now_ms);
    Actions on_message(std::int64_t now_ms, const Message& message);
    Actions on_tick(std::int64_t now_ms);
    Actions on_closed();

    /// The store committed ops up to here.
    Actions on_appended(const LogState& log);
    Actions on_ops_loaded(const LoadOps& asked, std::vector<std::string> bodies, std::string head);
    Actions on_rows_stored(std::int64_t to, bool complete);
    Actions on_blocks_stored(std::int64_t to, bool complete);
    Actions on_ack_stored(const Ack& ack);
    Actions on_reset(std::int64_t server_epoch);
    Actions on_epoch(const LogState& log);
    Actions on_store_failed(const std::string& why);

    Actions claim_hold(std::int64_t id, const std::string& hold);
    /// Nothing comes of it without a server.
    Actions ask_figures(std::int64_t id, const std::string& block);

    bool online() const { return stage_ == Stage::live && blocks_whole_; }
    bool caught_up() const { return online() && rows_complete_; }
    const TerminalState& durable() const { return durable_; }
    std::int64_t unsent() const;

  private:
    enum class Stage { closed, greeting, preparing, live };

    Actions on(const Welcome& welcome);
    Actions on(const Ack& ack);
    Actions on(const Gap& gap);
    Actions on(const Refused& refused);
    Actions on(const RowsFrame& frame);
    Actions on(const BlocksFrame& frame);
    Actions on(const Ping& ping);
    Actions on(const Pong& pong);
    Actions on(const HoldClaimed& claimed);
    Actions on(const Figures& figures);
    template <class Unexpected>
    Actions on(const Unexpected&);

    static constexpr std::size_t early_limit = 64;
    template <class Frame>
    Actions keep_early(const Frame& frame);
    void pump(Actions& actions);
    void prepare(Actions& actions);
    void go_live(Actions& actions);
    std::optional<std::int64_t> wanted_epoch() const;
    std::int64_t durable_last(std::int64_t epoch) const;

    TerminalState durable_;
    Stage stage_ = Stage::closed;
    std::int64_t heard_ms_ = 0;
    std::int64_t pinged_ms_ = 0;
    bool blocks_whole_ = false;
    bool rows_complete_ = false;
    std::vector<LogState> next_;  // by epoch: what is to be sent next
    std::int64_t in_flight_ = 0;  // frames sent and not acknowledged
    bool loading_ = false;
    bool parted_ = false;  // the server refused our log; until a person has looked and restarted us
    std::int64_t waiting_since_ms_ = 0;  // for an acknowledgement; 0: for none
    std::int64_t rows_received_ = 0;
    std::int64_t blocks_received_ = 0;
    std::optional<Welcome> welcome_;
    /// Came while the epoch or the rows were being set back; taken once that is durable.
    std::vector<std::variant<RowsFrame, BlocksFrame>> early_;
};

}  // namespace fangxin::sync
