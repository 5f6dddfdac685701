// A terminal's durable side: its op log, the server's rows, and what lies between. Every function
// takes the writer connection and runs on the store thread; those that change something say whether
// they open the transaction or run inside the caller's.
#pragma once

#include "sync/effects.hpp"
#include "sync/envelope.hpp"
#include "sync/json_text.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/database.hpp"
#include "sync/store/file_lock.hpp"
#include "sync/terminal_peer.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace fangxin::sync {

/// Who this database belongs to.
struct TerminalIdentity {
    std::string terminal;  ///< `till-1`
    std::string role;      ///< `till` or `handheld`
};

/// Creates the tables where they are missing. Codes: `newer_version`, `older_version`,
/// `other_terminal` (the database is another's) and the database's.
Result<void> prepare_journal(Database& database, const TerminalIdentity& identity);

struct OpenedJournal {
    Database writer;
    FileLock lock;
    /// What was found wrong and set aside, empty if nothing: the file's new name.
    std::string set_aside;
    std::int64_t salvaged_ops = 0;
};

/// Opens `terminal.db` in `directory`, creating it when missing. A damaged one is renamed aside
/// (never deleted), the readable part of its log is copied out, and a new one begins.
/// Codes: `cannot_open`, `busy` (another program has it), and those of prepare_journal().
Result<OpenedJournal> open_journal(const std::filesystem::path& directory,
                                   const TerminalIdentity& identity);

/// The program ends in order: the next start need not check the whole database.
void mark_clean(Database& database);

/// What the peer needs to know of it.
TerminalState load_terminal_state(Database& database, const TerminalIdentity& identity);

/// An op that is about to be written; number and hash are given here.
struct OpDraft {
    std::string kind;
    domain::StoreTime at;
    std::string person;
    std::string data;  ///< the op as JSON text
    /// What it does to the rows.
    std::function<void(DerivedRows&, const Envelope&)> effect;
};

template <class Op>
OpDraft draft(const Op& op, const domain::StoreTime& at, std::string person) {
    return {std::string(Declaration<Op>::name), at, std::move(person), json_text(op),
            [op](DerivedRows& rows, const Envelope& as) { apply_fact(rows, op, as); }};
}

/// No frame could carry a larger one, and it would hold up all behind it.
inline constexpr std::size_t op_limit = 512 * 1024;

/// Appends an op and its effect inside the caller's transaction; its number comes back. Code
/// `too_large`.
Result<LogState> append_op(Database& database, OpDraft draft);
/// The number that the next op will get; stable within a transaction.
LogState next_op(Database& database);

struct LoadedOps {
    std::vector<std::string> bodies;
    std::string head;
};
/// Ops from `first` on, as many as fit one frame.
LoadedOps load_ops(Database& database, std::int64_t epoch, std::int64_t first);

// Each of these is one transaction. A frame that begins above what is held is refused with
// `rows_missing` or `blocks_missing`: the one before it could not be stored.
Result<void> store_rows(Database& database, const RowsFrame& frame);
/// With at least one block in it, also appends the acknowledgement op (SAFE-9). The last op that it
/// appended comes back; without one, {0, 0}.
Result<LogState> store_blocks(Database& database, const BlocksFrame& frame,
                              const domain::StoreTime& now);
/// Code `chain`: what the server acknowledges is not what was written here.
Result<void> store_ack(Database& database, const Ack& ack);
/// Ops above this number are unsent again, and their work lies on top of the rows again.
Result<void> take_back(Database& database, const LogState& log);
/// All rows are asked for again; those that are here stay until the new ones are whole. Inside a
/// transaction.
void mark_rows_old(Database& database);
Result<void> reset_rows(Database& database, const TerminalPeer::ResetRows& reset);
/// The logs as they stand then come back: ops above `keep`, which the server has not, are in the
/// new epoch, under new numbers. Code `epoch_in_use`: a server may have some that would move.
Result<TerminalLogs> begin_epoch(Database& database, const TerminalPeer::NewEpoch& wanted);
/// Hash of an op as hex; empty: there is none. Inside a reading.
std::string op_hash(Database& database, std::int64_t epoch, std::int64_t seq);

}  // namespace fangxin::sync
