// One connection: TLS and a WebSocket underneath (LinkStream); above, the protocol core
// (ServerPeer) on `/terminal`, and on `/enrol` a terminal that has no certificate yet
// (session_identity.cpp). Lives on the server's socket thread.
#pragma once

#include "sync/frame.hpp"
#include "sync/link_stream.hpp"
#include "sync/server/authority.hpp"
#include "sync/server/book.hpp"
#include "sync/server/feed.hpp"
#include "sync/server/figures_thread.hpp"
#include "sync/server/identities.hpp"
#include "sync/server/metrics.hpp"
#include "sync/server/server_clock.hpp"
#include "sync/server/server_log.hpp"
#include "sync/server/shared_feed.hpp"
#include "sync/server/store_keys.hpp"
#include "sync/server_peer.hpp"
#include "sync/store/store_thread.hpp"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace fangxin::sync {

/// Wrong tokens, by address: after five none is looked at for a minute.
class TokenTries {
  public:
    bool may_try(const std::string& address, std::int64_t now_ms);
    void failed(const std::string& address, std::int64_t now_ms);

  private:
    struct Tries {
        int failures = 0;
        std::int64_t last_ms = 0;
    };
    std::map<std::string, Tries> by_address_;
};

/// What the sessions of one server share.
struct ServerShared {
    boost::asio::io_context& io;
    StoreThread& store;
    Database& reader;
    SharedFeed& feed;
    boost::asio::thread_pool& reading;  ///< one thread, on which bodies of ops are read
    FiguresThread& figures;
    std::function<void(const Changed&)> announce;
    std::function<std::set<std::string>()> live;  ///< terminals that are connected
    std::function<void(const std::shared_ptr<class Session>&)> closed;
    /// Other servers note in the book, at least this often, which terminals they have; 0: there are
    /// no others.
    std::int64_t seen_every_ms = 0;
    /// Another connection of the same terminal, which this one takes the place of.
    std::function<void(const std::shared_ptr<class Session>& newcomer)> greeted;
    StoreAuthority* authority = nullptr;  ///< null: everything is plain, on loopback
    std::optional<StoreKeys> keys;        ///< set before the first session
    std::string told_address;             ///< where terminals reach this server: HOST:PORT
    TokenTries tries;
    ServerCounters counters;
};

class Session : public std::enable_shared_from_this<Session> {
  public:
    /// `tls` null only where everything is plain.
    Session(boost::asio::ip::tcp::socket socket, TlsContext tls, ServerShared& shared,
            std::string address);

    void start();
    void on_changed(const Changed& changed);
    void on_mark(std::int64_t at) { take(peer_.on_mark(at)); }
    void on_checkpoint(const Checkpoint& checkpoint) { take(peer_.on_checkpoint(checkpoint)); }
    void tick();
    void close(const std::string& why);
    const ServerPeer& peer() const { return peer_; }
    const std::string& address() const { return address_; }
    /// Its hello was answered: until then it counts among those that nobody knows.
    bool is_let_in() const { return peer_.live(); }
    /// So lately that its terminal cannot have given this line up yet, which takes it 2 s: who
    /// comes in its place is another machine.
    bool has_just_come() const { return steady_ms() - accepted_ms_ < silent_after_ms * 3 / 4; }

  private:
    void shaken();
    void on_request(const LinkStream::Request& request);
    void accepted();

    // Who it is (session_identity.cpp).
    std::optional<std::string> look_up_identity();
    std::optional<Refused> refusal_of_identity() const;
    std::optional<Refused> refusal_of(const Hello& hello) const;
    void refuse(const Refused& refused);
    bool take_identity_message(const Message& message);
    void enrol(const Enrol& asked);
    void follow_enrolment();
    void give_certificate();
    void renew(const Renew& asked);
    void make_code(const AskCode& asked);
    void note_key();
    void send(const Message& message);
    void close_when_sent(const std::string& why);
    void read();
    void on_read(std::string_view frame);
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

    // What only the book tells (session_questions.cpp).
    bool take_question(const Message& message);
    void tell_contact(const AskContact& asked);
    template <class Answer>
    void answer(std::function<Result<Answer>(Database&)> work);
    void keep_last_seen();

    std::function<void(const Changed&)> announcer();
    template <class Work>
    void store_ops(Work work);
    /// Runs `work` on the store thread and `then` with its answer back here. Any thread.
    template <class Work, class Then>
    void store(Priority priority, Work work, Then then);

    ServerShared& shared_;
    std::string address_;
    LinkStream stream_;
    std::optional<CertificateFacts> certificate_;  ///< that it showed, of our authority
    std::optional<KnownIdentity> identity_;        ///< on the allow-list, in force or not
    enum class Stage { shaking_hands, upgrading, terminal, enrolling, waiting };
    Stage stage_ = Stage::shaking_hands;
    Enrol enrol_;           // while it waits to be approved
    std::string asked_by_;  // the `spki` of its request
    std::int64_t accepted_ms_ = 0;
    std::int64_t heard_ms_ = 0;
    std::int64_t pinged_ms_ = 0;
    bool is_storing_ = false;
    int answering_ = 0;
    LogState shown_;  // the last entry that a customer's number was shown for
    struct Outgoing {
        std::string frame;
        std::size_t size = 0;
        bool is_push = false;  ///< rows or blocks, which can be read again
    };
    void drop_pushes();

    FeedAsker asker() const;
    std::shared_ptr<WrittenFrames> written_;  ///< of the reading that is being told
    std::deque<Outgoing> outgoing_;
    std::size_t outgoing_bytes_ = 0;
    bool writing_ = false;
    bool closed_ = false;
    std::atomic<bool> gone_ = false;  ///< the same, for the store thread
    ServerPeer peer_;
};

template <class Work, class Then>
void Session::store(Priority priority, Work work, Then then) {
    shared_.store.submit(priority, [self = shared_from_this(), work = std::move(work),
                                    then = std::move(then)](Database& database) mutable {
        // A database that was away for long has work of many lines that are no more behind it.
        if (self->gone_) return;
        auto result = work(database);
        boost::asio::post(
            self->shared_.io, [self, then = std::move(then), result = std::move(result)]() mutable {
                if (self->closed_) return;
                if (!result) {
                    server_log("store failed", {{"detail", result.error().detail}});
                    return self->take(self->peer_.on_store_failed(result.error().code));
                }
                then(*self, *result);
            });
    });
}

}  // namespace fangxin::sync
