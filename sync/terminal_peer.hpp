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

struct TerminalLogs {
    std::vector<LogState> logs;   ///< by epoch, the last is written to
    std::vector<LogState> acked;  ///< by epoch
};

/// What the terminal's database holds for sure.
struct TerminalState {
    std::string terminal;
    std::string role;
    std::string app;
    std::vector<LogState> logs;  ///< as TerminalLogs
    std::vector<LogState> acked;
    std::int64_t server_epoch = 0;
    std::int64_t rows = 0;
    std::int64_t blocks = 0;
    std::int64_t snapshot = 0;  ///< this and the next two as hello says them
    std::string rows_branch;
    std::string blocks_branch;
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
    /// The server, put back from a backup, has this log no further than here: what it acknowledged
    /// beyond is unsent again. → on_taken_back
    struct TakeBack {
        LogState log;
    };
    /// The server has another epoch than these rows come from, or has forgotten what was deleted
    /// since: they are taken again. → on_reset
    struct ResetRows {
        std::int64_t server_epoch;
        std::int64_t snapshot;  ///< what was deleted up to here is not among the new ones
    };
    /// The server knows this terminal by a log that it no longer has, or a manager let it begin
    /// anew: go on in a new epoch, into which all ops above `keep` move. → on_epoch
    struct NewEpoch {
        std::int64_t epoch;
        std::int64_t keep;
        bool opened;  ///< by a manager
    };
    /// → on_hash
    struct LoadHash {
        std::int64_t epoch;
        std::int64_t seq;
    };
    /// → on_summed; the rows are at `mark.at` when all that was asked to be stored is
    struct SumTables {
        Mark mark;
    };
    /// → on_table_stored; with the last part, that it was repaired is journalled
    struct StoreTable {
        TableRows part;
        std::int64_t repaired = 0;  ///< rows that the parts before it put right
    };
    /// Its tables are being compared with the server's, or repaired.
    struct Comparing {
        bool now = false;
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
    struct ConflictOver {};
    struct Claimed {
        HoldClaimed answer;
    };
    using Action =
        std::variant<Send, Close, LoadOps, StoreRows, StoreBlocks, StoreAck, TakeBack, ResetRows,
                     NewEpoch, LoadHash, SumTables, StoreTable, Comparing, ServerTime, Online,
                     CaughtUp, Offline, Conflict, ConflictOver, Claimed, FiguresCame>;
    using Actions = std::vector<Action>;

    explicit TerminalPeer(TerminalState durable);

    Actions on_connected(std::int64_t now_ms);
    Actions on_message(std::int64_t now_ms, const Message& message);
    Actions on_tick(std::int64_t now_ms);
    Actions on_closed();

    /// The store committed ops up to here.
    Actions on_appended(const LogState& log);
    Actions on_ops_loaded(const LoadOps& asked, std::vector<std::string> bodies, std::string head);
    struct Stored {
        std::int64_t to = 0;
        bool complete = false;
        std::string branch;
    };
    Actions on_rows_stored(const Stored& frame);
    Actions on_blocks_stored(const Stored& frame);
    Actions on_ack_stored(const Ack& ack);
    Actions on_taken_back(const TakeBack& done);
    Actions on_reset(const ResetRows& done);
    /// The logs as they are now; the last is the new one.
    Actions on_epoch(const TerminalLogs& logs);
    /// Empty: no such op.
    Actions on_hash(const LoadHash& asked, const std::string& hash);
    /// Nothing: the rows were no longer, or not yet, at the mark.
    Actions on_summed(const Mark& mark, std::optional<std::vector<TableSum>> sums);
    /// How many rows of the part were not as they are now.
    Actions on_table_stored(const TableRows& part, std::int64_t repaired);
    Actions on_store_failed(const std::string& why);

    Actions claim_hold(std::int64_t id, const std::string& hold);
    /// Nothing comes of it without a server.
    Actions ask_figures(std::int64_t id, const std::string& block);

    bool online() const { return stage_ == Stage::live && blocks_whole_; }
    bool caught_up() const { return online() && rows_complete_; }
    /// A table differed at the last checkpoint and is not right again yet.
    bool repairing() const { return !repairs_.empty(); }
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
    Actions on(const Mark& mark);
    Actions on(const Checkpoint& checkpoint);
    Actions on(const TableRows& part);
    Actions on(const Poke& poke);
    Actions on(const OpHash& hash);
    template <class Unexpected>
    Actions on(const Unexpected&);

    static constexpr std::size_t early_limit = 64;
    template <class Frame>
    Actions keep_early(const Frame& frame);
    void pump(Actions& actions);
    void prepare(Actions& actions);
    void go_live(Actions& actions);
    void settle_logs(Actions& actions);
    std::optional<std::int64_t> wanted_epoch() const;
    bool opened_by_manager() const;
    bool is_comparing() const { return mark_ || !repairs_.empty(); }
    void ask_middle(Actions& actions);
    Actions compare_hashes();
    Actions compare_sums();
    void repair_next(Actions& actions);
    void answer_poke(Actions& actions);
    std::int64_t durable_last(std::int64_t epoch) const;

    TerminalState durable_;
    Stage stage_ = Stage::closed;
    std::int64_t heard_ms_ = 0;
    std::int64_t pinged_ms_ = 0;
    bool blocks_whole_ = false;
    bool rows_complete_ = false;
    std::vector<LogState> next_;       // by epoch: what is to be sent next
    std::vector<LogState> in_flight_;  // the last op of each frame sent and not acknowledged
    bool loading_ = false;
    std::vector<LogState> taking_back_;  // until it is durable
    bool parted_ = false;  // the server refused our log; until a person has looked and restarted us
    std::int64_t waiting_since_ms_ = 0;      // for an acknowledgement; 0: for none
    std::int64_t end_awaited_since_ms_ = 0;  // that all is here; 0: it is, or more is under way
    std::int64_t rows_received_ = 0;
    std::int64_t blocks_received_ = 0;
    /// The lane's own last frame: rows that raised the cursor beyond it may be stored after a
    /// block.
    std::int64_t lane_received_ = 0;
    std::optional<Welcome> welcome_;
    bool poked_ = false;

    /// Where this log and the server's part: they agree up to `agree`, and from `differ` on not.
    struct Fork {
        std::int64_t agree = 0;
        std::int64_t differ = 0;
        std::int64_t middle = 0;
        std::int64_t since_ms = 0;
        std::optional<std::string> ours;  // hashes at `middle`
        std::optional<std::string> theirs;
    };
    std::optional<Fork> fork_;

    std::optional<Mark> mark_;  // being compared
    std::optional<std::vector<TableSum>> sums_;
    std::optional<std::vector<TableSum>> server_sums_;
    std::vector<std::string> repairs_;  // the first is under way
    std::string repaired_to_;
    std::int64_t repaired_rows_ = 0;
    bool repair_moved_ = false;  // since the last mark
    /// Came while the epoch or the rows were being set back; taken once that is durable.
    std::vector<std::variant<RowsFrame, BlocksFrame>> early_;
};

}  // namespace fangxin::sync
