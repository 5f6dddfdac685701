// The server's side of the protocol towards one terminal: no socket, clock, thread or randomness.
// Blocks go ahead of everything: rows are read only up to where blocks have been sent, so a
// terminal that has rows up to a version also has every block up to it.
#pragma once

#include "sync/messages.hpp"
#include "sync/terminal_peer.hpp"

#include <algorithm>
#include <limits>

namespace fangxin::sync {

inline constexpr std::int64_t hello_within_ms = 5'000;
inline constexpr std::int64_t idle_after_ms = 15'000;

/// How soon those who follow are to hear of a change.
enum class Pace {
    never,   ///< they do not follow it
    calm,    ///< with what changed besides, within `calm_within_ms`: stock (sync.md)
    steady,  ///< within `steady_within_ms`: which terminal has which blocks
    at_once
};

inline constexpr std::int64_t calm_within_ms = 5000;
inline constexpr std::int64_t steady_within_ms = 500;

class ServerPeer {
  public:
    struct Send {
        Message message;
    };
    struct Close {
        std::string why;
    };
    /// → on_greeted or on_refused
    struct Greet {
        Hello hello;
    };
    /// → on_ingested or on_store_failed
    struct Ingest {
        std::string terminal;
        OpsFrame frame;
        /// Those above it were made since the welcome.
        std::int64_t connected_after = std::numeric_limits<std::int64_t>::max();
        std::string log_key;  ///< that it says it signs by; empty: an older program, or a test
    };
    /// → on_blocks
    struct LoadBlocks {
        std::int64_t after;
    };
    /// → on_rows: rows above `after`, at most up to `up_to`. A row that has been written again
    /// since is not among them: where a table is to be compared (`for_mark`), it has to be known.
    struct LoadRows {
        std::int64_t after;
        std::int64_t up_to;
        bool for_mark = false;
        /// What was deleted up to here it never had, or knows; an older program is never told.
        std::int64_t without_deleted = std::numeric_limits<std::int64_t>::max();
    };
    /// → on_table_rows: rows of this table, of those above `up_to` the keys
    struct LoadTable {
        std::string table;
        std::string after;
        std::int64_t up_to = 0;
    };
    /// → on_hash
    struct LoadHash {
        std::string terminal;
        AskHash asked;
    };
    /// → on_claimed
    struct Claim {
        std::string terminal;
        ClaimHold claim;
    };
    /// → on_figures or on_figures_failed
    struct LoadFigures {
        AskFigures asked;
    };
    using Action = std::variant<Send, Close, Greet, Ingest, LoadBlocks, LoadRows, LoadTable,
                                LoadHash, Claim, LoadFigures>;
    using Actions = std::vector<Action>;

    /// What the store made of a frame of ops.
    struct Ingested {
        Ack ack;
        bool gap = false;     ///< `ack.seq` + 1 is wanted next
        std::string refused;  ///< `rolled_back` or `chain`: the logs part here
        std::string detail;
    };

    explicit ServerPeer(std::int64_t now_ms) : opened_ms_(now_ms), heard_ms_(now_ms) {}

    Actions on_message(std::int64_t now_ms, const Message& message);
    Actions on_tick(std::int64_t now_ms, std::int64_t wall_ms);
    Actions on_greeted(const Welcome& welcome, std::int64_t newest_ver);
    Actions on_refused(const Refused& refused);
    Actions on_ingested(const Ingested& result);
    Actions on_blocks(BlocksFrame frame);
    /// `is_clean`: nothing that this role follows was written since (asked with `for_mark`).
    Actions on_rows(RowsFrame frame, bool is_clean = true);
    Actions on_claimed(const HoldClaimed& answer);
    Actions on_figures(const Figures& figures);
    Actions on_figures_failed();
    Actions on_store_failed(const std::string& why);
    Actions on_table_rows(TableRows part);
    Actions on_hash(const OpHash& hash);
    /// Rows up to `newest_ver` are committed, some of them of tables that this role follows.
    Actions on_changed(std::int64_t now_ms, std::int64_t newest_ver, Pace pace);
    /// The tables are being summed as they are at this version; it is marked to the terminal when
    /// its rows are exactly there, if they are not beyond it already. → on_checkpoint
    Actions on_mark(std::int64_t at);
    Actions on_checkpoint(const Checkpoint& checkpoint);
    /// It does not read as fast as it is sent to: whoever drives this drops the rows and blocks
    /// that wait, and says when the line is free again. False: this terminal knows no way back from
    /// that.
    bool on_congested();
    Actions on_drained();

