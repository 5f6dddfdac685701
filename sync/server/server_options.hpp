// The command line of fangxin-server. The only place that knows CLI11.
#pragma once

#include "sync/server/store_server.hpp"

#include <string>
#include <variant>

namespace fangxin::sync {

struct ServerOptions {
    BookPlace book;
    bool json = false;
    std::string command;            ///< `serve`, or one of sync/server/commands.hpp
    ServeOptions serve;             ///< for `serve`
    boost::json::object arguments;  ///< for the others, as run_command takes them
};

/// The options, or the exit code after help, version or a usage error was printed (0 or 2).
std::variant<ServerOptions, int> read_server_options(int argc, const char* const* argv);

}  // namespace fangxin::sync
