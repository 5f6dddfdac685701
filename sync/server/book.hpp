// The store's book: every op of every terminal, the reference records, and what follows from the
// ops. All functions take the writer connection on the store thread unless they say otherwise.
#pragma once

#include "sync/envelope.hpp"
#include "sync/server_peer.hpp"
#include "sync/store/database.hpp"
#include "sync/terminal_journal.hpp"

#include <span>
#include <string>
#include <vector>

namespace fangxin::sync {

/// What a transaction changed, for those who follow: a till does not follow stock.
struct Changed {
    std::int64_t newest_ver = 0;
    std::int64_t after_ver = 0;  ///< the newest before it
    Pace tills = Pace::never;
    Pace others = Pace::never;
    bool renewed = false;  ///< another server epoch began: whoever is connected greets again
    std::vector<std::string> greet_again;  ///< terminals for which something was decided
    void also(const Changed& more) {
        after_ver = std::min(after_ver, more.after_ver);
        newest_ver = std::max(newest_ver, more.newest_ver);
        tills = std::max(tills, more.tills);
        others = std::max(others, more.others);
        renewed |= more.renewed;
        greet_again.insert(greet_again.end(), more.greet_again.begin(), more.greet_again.end());
    }
    Pace pace_for(std::string_view role) const { return role == "till" ? tills : others; }
};

/// Creates the tables where they are missing, and what a book of an older program lacks. Codes:
/// `newer_version`, `older_version` and the database's.
Result<void> prepare_book(Database& database, std::int64_t now_ms);
/// By this machine's clock.
Result<void> prepare_book(Database& database);

/// In the store's own zone, as every op is. Any connection.
domain::StoreTime store_time(Database& database, std::int64_t now_ms);

struct Greeting {
    Welcome welcome;
    std::int64_t newest_ver = 0;
    Changed changed;
    std::optional<Refused> refused;
};
/// Rows are numbered anew from now on, for every terminal; inside the caller's transaction. The
/// server's own log goes on in an epoch above `own_epoch` and above any that this book knows.
void begin_server_epoch(Database& database, std::int64_t own_epoch = 0);
/// The last time that a terminal was heard; inside the caller's transaction.
void note_seen(Database& database, std::string_view terminal, std::int64_t now_ms);
void note_seen(Database& database, std::span<const std::string> terminals, std::int64_t now_ms);
Result<Greeting> greet(Database& database, const Hello& hello, std::int64_t now_ms);

struct IngestDone {
    ServerPeer::Ingested answer;
    Changed changed;
    std::int64_t taken = 0;  ///< ops that the book did not have
};
/// A frame's bodies, read: a fifth of the work of an ingest, and no database is needed for it. Any
/// thread.
using ReadOps = std::vector<Result<Envelope>>;
ReadOps read_ops(const OpsFrame& frame);
/// One transaction: ops, their effects and the log's end, or nothing. What was there already is
/// acknowledged again; a bad op is stored as rejected and never stops those behind it. `read`: the
/// frame's ops, if they were read before.
Result<IngestDone> ingest(Database& database, const ServerPeer::Ingest& request,
                          std::string_view role, std::int64_t now_ms, ReadOps read = {});

/// The number that the server's own next op will get; stable within a transaction.
LogState next_server_op(Database& database);
/// Writes an op of the server's own, inside the caller's transaction.
Result<Changed> append_server_op(Database& database, const OpDraft& draft);
/// The same of many, a few times faster each.
Result<Changed> append_server_ops(Database& database, std::span<const OpDraft> drafts);

struct ClaimDone {
    HoldClaimed answer;
    Changed changed;
};
Result<ClaimDone> claim_hold(Database& database, const ServerPeer::Claim& claim);

// From any connection.
/// Code: the database's.
Result<OpHash> load_hash(Database& database, const ServerPeer::LoadHash& request);
std::int64_t newest_ver(Database& database);

}  // namespace fangxin::sync