    const std::string& terminal() const { return hello_.terminal; }
    const std::string& role() const { return hello_.role; }
    /// When the last word of it came.
    std::int64_t heard_ms() const { return heard_ms_; }
    bool live() const { return stage_ == Stage::live; }
    bool congested() const { return flow_ == Flow::congested; }
    /// The latest members that both sides know.
    /// Where the log that it writes to ended when it greeted.
    LogState log_at_hello() const { return hello_.logs.empty() ? LogState{} : hello_.logs.back(); }
    std::int64_t schema() const { return std::min<std::int64_t>(hello_.schema, schema_version); }
    const Have& have() const { return have_; }
    /// The epoch of the book that it was welcomed to.
    std::int64_t server_epoch() const { return server_epoch_; }
    /// What is known here to be committed: rows and blocks are to be read up to it.
    std::int64_t newest_ver() const { return newest_ver_; }

  private:
    enum class Stage { waiting, greeting, live, closed };
    enum class Flow { free, congested, poked };

    Actions on(const Hello& hello);
    Actions on(const OpsFrame& frame);
    Actions on(const Have& have);
    Actions on(const Ping& ping);
    Actions on(const Pong& pong);
    Actions on(const ClaimHold& claim);
    Actions on(const AskFigures& asked);
    Actions on(const Repair& repair);
    Actions on(const Poked& poked);
    Actions on(const AskHash& asked);
    template <class Unexpected>
    Actions on(const Unexpected&);

    void feed(Actions& actions);
    void mark_if_there(Actions& actions);
    Actions ended(Actions actions);
    Actions next_question();
    std::int64_t connected_after(std::int64_t epoch) const;

    Stage stage_ = Stage::waiting;
    std::int64_t opened_ms_;
    std::int64_t heard_ms_;
    std::int64_t pinged_ms_ = 0;
    std::int64_t window_full_ms_ = 0;
    Hello hello_;
    Have have_;
    std::int64_t server_epoch_ = 0;
    std::int64_t newest_ver_ = 0;
    std::int64_t blocks_sent_ = 0;  // read from the store up to here
    std::int64_t blocks_told_ = 0;  // the terminal was told so
    std::int64_t rows_sent_ = 0;
    bool rows_due_ = true;  // one frame at least, to say that nothing is newer
    bool lane_whole_ = false;
    bool loading_blocks_ = false;
    bool loading_rows_ = false;
    bool loading_figures_ = false;
    std::optional<AskFigures> asked_next_;  // while those are loaded
    std::int64_t shown_ = 0;                // rows up to here show all that was acknowledged
    std::vector<std::int64_t> window_;  // `to` of row frames that the terminal has not confirmed
    std::int64_t frames_ingesting_ = 0;
    std::int64_t protocol_ = protocol_version;
    std::int64_t snapshot_ = 0;  // what was deleted up to here it never had
    Flow flow_ = Flow::free;
    std::int64_t flow_since_ms_ = 0;  // not free
    std::int64_t oldest_epoch_ = 0;   // its log goes on in this one, whatever its disk says
    std::int64_t later_ver_ = 0;      // committed, and to be told at `later_ms_`
    std::int64_t later_ms_ = 0;
    std::optional<std::int64_t> mark_;      // rows are read no further until it is told
    std::int64_t marked_ = 0;               // told
    std::optional<Checkpoint> checkpoint_;  // of `mark_`, which is not told yet
    bool loading_table_ = false;
    bool claiming_ = false;
    std::int64_t wall_ms_ = 0;
};

}  // namespace fangxin::sync
