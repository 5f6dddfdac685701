// The Unix socket on which other subcommands reach the running server (contract: DIR/control.sock,
// 0600). One JSON object with the command comes in; its output goes back a line each, then
// {"exit":0} or {"exit":1,"code":…,"detail":…}. Lives on the server's socket thread.
#pragma once

#include "sync/server/store_server.hpp"
#include "sync/store/store_thread.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <functional>

namespace fangxin::sync {

class ControlServer {
  public:
    /// Called on the socket thread after each command, with its arguments.
    using Changed = std::function<void(const boost::json::object&)>;
    ControlServer(boost::asio::io_context& io, StoreThread& store, CommandRunner run_command,
                  Changed changed);

    /// Paths may be longer than a socket's address. Code `cannot_listen`.
    Result<void> listen(const std::filesystem::path& socket);

  private:
    void accept();

    boost::asio::io_context& io_;
    boost::asio::local::stream_protocol::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    StoreThread& store_;
    CommandRunner run_command_;
    Changed changed_;
};

/// Sends a command to a running server. Code `no_server` if none listens there.
Result<void> send_command(const std::filesystem::path& socket, const boost::json::object& arguments,
                          const CommandOutput& output);

}  // namespace fangxin::sync
