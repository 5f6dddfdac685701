#include "sync/link.hpp"

#include "sync/frame.hpp"
#include "sync/summing_thread.hpp"
#include "sync/terminal_repair.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <deque>
#include <netinet/tcp.h>
#include <thread>

namespace fangxin::sync {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

namespace {

constexpr auto connect_within = std::chrono::seconds(3);
constexpr auto first_wait = std::chrono::milliseconds(100);
constexpr auto longest_wait = std::chrono::milliseconds(2000);
constexpr auto tick_every = std::chrono::milliseconds(200);
constexpr unsigned user_timeout_ms = 3000;  // a half-open line is the enemy of "within a second"

std::int64_t steady_now_ms() {
    auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

Result<LinkAddress> parse_link_address(std::string_view url) {
    for (std::string_view scheme : {"ws://", "http://", "tcp://"}) {
        if (url.starts_with(scheme)) url.remove_prefix(scheme.size());
    }
    while (url.ends_with('/'))
        url.remove_suffix(1);
    std::size_t colon = url.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == url.size()) {
        return failure("bad_address", std::string(url));
    }
    return LinkAddress{std::string(url.substr(0, colon)), std::string(url.substr(colon + 1))};
}

class Link::Impl : public std::enable_shared_from_this<Link::Impl> {
  public:
    Impl(LinkAddress address, TerminalState durable, StoreThread& store, Database reader,
         LinkEvents events)
        : address_(std::move(address)),
          store_(store),
          summing_(std::move(reader), durable.role),
          events_(std::move(events)),
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

  private:
    using Stream = websocket::stream<beast::tcp_stream>;

    void connect();
    void on_connected();
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
    void act(TerminalPeer::ServerTime& action) { events_.server_time(action.now_ms); }
    void act(TerminalPeer::Online&) {
        wait_ = first_wait;
        events_.online();
    }
    void act(TerminalPeer::CaughtUp&) { events_.caught_up(); }
    void act(TerminalPeer::Offline&) { events_.offline(); }
    void act(TerminalPeer::Conflict& action) { events_.conflict(action.code, action.detail); }
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

