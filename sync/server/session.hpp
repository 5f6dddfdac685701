// One terminal's connection: Beast's WebSocket underneath, the protocol core (ServerPeer) above.
// Lives on the server's socket thread.
#pragma once

#include "sync/frame.hpp"
#include "sync/server/book.hpp"
#include "sync/server/feed.hpp"
#include "sync/server/figures_thread.hpp"
#include "sync/server/server_clock.hpp"
#include "sync/server/server_log.hpp"
#include "sync/server_peer.hpp"
#include "sync/store/store_thread.hpp"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace fangxin::sync {

/// What the sessions of one server share.
struct ServerShared {
    boost::asio::io_context& io;
    StoreThread& store;
    Database& reader;
    FiguresThread& figures;
    std::function<void(const Changed&)> announce;
    std::function<std::set<std::string>()> live;  ///< terminals that are connected
    std::function<void(const std::shared_ptr<class Session>&)> closed;
    /// Other servers note in the book, at least this often, which terminals they have; 0: there are
    /// no others.
    std::int64_t seen_every_ms = 0;
};

class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(boost::asio::ip::tcp::socket socket, ServerShared& shared);

    void start();
    void on_changed(const Changed& changed);
    void on_mark(std::int64_t at) { take(peer_.on_mark(at)); }
    void on_checkpoint(const Checkpoint& checkpoint) { take(peer_.on_checkpoint(checkpoint)); }
    void tick();
    void close(const std::string& why);
    const ServerPeer& peer() const { return peer_; }

  private:
    void read_request();
    void on_request();
    void accepted();
    void read();
    void on_read(std::size_t size);
    void write();
    void take(ServerPeer::Actions actions);

    void act(ServerPeer::Send& action);
    void act(ServerPeer::Close& action);
    void act(ServerPeer::Greet& action);
    void act(ServerPeer::Ingest& action);
    void act(ServerPeer::LoadBlocks& action);
    void act(ServerPeer::LoadRows& action);
    void act(ServerPeer::LoadTable& action);
    void act(ServerPeer::LoadHash& action);
    void act(ServerPeer::Claim& action);
    void act(ServerPeer::LoadFigures& action);
    void on_figures(Result<Figures> figures);
    void keep_last_seen();

    std::function<void(const Changed&)> announcer();
    /// Runs `work` on the store thread and `then` with its answer back here.
    template <class Work, class Then>
    void store(Priority priority, Work work, Then then);

    ServerShared& shared_;
    boost::beast::websocket::stream<boost::beast::tcp_stream> stream_;
    boost::beast::flat_buffer buffer_;
    boost::beast::http::request<boost::beast::http::string_body> request_;
    struct Outgoing {
        std::string frame;
        bool is_push = false;  ///< rows or blocks, which can be read again
    };
    void drop_pushes();

    std::deque<Outgoing> outgoing_;
    std::size_t outgoing_bytes_ = 0;
    bool writing_ = false;
    bool closed_ = false;
    std::atomic<bool> gone_ = false;  ///< the same, for the store thread
    ServerPeer peer_;
};

}  // namespace fangxin::sync
