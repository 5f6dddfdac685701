// PostgreSQL as the server's store, behind the same Database as the embedded engine (sync.md 6).
// Only the server links it: the terminals' programs carry no libpq.
//
// Several server processes write one database. So each writing unit of work first takes the one row
// that holds `ver`: versions are given in the order in which commits become visible. A sequence
// could not do that.
//
// A lost connection fails the unit of work that it belonged to (`cannot_open`) and is made again
// before the next one. Whether a COMMIT that was cut off took place nobody knows; its sender asks
// again, and what was booked is found by its number and hash.
#pragma once

#include "sync/store/database.hpp"
#include "sync/store/postgres_address.hpp"

namespace fangxin::sync {

/// In SQL: the channel on which processes tell each other of commits. Each schema is a shop of its
/// own; its name alone may be as long as a channel's.
inline constexpr std::string_view postgres_channel = "'fangxin_' || md5(current_schema())";

/// Connects. Codes: `cannot_open` (nobody answers, no such database, not let in, not in UTF-8) and
/// the database's. Later errors: `disk_full`, `busy` (somebody holds a lock for 5 s), `cannot_open`
/// (the connection was lost), `damaged`, `cannot_store` (a value that this database cannot hold),
/// `database`.
Result<Database> open_postgres(const PostgresAddress& address, Database::Access access);

/// Whether the database holds a book, as far as one can tell before it was prepared.
bool has_book(Database& database);

}  // namespace fangxin::sync
