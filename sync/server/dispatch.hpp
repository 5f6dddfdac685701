// How a subcommand finds the shop's database: through the server that runs on it, else by itself
// under the database's lock. Nothing else opens a live database for writing (contract). Any thread,
// not the server's own.
#pragma once

#include "sync/server/store_server.hpp"

#include <filesystem>

namespace fangxin::sync {

/// Runs a command of sync/server/commands.hpp where it can be run; long exports come in pages.
/// Only `import` makes a database where there is none.
/// Codes: `busy` (in use, and no server answers), `not_found` (no database there), the command's.
Result<void> dispatch_command(const std::filesystem::path& directory,
                              const boost::json::object& arguments, const CommandOutput& output);

/// The contract's exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 busy.
int exit_code(const Result<void>& done);

}  // namespace fangxin::sync
