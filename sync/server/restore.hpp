// `restore FILE`: a backup takes the book's place, and the shop goes on from it: in a new server
// epoch, so that every terminal sends again what it has and takes all rows anew. No server may run
// on the book.
#pragma once

#include "sync/server/book_place.hpp"
#include "sync/server/store_server.hpp"

namespace fangxin::sync {

/// The file is proved first, and the book that was there is set aside, not deleted. Into a database
/// server's only where that holds no shop. `despite_breaks`: also one in which a log is not what a
/// terminal sent. Codes: `not_found`, `busy` (a server runs), `exists`, `damaged`, `broken` (the
/// detail names the op), `newer_version` and the database's.
Result<void> restore_book(const BookPlace& place, const boost::json::object& arguments,
                          const CommandOutput& output);

}  // namespace fangxin::sync
