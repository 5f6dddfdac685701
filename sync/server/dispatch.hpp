// How a subcommand finds the shop's book: a file through the server that runs on it, else by itself
// under the file's lock, for nothing else opens a live one for writing (contract); a database that
// servers share by itself, as one more of them. Any thread, not the server's own.
#pragma once

#include "sync/server/book_place.hpp"
#include "sync/server/store_server.hpp"

namespace fangxin::sync {

/// Runs a command of sync/server/commands.hpp where it can be run; long exports come in pages.
/// Only `import` makes a database where there is none.
/// Codes: `busy` (in use, and no server answers), those of hold_book(), the command's.
Result<void> dispatch_command(const BookPlace& place, const boost::json::object& arguments,
                              const CommandOutput& output);

/// The contract's exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 busy.
int exit_code(const Result<void>& done);

}  // namespace fangxin::sync
