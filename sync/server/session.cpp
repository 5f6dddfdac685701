#include "sync/server/session.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>

namespace fangxin::sync {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
namespace http = beast::http;
namespace asio = boost::asio;

namespace {
constexpr auto upgrade_within = std::chrono::seconds(5);
constexpr std::size_t outgoing_limit = 4 * 1024 * 1024;
}  // namespace

Session::Session(asio::ip::tcp::socket socket, ServerShared& shared)
    : shared_(shared), stream_(std::move(socket)), peer_(steady_ms()) {}

void Session::start() {
    boost::system::error_code ignored;
    stream_.next_layer().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    read_request();
}

void Session::read_request() {
    stream_.next_layer().expires_after(upgrade_within);
    http::async_read(stream_.next_layer(), buffer_, request_,
                     [self = shared_from_this()](beast::error_code ec, std::size_t) {
                         if (ec) return self->close("no request: " + ec.message());
                         self->on_request();
                     });
}

void Session::on_request() {
    // A browser names the page that it acts for; a terminal has none. So no page can reach us.
    if (!websocket::is_upgrade(request_) || request_.find(http::field::origin) != request_.end()) {
        return close("not a terminal's request");
    }
    stream_.next_layer().expires_never();
    websocket::stream_base::timeout timeout{upgrade_within, std::chrono::seconds(30), false};
    stream_.set_option(timeout);
    stream_.read_message_max(frame_limit_before_hello);
    stream_.binary(true);
    stream_.async_accept(request_, [self = shared_from_this()](beast::error_code ec) {
        if (ec) return self->close("no upgrade: " + ec.message());
        self->accepted();
    });
}

void Session::accepted() { read(); }

void Session::read() {
    buffer_.consume(buffer_.size());
    stream_.async_read(buffer_,
                       [self = shared_from_this()](beast::error_code ec, std::size_t size) {
                           if (ec) return self->close(ec.message());
                           self->on_read(size);
                       });
}

void Session::on_read(std::size_t size) {
    if (closed_) return;
    std::string_view frame(static_cast<const char*>(buffer_.data().data()), size);
    auto text = unpack_frame(frame);
    if (!text) return close("bad frame: " + text.error().code + " " + text.error().detail);
    auto message = read_message(*text);
    if (!message) {
        return close("bad message: " + message.error().code + " " + message.error().detail);
    }
    take(peer_.on_message(steady_ms(), *message));
    if (!closed_) read();
}

void Session::write() {
    if (writing_ || closed_ || outgoing_.empty()) return;
    writing_ = true;
    stream_.async_write(asio::buffer(outgoing_.front().frame),
                        [self = shared_from_this()](beast::error_code ec, std::size_t) {
                            self->writing_ = false;
                            if (ec) return self->close(ec.message());
                            self->outgoing_bytes_ -= self->outgoing_.front().frame.size();
                            self->outgoing_.pop_front();
                            if (self->outgoing_.empty()) self->take(self->peer_.on_drained());
                            self->write();
                        });
}

void Session::close(const std::string& why) {
    if (closed_) return;
    closed_ = true;
    gone_ = true;
    server_log("connection closed", {{"terminal", peer_.terminal()}, {"why", why}});
    if (!peer_.terminal().empty()) keep_last_seen();
    beast::error_code ignored;
    stream_.next_layer().socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    stream_.next_layer().close();
    shared_.closed(shared_from_this());
}

/// One that only listened, to the end of its connection.
void Session::keep_last_seen() {
    std::int64_t seen_ms = wall_ms() - (steady_ms() - peer_.heard_ms());
    shared_.store.submit(Priority::bulk,
                         [terminal = peer_.terminal(), seen_ms](Database& database) {
                             auto kept = database.transaction([&]() -> Result<void> {
                                 note_seen(database, terminal, seen_ms);
                                 return {};
                             });
                             if (!kept)
                                 server_log("store failed", {{"detail", kept.error().detail}});
                         });
}

void Session::on_changed(const Changed& changed) {
    if (changed.renewed && peer_.live()) return close("the rows are numbered anew");
    const auto& again = changed.greet_again;
    if (peer_.live() && std::ranges::find(again, peer_.terminal()) != again.end()) {
        return close("something was decided of it");
    }
    take(peer_.on_changed(steady_ms(), changed.newest_ver, changed.pace_for(peer_.role())));
}

void Session::tick() { take(peer_.on_tick(steady_ms(), wall_ms())); }

void Session::take(ServerPeer::Actions actions) {
    for (auto& action : actions) {
        if (closed_) return;
        std::visit([&](auto& each) { act(each); }, action);
    }
}

void Session::act(ServerPeer::Send& action) {
    if (std::holds_alternative<Welcome>(action.message)) stream_.read_message_max(frame_limit);
    std::string frame = pack_frame(write_message(action.message));
    const bool is_push = std::holds_alternative<RowsFrame>(action.message) ||
                         std::holds_alternative<BlocksFrame>(action.message);
    outgoing_bytes_ += frame.size();
    outgoing_.push_back({std::move(frame), is_push});
    if (outgoing_bytes_ > outgoing_limit) drop_pushes();
    write();
}

/// They are read again once it has been poked. Whoever fills the queue by asking is not waited for.
void Session::drop_pushes() {
    if (!peer_.on_congested()) return close("it does not read");
    auto waiting = outgoing_.begin() + (writing_ ? 1 : 0);
    while (waiting != outgoing_.end()) {
        if (!waiting->is_push) {
            ++waiting;
            continue;
        }
        outgoing_bytes_ -= waiting->frame.size();
        waiting = outgoing_.erase(waiting);
    }
    if (outgoing_bytes_ > outgoing_limit) return close("it does not read");
    server_log("poked", {{"terminal", peer_.terminal()}});
}

void Session::act(ServerPeer::Close& action) {
    // What was said before it (a refusal) still goes out.
    if (outgoing_.empty()) return close(action.why);
    auto timer = std::make_shared<asio::steady_timer>(shared_.io, std::chrono::milliseconds(200));
    timer->async_wait([self = shared_from_this(), timer, why = action.why](beast::error_code) {
        self->close(why);
    });
}

template <class Work, class Then>
void Session::store(Priority priority, Work work, Then then) {
    shared_.store.submit(priority, [self = shared_from_this(), work = std::move(work),
                                    then = std::move(then)](Database& database) mutable {
        // A database that was away for long has work of many lines that are no more behind it.
        if (self->gone_) return;
        auto result = work(database);
        asio::post(self->shared_.io,
                   [self, then = std::move(then), result = std::move(result)]() mutable {
                       if (self->closed_) return;
                       if (!result) {
                           server_log("store failed", {{"detail", result.error().detail}});
                           return self->take(self->peer_.on_store_failed(result.error().code));
                       }
                       then(*self, *result);
                   });
    });
}

/// For the store thread: what others must know of is announced even if this terminal is gone.
std::function<void(const Changed&)> Session::announcer() {
    return [&shared = shared_](const Changed& changed) {
        asio::post(shared.io, [&shared, changed] { shared.announce(changed); });
    };
}

void Session::act(ServerPeer::Greet& action) {
    store(
        Priority::block,
        [hello = action.hello, announce = announcer()](Database& database) {
            auto greeting = greet(database, hello, wall_ms());
            if (greeting) announce(greeting->changed);
            return greeting;
        },
        [](Session& self, Greeting& greeting) {
            if (greeting.refused) return self.take(self.peer_.on_refused(*greeting.refused));
            server_log("terminal connected", {{"terminal", self.peer_.terminal()}});
            self.take(self.peer_.on_greeted(greeting.welcome, greeting.newest_ver));
        });
}

void Session::act(ServerPeer::Ingest& action) {
    store(
        Priority::acknowledgement,
        [request = action, role = peer_.role(), announce = announcer()](Database& database) {
            auto done = ingest(database, request, role, wall_ms());
            if (done) announce(done->changed);
            return done;
        },
        [](Session& self, IngestDone& done) {
            if (!done.answer.refused.empty()) {
                server_log("ops refused",
                           {{"terminal", self.peer_.terminal()}, {"why", done.answer.refused}});
            }
            self.take(self.peer_.on_ingested(done.answer));
        });
}

void Session::act(ServerPeer::LoadBlocks& action) {
    auto frame = load_blocks(shared_.reader, action.after);
    if (!frame) return close("blocks cannot be read: " + frame.error().detail);
    take(peer_.on_blocks(std::move(*frame)));
}

void Session::act(ServerPeer::LoadRows& action) {
    // Posted, so that a long snapshot to one terminal leaves room for blocks to the others.
    asio::post(shared_.io, [self = shared_from_this(), action] {
        if (self->closed_) return;
        auto frame = load_rows(self->shared_.reader, self->peer_.role(), action);
        if (!frame) return self->close("rows cannot be read: " + frame.error().detail);
        const bool is_clean = frame->is_clean;
        self->take(self->peer_.on_rows(std::move(*frame), is_clean));
    });
}

void Session::act(ServerPeer::LoadTable& action) {
    asio::post(shared_.io, [self = shared_from_this(), action] {
        if (self->closed_) return;
        auto part = load_table_rows(self->shared_.reader, self->peer_.role(), action);
        if (!part) return self->close("a table cannot be read: " + part.error().detail);
        if (action.after.empty()) {
            server_log("a table differs",
                       {{"terminal", self->peer_.terminal()}, {"table", action.table}});
        }
        self->take(self->peer_.on_table_rows(std::move(*part)));
    });
}

void Session::act(ServerPeer::LoadHash& action) {
    auto hash = load_hash(shared_.reader, action);
    if (!hash) return close("a hash cannot be read: " + hash.error().detail);
    take(peer_.on_hash(*hash));
}

void Session::act(ServerPeer::Claim& action) {
    store(
        Priority::sale,
        [claim = action, announce = announcer()](Database& database) {
            auto done = claim_hold(database, claim);
            if (done) announce(done->changed);
            return done;
        },
        [](Session& self, ClaimDone& done) { self.take(self.peer_.on_claimed(done.answer)); });
}

void Session::act(ServerPeer::LoadFigures& action) {
    shared_.figures.ask(action.asked, wall_ms(), [self = shared_from_this()](auto answer) {
        asio::post(self->shared_.io, [self, answer = std::move(answer)]() mutable {
            self->on_figures(std::move(answer));
        });
    });
}

void Session::on_figures(Result<Figures> figures) {
    if (closed_) return;
    if (!figures) {
        server_log("figures failed", {{"detail", figures.error().detail}});
        return take(peer_.on_figures_failed());
    }
    std::set<std::string> live = shared_.live();
    const std::int64_t elsewhere_since_ms = wall_ms() - 2 * shared_.seen_every_ms;
    for (TerminalFigure& each : figures->terminals) {
        const bool elsewhere = shared_.seen_every_ms > 0 && each.seen_ms >= elsewhere_since_ms;
        each.connected = live.contains(each.terminal) || elsewhere;
    }
    take(peer_.on_figures(*figures));
}

}  // namespace fangxin::sync
