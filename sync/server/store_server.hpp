// The running server: accepts terminals over TLS, feeds them, takes their ops, and answers the
// other subcommands on a Unix socket (on a shared book they go to it by themselves). One thread
// runs all sockets; the store thread does every write.
#pragma once

#include "domain/result.hpp"
#include "sync/server/book_place.hpp"
#include "sync/store/database.hpp"

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace fangxin::sync {

struct ServeOptions {
    BookPlace book;
    std::string address = "127.0.0.1";
    unsigned short port = 7080;
    std::int64_t checkpoint_every_s = 600;  ///< how often terminals compare their tables
    /// No TLS and nobody is known: for tests on one machine, on loopback alone, and said loudly.
    bool plain_on_loopback = false;
    /// Of loopback, where monitoring reads (metrics.hpp); 0: any that is free. None: nowhere.
    std::optional<unsigned short> metrics_port;
};

struct ServerReady {
    std::string address;
    std::optional<unsigned short> metrics_port;
};

/// Where a command's output goes, an object a line.
using CommandOutput = std::function<void(const boost::json::object&)>;
/// Lets waiting sales and recalls through; a long command calls it between its transactions.
using LetPass = std::function<void()>;
/// Runs a subcommand on the writer connection (sync/server/commands.hpp).
using CommandRunner = std::function<Result<void>(Database&, const boost::json::object& arguments,
                                                 const CommandOutput&, const LetPass&)>;

/// Serves until SIGINT or SIGTERM. `ready` is called once when it accepts.
/// Codes: `not_loopback` (plainly), `cannot_listen`, `busy`, those of StoreAuthority::open() and
/// the database's.
Result<void> serve(const ServeOptions& options, const CommandRunner& run_command,
                   const std::function<void(const ServerReady&)>& ready);

}  // namespace fangxin::sync
