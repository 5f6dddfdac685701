// What a terminal and the server say to each other, declared once. sync/README.md explains the
// order. On the wire a message is a JSON object whose member `m` names its type.
#pragma once

#include "sync/codec.hpp"
#include "sync/enrolment_messages.hpp"
#include "sync/question_messages.hpp"

#include <string>
#include <variant>
#include <vector>

namespace fangxin::sync {

/// The version that this program speaks best, and the oldest that it still speaks (sync.md 11).
inline constexpr std::int64_t protocol_version = 2;
inline constexpr std::int64_t protocol_oldest = 1;

/// How far a terminal's log of one epoch goes.
struct LogState {
    std::int64_t epoch = 0;
    std::int64_t last_seq = 0;
    bool operator==(const LogState&) const = default;
};

struct Hello {
    std::int64_t protocol_min = protocol_oldest;
    std::int64_t protocol_max = protocol_version;
    std::int64_t schema = schema_version;
    std::string app;
    std::string terminal;
    std::string role;  ///< `till` or `handheld`
    std::vector<LogState> logs;
    std::int64_t server_epoch = 0;  ///< of the rows that it holds; 0: it holds none
    std::int64_t rows = 0;
    std::int64_t blocks = 0;
    std::int64_t snapshot = 0;  ///< rows that were deleted up to here it never had
    std::string rows_branch;    ///< as the server said of the frames that ended there
    std::string blocks_branch;
    std::string log_key;  ///< by which it signs its log: an Ed25519 public key, 64 hex digits
};

struct Welcome {
    std::int64_t protocol = protocol_version;
    std::int64_t server_epoch = 0;
    std::vector<LogState> logs;  ///< of this terminal, as the server has them durable
    std::int64_t ver = 0;        ///< rows up to here show what these logs did
    std::int64_t now_ms = 0;
    std::int64_t schema = 3;         ///< of the server's rows; servers before protocol 2 do not say
    bool snapshot = false;           ///< what was deleted since is forgotten: take all rows again
    std::vector<std::string> heads;  ///< of each of `logs`, the hash of its last op
    std::int64_t new_epoch = 0;      ///< a manager opened it for this terminal; 0: go on as you are
    std::string store_key;           ///< that the store's terminals share (sync/store_key.hpp)
};

struct OpsFrame {
    std::int64_t epoch = 0;
    std::int64_t first = 0;
    std::vector<std::string> bodies;
    std::string head;       ///< hash of the last op, as the terminal has it
    std::string signature;  ///< of the log up to there (sync/log_key.hpp); empty: of an older one
};

struct Ack {
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::int64_t ver = 0;  ///< rows up to here show what these ops did
    std::string head;      ///< hash of the op `seq` as the server has it
};

struct Gap {
    std::int64_t epoch = 0;
    std::int64_t want = 0;
};

/// Final for this connection. `rolled_back` and `chain` need a manager.
struct Refused {
    std::string code;
    std::string detail;
};

struct RowEntry {
    std::string table;
    std::int64_t ver = 0;
    json::object row;
    std::optional<std::string> gone;  ///< the key of a row that is deleted; `row` is empty
};

/// Rows whose `ver` is above `from` and at most `to`. A frame whose `from` is not what the
/// terminal has received so far was lost, doubled or reordered on the way.
struct RowsFrame {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t blocks = 0;  ///< how far the block lane was told before this: no block above it
    bool complete = false;    ///< nothing newer was there when this was read
    std::vector<RowEntry> rows;
    std::string branch;  ///< of the server's history, to which `to` belongs
};

struct BlocksFrame {
    std::int64_t from = 0;
    std::int64_t to = 0;
    bool complete = false;  ///< the lane is whole with these
    std::vector<json::object> rows;
    /// Of each row, the version at which it came into force: whoever acknowledges it has the block,
    /// though its row is written again when it is lifted or its goods are off the shelf.
    std::vector<std::int64_t> vers;
    std::string branch;
};

/// The server's rows as they stood at `at` are being summed; the terminal sums its own when its
/// rows reach exactly there, and `checkpoint` follows.
struct Mark {
    std::int64_t at = 0;
    std::int64_t schema = 0;  ///< members of a later one are left out of the sums
};

/// One table at a mark; sync/table_sum.hpp says how it is summed.
struct TableSum {
    std::string table;
    std::int64_t rows = 0;
    std::string sum;  ///< 16 hex digits
    bool operator==(const TableSum&) const = default;
};

struct Checkpoint {
    std::int64_t at = 0;
    std::vector<TableSum> tables;
};

/// Asks for a table that differs, a part at a time: the rows whose keys come after `after`.
struct Repair {
    std::string table;
    std::string after;
};

/// All rows of a table whose keys lie above `after`, up to `to` or, with `last`, to the end. A key
/// in `newer` is there, but its row comes by the feed; one that is in neither is not there.
struct TableRows {
    std::string table;
    std::string after;
    std::string to;
    bool last = false;
    std::int64_t at = 0;  ///< the server's newest version when this was read
    std::vector<RowEntry> rows;
    std::vector<std::string> newer;
};

/// The terminal did not read fast enough and frames were dropped. It answers with what it has once
/// that is durable, and the server goes on from there.
struct Poke {};
struct Poked {
    std::int64_t rows = 0;
    std::int64_t blocks = 0;
};

/// What the server has of this terminal's log, so that it finds where its own parts from it.
struct AskHash {
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
};
struct OpHash {
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string hash;  ///< empty: the server has no such op
};

/// What the terminal has durable; opens the window for more.
struct Have {
    std::int64_t rows = 0;
    std::int64_t blocks = 0;
};

struct Ping {
    std::int64_t now_ms = 0;  ///< the server's clock; 0 from a terminal
};

struct Pong {
    std::int64_t now_ms = 0;
};

using Message =
    std::variant<Hello, Welcome, OpsFrame, Ack, Gap, Refused, RowsFrame, BlocksFrame, Have, Ping,
                 Pong, ClaimHold, HoldClaimed, AskFigures, Figures, Mark, Checkpoint, Repair,
                 TableRows, Poke, Poked, AskHash, OpHash, Enrol, AwaitingApproval, Renew,
                 CertificateGiven, AskCode, CodeMade, AskJournal, JournalPage, AskEntry,
                 JournalEntry, AskContact, ContactTold>;

template <>
struct JsonValue<json::object> {
    static json::value encode(const json::object& value) { return value; }
    static std::optional<json::object> decode(const json::value& value) {
        if (!value.is_object()) return std::nullopt;
        return value.get_object();
    }
};

template <>
struct Declaration<LogState> {
    static constexpr std::string_view name = "log";
    static constexpr auto fields =
        std::tuple{field("epoch", &LogState::epoch), field("last_seq", &LogState::last_seq)};
};
template <>
struct Declaration<Hello> {
    using R = Hello;
    static constexpr std::string_view name = "hello";
    static constexpr auto fields = std::tuple{field("protocol_min", &R::protocol_min),
                                              field("protocol_max", &R::protocol_max),
                                              field("schema", &R::schema),
                                              field("app", &R::app),
                                              field("terminal", &R::terminal),
                                              field("role", &R::role),
                                              field("logs", &R::logs),
                                              field("server_epoch", &R::server_epoch),
                                              field("rows", &R::rows),
                                              field("blocks", &R::blocks),
                                              field("snapshot", &R::snapshot, 4),
                                              field("rows_branch", &R::rows_branch, 4),
                                              field("blocks_branch", &R::blocks_branch, 4),
                                              field("log_key", &R::log_key, 5)};
};
template <>
struct Declaration<Welcome> {
    using R = Welcome;
    static constexpr std::string_view name = "welcome";
    static constexpr auto fields = std::tuple{field("protocol", &R::protocol),
                                              field("server_epoch", &R::server_epoch),
                                              field("logs", &R::logs),
                                              field("ver", &R::ver),
                                              field("now_ms", &R::now_ms),
                                              field("schema", &R::schema, 4),
                                              field("snapshot", &R::snapshot, 4),
                                              field("heads", &R::heads, 4),
                                              field("new_epoch", &R::new_epoch, 4),
                                              field("store_key", &R::store_key, 5)};
};
template <>
struct Declaration<OpsFrame> {
    using R = OpsFrame;
    static constexpr std::string_view name = "ops";
    static constexpr auto fields = std::tuple{field("epoch", &R::epoch), field("first", &R::first),
                                              field("bodies", &R::bodies), field("head", &R::head),
                                              field("signature", &R::signature, 5)};
};
template <>
struct Declaration<Ack> {
    static constexpr std::string_view name = "ack";
    static constexpr auto fields =
        std::tuple{field("epoch", &Ack::epoch), field("seq", &Ack::seq), field("ver", &Ack::ver),
                   field("head", &Ack::head, 4)};
};
template <>
struct Declaration<Gap> {
    static constexpr std::string_view name = "gap";
    static constexpr auto fields =
        std::tuple{field("epoch", &Gap::epoch), field("want", &Gap::want)};
};
template <>
struct Declaration<Refused> {
    static constexpr std::string_view name = "refused";
    static constexpr auto fields =
        std::tuple{field("code", &Refused::code), field("detail", &Refused::detail)};
};
template <>
struct Declaration<RowEntry> {
    using R = RowEntry;
    static constexpr std::string_view name = "row";
    static constexpr auto fields = std::tuple{field("table", &R::table), field("ver", &R::ver),
                                              field("row", &R::row), field("gone", &R::gone, 4)};
};
template <>
struct Declaration<RowsFrame> {
    using R = RowsFrame;
    static constexpr std::string_view name = "rows";
    static constexpr auto fields = std::tuple{
        field("from", &R::from),         field("to", &R::to),     field("blocks", &R::blocks),
        field("complete", &R::complete), field("rows", &R::rows), field("branch", &R::branch, 4)};
};
template <>
struct Declaration<BlocksFrame> {
    using R = BlocksFrame;
    static constexpr std::string_view name = "blocks";
    static constexpr auto fields = std::tuple{
        field("from", &R::from), field("to", &R::to),        field("complete", &R::complete),
        field("rows", &R::rows), field("vers", &R::vers, 2), field("branch", &R::branch, 4)};
};
template <>
struct Declaration<Have> {
    static constexpr std::string_view name = "have";
    static constexpr auto fields =
        std::tuple{field("rows", &Have::rows), field("blocks", &Have::blocks)};
};
template <>
struct Declaration<Ping> {
    static constexpr std::string_view name = "ping";
    static constexpr auto fields = std::tuple{field("now_ms", &Ping::now_ms)};
};
template <>
struct Declaration<Pong> {
    static constexpr std::string_view name = "pong";
    static constexpr auto fields = std::tuple{field("now_ms", &Pong::now_ms)};
};
template <>
struct Declaration<Mark> {
    static constexpr std::string_view name = "mark";
    static constexpr auto fields =
        std::tuple{field("at", &Mark::at), field("schema", &Mark::schema)};
};
template <>
struct Declaration<TableSum> {
    using R = TableSum;
    static constexpr std::string_view name = "table_sum";
    static constexpr auto fields =
        std::tuple{field("table", &R::table), field("rows", &R::rows), field("sum", &R::sum)};
};
template <>
struct Declaration<Checkpoint> {
    static constexpr std::string_view name = "checkpoint";
    static constexpr auto fields =
        std::tuple{field("at", &Checkpoint::at), field("tables", &Checkpoint::tables)};
};
template <>
struct Declaration<Repair> {
    static constexpr std::string_view name = "repair";
    static constexpr auto fields =
        std::tuple{field("table", &Repair::table), field("after", &Repair::after)};
};
template <>
struct Declaration<TableRows> {
    using R = TableRows;
    static constexpr std::string_view name = "table_rows";
    static constexpr auto fields =
        std::tuple{field("table", &R::table), field("after", &R::after), field("to", &R::to),
                   field("last", &R::last),   field("at", &R::at),       field("rows", &R::rows),
                   field("newer", &R::newer)};
};
template <>
struct Declaration<Poke> {
    static constexpr std::string_view name = "poke";
    static constexpr auto fields = std::tuple{};
};
template <>
struct Declaration<Poked> {
    static constexpr std::string_view name = "poked";
    static constexpr auto fields =
        std::tuple{field("rows", &Poked::rows), field("blocks", &Poked::blocks)};
};
template <>
struct Declaration<AskHash> {
    static constexpr std::string_view name = "ask_hash";
    static constexpr auto fields =
        std::tuple{field("epoch", &AskHash::epoch), field("seq", &AskHash::seq)};
};
template <>
struct Declaration<OpHash> {
    static constexpr std::string_view name = "op_hash";
    static constexpr auto fields = std::tuple{
        field("epoch", &OpHash::epoch), field("seq", &OpHash::seq), field("hash", &OpHash::hash)};
};

std::string write_message(const Message& message);
/// Codes: `bad_json`, `bad_record`, `unknown_message`.
Result<Message> read_message(std::string_view text);

}  // namespace fangxin::sync