    LinkAddress address_;
    StoreThread& store_;
    SummingThread summing_;
    LinkEvents events_;
    asio::io_context io_;
    TerminalPeer peer_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::ip::tcp::resolver resolver_;
    asio::steady_timer retry_;
    asio::steady_timer ticker_;
    std::unique_ptr<Stream> stream_;
    beast::flat_buffer buffer_;
    std::deque<std::string> outgoing_;
    bool writing_ = false;
    bool stopping_ = false;
    std::int64_t line_ = 0;  // counts connections; an answer for an older one is not for this one
    std::chrono::milliseconds wait_ = first_wait;
    std::thread thread_;
};

void Link::Impl::connect() {
    if (stopping_) return;
    ++line_;
    stream_ = std::make_unique<Stream>(io_);
    resolver_.async_resolve(
        address_.host, address_.port,
        [self = shared_from_this(), line = line_](beast::error_code ec,
                                                  asio::ip::tcp::resolver::results_type found) {
            if (line != self->line_ || !self->stream_) return;
            if (ec) return self->drop("address: " + ec.message());
            self->stream_->next_layer().expires_after(connect_within);
            self->stream_->next_layer().async_connect(
                found, [self, line](beast::error_code failed, const asio::ip::tcp::endpoint&) {
                    if (line != self->line_ || !self->stream_) return;
                    if (failed) return self->drop("connect: " + failed.message());
                    self->on_connected();
                });
        });
}

void Link::Impl::on_connected() {
    auto& socket = stream_->next_layer().socket();
    beast::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    unsigned timeout = user_timeout_ms;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof timeout);
    stream_->next_layer().expires_never();
    stream_->set_option(
        websocket::stream_base::timeout{connect_within, websocket::stream_base::none(), false});
    stream_->read_message_max(frame_limit);
    stream_->binary(true);
    stream_->async_handshake(address_.host, "/terminal",
                             [self = shared_from_this(), line = line_](beast::error_code ec) {
                                 if (line != self->line_ || !self->stream_) return;
                                 if (ec) return self->drop("handshake: " + ec.message());
                                 self->take(self->peer_.on_connected(steady_now_ms()));
                                 self->read();
                             });
}

void Link::Impl::read() {
    if (!stream_) return;
    buffer_.consume(buffer_.size());
    stream_->async_read(
        buffer_, [self = shared_from_this(), line = line_](beast::error_code ec, std::size_t size) {
            if (line != self->line_ || !self->stream_) return;
            if (ec) return self->drop("read: " + ec.message());
            std::string_view frame(static_cast<const char*>(self->buffer_.data().data()), size);
            auto text = unpack_frame(frame);
            if (!text) return self->drop("bad frame: " + text.error().detail);
            auto message = read_message(*text);
            if (!message) return self->drop("bad message: " + message.error().detail);
            self->take(self->peer_.on_message(steady_now_ms(), *message));
            self->read();
        });
}

void Link::Impl::write() {
    if (writing_ || !stream_ || outgoing_.empty()) return;
    writing_ = true;
    stream_->async_write(asio::buffer(outgoing_.front()), [self = shared_from_this(), line = line_](
                                                              beast::error_code ec, std::size_t) {
        if (line != self->line_) return;
        self->writing_ = false;
        if (ec) return self->drop("write: " + ec.message());
        self->outgoing_.pop_front();
        self->write();
    });
}

void Link::Impl::drop(const std::string& why) {
    if (!stream_) return;
    if (!stopping_ && wait_ == first_wait) events_.log("line dropped: " + why);
    ++line_;
    stream_->next_layer().close();
    // Its pending handlers still refer to it: it goes after they have run.
    asio::post(io_, [old = std::shared_ptr<Stream>(std::move(stream_))] {});
    outgoing_.clear();
    writing_ = false;
    take(peer_.on_closed());
    retry();
}

void Link::Impl::retry() {
    if (stopping_) return;
    retry_.expires_after(wait_);
    wait_ = std::min(wait_ * 2, longest_wait);
    retry_.async_wait([self = shared_from_this()](beast::error_code ec) {
        if (!ec) self->connect();
    });
}

void Link::Impl::tick() {
    if (stopping_) return;
    take(peer_.on_tick(steady_now_ms()));
    ticker_.expires_after(tick_every);
    ticker_.async_wait([self = shared_from_this()](beast::error_code ec) {
        if (!ec) self->tick();
    });
}

void Link::Impl::take(TerminalPeer::Actions actions) {
    for (auto& action : actions) {
        std::visit([&](auto& each) { act(each); }, action);
    }
}

void Link::Impl::act(TerminalPeer::Send& action) {
    if (!stream_) return;
    outgoing_.push_back(pack_frame(write_message(action.message)));
    write();
}

void Link::Impl::act(TerminalPeer::LoadOps& action) {
    store(
        Priority::bulk,
        [action](Database& database) {
            return database.reading<LoadedOps>(
                [&] { return load_ops(database, action.epoch, action.first); });
        },
        [action](Impl& self, bool same_line, LoadedOps& loaded) {
            if (!same_line) return;
            self.take(
                self.peer_.on_ops_loaded(action, std::move(loaded.bodies), std::move(loaded.head)));
        });
}

namespace {
/// A transaction's answer as something that `store` can hand on.
Result<bool> as_answer(const Result<void>& done) {
    if (!done) return tl::unexpected(done.error());
    return true;
}
}  // namespace

void Link::Impl::act(TerminalPeer::StoreRows& action) {
    auto frame = std::make_shared<RowsFrame>(std::move(action.frame));
    store(
        Priority::bulk,
        [frame](Database& database) { return as_answer(store_rows(database, *frame)); },
        [frame](Impl& self, bool same_line, bool) {
            if (!frame->rows.empty()) self.events_.rows_changed();
            if (same_line)
                self.take(self.peer_.on_rows_stored({frame->to, frame->complete, frame->branch}));
        });
}

void Link::Impl::act(TerminalPeer::StoreBlocks& action) {
    auto frame = std::make_shared<BlocksFrame>(std::move(action.frame));
    store(
        Priority::block,
        [frame, now = events_.now](Database& database) {
            return store_blocks(database, *frame, now());
        },
        [frame](Impl& self, bool same_line, const LogState& written) {
            std::vector<domain::Block> blocks;
            for (const json::object& each : frame->rows) {
                if (auto block = from_json<domain::Block>(each)) blocks.push_back(*block);
            }
            if (!blocks.empty()) self.events_.blocks_applied(std::move(blocks), frame->to);
            if (same_line)
                self.take(self.peer_.on_blocks_stored({frame->to, frame->complete, frame->branch}));
            if (written.last_seq > 0) self.take(self.peer_.on_appended(written));
            self.events_.unsent(self.peer_.unsent());
        });
}

void Link::Impl::act(TerminalPeer::StoreAck& action) {
    store(
        Priority::acknowledgement,
        [ack = action.ack](Database& database) { return as_answer(store_ack(database, ack)); },
        [ack = action.ack](Impl& self, bool, bool) {
            self.take(self.peer_.on_ack_stored(ack));
            self.events_.unsent(self.peer_.unsent());
        });
}

void Link::Impl::act(TerminalPeer::TakeBack& action) {
    events_.log(fmt::format("the server has epoch {} no further than {}", action.log.epoch,
                            action.log.last_seq));
    store(
        Priority::acknowledgement,
        [log = action.log](Database& database) { return as_answer(take_back(database, log)); },
        [](Impl& self, bool, bool) { self.events_.unsent(self.peer_.unsent()); });
}

void Link::Impl::act(TerminalPeer::ResetRows& action) {
    // Behind what an earlier connection still has to store: those rows are dropped with the others.
    store(
        Priority::bulk,
        [reset = action](Database& database) { return as_answer(reset_rows(database, reset)); },
        [reset = action](Impl& self, bool, bool) { self.take(self.peer_.on_reset(reset)); });
}

void Link::Impl::act(TerminalPeer::NewEpoch& action) {
    store(
        Priority::sale,
        [wanted = action](Database& database) { return begin_epoch(database, wanted); },
        [](Impl& self, bool, TerminalLogs& logs) {
            self.take(self.peer_.on_epoch(logs));
            self.events_.unsent(self.peer_.unsent());
        });
}

void Link::Impl::act(TerminalPeer::LoadHash& action) {
    store(
        Priority::bulk,
        [asked = action](Database& database) {
            return database.reading<std::string>(
                [&] { return op_hash(database, asked.epoch, asked.seq); });
        },
        [asked = action](Impl& self, bool same_line, std::string& hash) {
            if (same_line) self.take(self.peer_.on_hash(asked, hash));
        });
}

/// Behind the rows that came before the mark, ahead of those that come after it.
void Link::Impl::act(TerminalPeer::SumTables& action) {
    store_.submit(
        Priority::bulk, [self = shared_from_this(), mark = action.mark, line = line_](Database&) {
            self->summing_.sum(mark, [self, mark, line](SummingThread::Sums sums) {
                asio::post(self->io_, [self, mark, line, sums = std::move(sums)]() mutable {
                    if (line == self->line_)
                        self->take(self->peer_.on_summed(mark, std::move(sums)));
                });
            });
        });
}

void Link::Impl::act(TerminalPeer::StoreTable& action) {
    auto asked = std::make_shared<TerminalPeer::StoreTable>(std::move(action));
    store(
        Priority::bulk,
        [asked, now = events_.now](Database& database) {
            return store_table(database, *asked, now());
        },
        [asked](Impl& self, bool same_line, TableStored& stored) {
            const TableRows& part = asked->part;
            const std::int64_t repaired = asked->repaired + stored.repaired;
            if (!stored.blocks.empty()) {
                self.events_.blocks_applied(std::move(stored.blocks), self.peer_.durable().blocks);
            }
            if (stored.repaired > 0) self.events_.rows_changed();
            if (part.last && repaired > 0) self.events_.repaired(part.table, repaired);
            if (same_line) self.take(self.peer_.on_table_stored(part, stored.repaired));
            if (stored.written.last_seq > 0) self.take(self.peer_.on_appended(stored.written));
        });
}

Link::Link(LinkAddress address, TerminalState durable, StoreThread& store, Database reader,
           LinkEvents events)
    : impl_(std::make_shared<Impl>(std::move(address), std::move(durable), store, std::move(reader),
                                   std::move(events))) {
    impl_->start();
}

Link::~Link() { impl_->stop(); }

void Link::appended(const LogState& log) { impl_->appended(log); }

void Link::claim_hold(std::int64_t id, std::string hold) { impl_->claim(id, std::move(hold)); }
void Link::ask_figures(std::int64_t id, std::string block) { impl_->ask(id, std::move(block)); }

}  // namespace fangxin::sync
