// Inside of sync/link.hpp, in two files: link.cpp is the line, link_acts.cpp what the protocol core
// asks of the store.
#pragma once

#include "sync/link.hpp"
#include "sync/link_stream.hpp"
#include "sync/summing_thread.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <optional>
#include <thread>

namespace fangxin::sync {

namespace asio = boost::asio;

inline constexpr auto link_first_wait = std::chrono::milliseconds(100);

std::int64_t steady_now_ms();

class Link::Impl : public std::enable_shared_from_this<Link::Impl> {
  public:
    Impl(LinkWay way, TerminalState durable, StoreThread& store, Database reader, LinkEvents events)
        : way_(std::move(way)),
          store_(store),
          summing_(std::move(reader), durable.role),
          events_(std::move(events)),
          terminal_(durable.terminal),
          peer_(std::move(durable)),
          work_(asio::make_work_guard(io_)),
          resolver_(io_),
          retry_(io_),
          ticker_(io_) {}

    void start() {
        thread_ = std::thread([this] { io_.run(); });
        asio::post(io_, [this] {
            connect();
            tick();
        });
    }

    void stop() {
        asio::post(io_, [this] {
            stopping_ = true;
            drop("stopping");
            resolver_.cancel();
            retry_.cancel();
            ticker_.cancel();
            work_.reset();
        });
        thread_.join();
        // What the store thread and the summing thread still do for us hands its answer to a loop
        // that has ended: it is waited for and dropped here, or each would keep us for ever.
        store_.run(Priority::checkpoint, [](Database&) {});
        summing_.finish();
        io_.restart();
        io_.poll();
    }

    void appended(const LogState& log) {
        asio::post(io_, [this, log] {
            take(peer_.on_appended(log));
            events_.unsent(peer_.unsent());
        });
    }

    void claim(std::int64_t id, std::string hold) {
        asio::post(io_, [this, id, hold = std::move(hold)] { take(peer_.claim_hold(id, hold)); });
    }

    void ask(std::int64_t id, std::string block) {
        asio::post(io_,
                   [this, id, block = std::move(block)] { take(peer_.ask_figures(id, block)); });
    }

    void ask(Message question);

  private:
    void connect();
    void on_connected();
    void on_upgraded();
    /// Of the messages that are about this terminal's certificate; true if it was one.
    bool take_certificate(const Message& message);
    bool take_answer(const Message& message);
    void take_welcome(const Welcome& welcome);
    void sign(Message& message) const;
    bool is_beyond_server(const Message& question);
    void renew_in_time();
    void ask_for_certificate();
    void tell_not_let_in(const std::string& code, const std::string& detail);
    void retry();
    void read();
    void write();
    void drop(const std::string& why);
    void tick();
    void take(TerminalPeer::Actions actions);

    void act(TerminalPeer::Send& action);
    void act(TerminalPeer::Close& action) { drop(action.why); }
    void act(TerminalPeer::LoadOps& action);
    void act(TerminalPeer::StoreRows& action);
    void act(TerminalPeer::StoreBlocks& action);
    void act(TerminalPeer::StoreAck& action);
    void act(TerminalPeer::TakeBack& action);
    void act(TerminalPeer::ResetRows& action);
    void act(TerminalPeer::NewEpoch& action);
    void act(TerminalPeer::LoadHash& action);
    void act(TerminalPeer::SumTables& action);
    void act(TerminalPeer::StoreTable& action);
    void act(TerminalPeer::Comparing& action) { events_.comparing(action.now); }
    void act(TerminalPeer::ConflictOver&) { events_.conflict_over(); }
    void act(TerminalPeer::ServerTime& action) {
        server_minus_steady_ms_ = action.now_ms - steady_now_ms();
        events_.server_time(action.now_ms);
    }
    void act(TerminalPeer::Online&);
    void act(TerminalPeer::CaughtUp&) { events_.caught_up(); }
    void act(TerminalPeer::Offline&) { events_.offline(); }
    void act(TerminalPeer::Conflict& action);
    void act(TerminalPeer::Claimed& action) { events_.claimed(action.answer); }
    void act(TerminalPeer::FiguresCame& action) { events_.figures(std::move(action.figures)); }

    /// Runs `work` on the store thread; `then` gets its answer here unless the line was dropped
    /// meanwhile: the peer was told of that and asks again after the next welcome.
    template <class Work, class Then>
    void store(Priority priority, Work work, Then then) {
        store_.submit(priority, [self = shared_from_this(), work = std::move(work),
                                 then = std::move(then), line = line_](Database& database) mutable {
            auto result = work(database);
            asio::post(self->io_, [self, line, then = std::move(then),
                                   result = std::move(result)]() mutable {
                if (result) return then(*self, line == self->line_, *result);
                self->events_.log("store: " + result.error().code + " " + result.error().detail);
                if (line == self->line_)
                    self->take(self->peer_.on_store_failed(result.error().code));
            });
        });
    }

    LinkWay way_;
    TlsContext tls_;
    StoreThread& store_;
    SummingThread summing_;
    LinkEvents events_;
    asio::io_context io_;
    const std::string terminal_;
    TerminalPeer peer_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::ip::tcp::resolver resolver_;
    asio::steady_timer retry_;
    asio::steady_timer ticker_;
    std::unique_ptr<LinkStream> stream_;
    std::deque<std::string> outgoing_;
    bool writing_ = false;
    bool stopping_ = false;
    std::int64_t line_ = 0;  // counts connections; an answer for an older one is not for this one
    std::chrono::milliseconds wait_ = link_first_wait;
    std::optional<std::int64_t> server_minus_steady_ms_;
    std::int64_t server_schema_ = 0;  // as its last welcome said
    std::string not_let_in_;          // the code, as last told
    bool is_renewing_ = false;        // asked on this line
    bool renews_first_ = false;       // the server takes nothing else of us before
    std::thread thread_;
};

}  // namespace fangxin::sync
