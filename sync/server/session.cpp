#include "sync/server/session.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>

namespace fangxin::sync {

namespace asio = boost::asio;

namespace {
constexpr auto shake_within = std::chrono::seconds(5);
constexpr auto upgrade_within = std::chrono::seconds(5);
constexpr std::size_t outgoing_limit = 4 * 1024 * 1024;
}  // namespace

Session::Session(asio::ip::tcp::socket socket, TlsContext tls, ServerShared& shared,
                 std::string address)
    : shared_(shared),
      address_(std::move(address)),
      stream_(std::move(socket), std::move(tls)),
      peer_(steady_ms()) {}

void Session::start() {
    stream_.shake_hands(shake_within, [self = shared_from_this()](const std::string& error) {
        if (!error.empty()) return self->close("TLS: " + error);
        self->shaken();
    });
}

void Session::shaken() {
    stage_ = Stage::upgrading;
    if (auto failed = look_up_identity()) return close(*failed);
    stream_.read_request(
        upgrade_within,
        [self = shared_from_this()](const std::string& error, const LinkStream::Request& request) {
            if (!error.empty()) return self->close("no request: " + error);
            self->on_request(request);
        });
}

void Session::on_request(const LinkStream::Request& request) {
    // A browser names the page that it acts for; a terminal has none. So no page can reach us.
    if (!request.is_upgrade || request.has_origin) return close("not a terminal's request");
    const bool enrols = request.path == "/enrol" && shared_.authority;
    if (!enrols && request.path != "/terminal") return close("nothing is there");
    if (!enrols && shared_.authority && !certificate_) return close("no certificate");
    stream_.limit_messages(frame_limit_before_hello);
    stream_.accept(upgrade_within, [self = shared_from_this(), enrols](const std::string& error) {
        if (!error.empty()) return self->close("no upgrade: " + error);
        self->stage_ = enrols ? Stage::enrolling : Stage::terminal;
        self->accepted();
    });
}

/// From here on counts how long it takes to say hello.
void Session::accepted() {
    accepted_ms_ = heard_ms_ = steady_ms();
    peer_ = ServerPeer(heard_ms_);
    if (stage_ == Stage::terminal) {
        auto refused = refusal_of_identity();
        if (refused && refused->code != "expired") return refuse(*refused);
    }
    read();
}

void Session::read() {
    stream_.read([self = shared_from_this()](const std::string& error, std::string_view frame) {
        if (!error.empty()) return self->close(error);
        self->on_read(frame);
    });
}

void Session::on_read(std::string_view frame) {
    if (closed_) return;
    ++shared_.counters.messages_in;
    shared_.counters.bytes_in += std::ssize(frame);
    auto text = unpack_frame(frame);
    if (!text) return close("bad frame: " + text.error().code + " " + text.error().detail);
    auto message = read_message(*text);
    if (!message) {
        return close("bad message: " + message.error().code + " " + message.error().detail);
    }
    heard_ms_ = steady_ms();
    if (!take_identity_message(*message) && !take_question(*message))
        take(peer_.on_message(heard_ms_, *message));
    if (!closed_) read();
}

void Session::write() {
    if (writing_ || closed_ || outgoing_.empty()) return;
    writing_ = true;
    stream_.write(std::move(outgoing_.front().frame),
                  [self = shared_from_this()](const std::string& error) {
                      self->writing_ = false;
                      if (!error.empty()) return self->close(error);
                      self->outgoing_bytes_ -= self->outgoing_.front().size;
                      self->outgoing_.pop_front();
                      if (self->outgoing_.empty()) self->take(self->peer_.on_drained());
                      self->write();
                  });
}

void Session::close(const std::string& why) {
    if (closed_) return;
    closed_ = true;
    gone_ = true;
    server_log("connection closed",
               {{"terminal", identity_ ? identity_->terminal : peer_.terminal()},
                {"address", address_},
                {"why", why}});
    if (!peer_.terminal().empty()) keep_last_seen();
    stream_.close();
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
    const std::string& name = identity_ ? identity_->terminal : peer_.terminal();
    const bool is_known = identity_ || peer_.live();
    if (is_known && std::ranges::find(again, name) != again.end()) {
        return close("something was decided of it");
    }
    take(peer_.on_changed(steady_ms(), changed.newest_ver, changed.pace_for(peer_.role())));
}

void Session::tick() {
    if (stage_ == Stage::terminal) return take(peer_.on_tick(steady_ms(), wall_ms()));
    if (stage_ == Stage::enrolling || stage_ == Stage::waiting) follow_enrolment();
}

void Session::take(ServerPeer::Actions actions) {
    for (auto& action : actions) {
        if (closed_) return;
        std::visit([&](auto& each) { act(each); }, action);
    }
}

void Session::act(ServerPeer::Send& action) {
    if (std::holds_alternative<Welcome>(action.message)) stream_.limit_messages(frame_limit);
    const bool is_push = std::holds_alternative<RowsFrame>(action.message) ||
                         std::holds_alternative<BlocksFrame>(action.message);
    const auto written = is_push ? std::exchange(written_, nullptr) : nullptr;
    std::string frame =
        written ? written->packed(action.message) : pack_frame(write_message(action.message));
    const std::size_t size = frame.size();
    outgoing_bytes_ += size;
    ++shared_.counters.messages_out;
    shared_.counters.bytes_out += static_cast<std::int64_t>(size);
    outgoing_.push_back({std::move(frame), size, is_push});
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
        outgoing_bytes_ -= waiting->size;
        waiting = outgoing_.erase(waiting);
    }
    if (outgoing_bytes_ > outgoing_limit) return close("it does not read");
    ++shared_.counters.pokes;
    server_log("poked", {{"terminal", peer_.terminal()}});
}

void Session::act(ServerPeer::Close& action) { close_when_sent(action.why); }

/// What was said before it (a refusal) still goes out.
void Session::close_when_sent(const std::string& why) {
    if (outgoing_.empty()) return close(why);
    auto timer = std::make_shared<asio::steady_timer>(shared_.io, std::chrono::milliseconds(200));
    timer->async_wait(
        [self = shared_from_this(), timer, why](boost::system::error_code) { self->close(why); });
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
            if (self.shared_.keys) greeting.welcome.store_key = text_of(self.shared_.keys->shared);
            self.take(self.peer_.on_greeted(greeting.welcome, greeting.newest_ver));
            self.note_key();
            self.shared_.greeted(self.shared_from_this());
        });
}

void Session::act(ServerPeer::Ingest& action) {
    // In the order in which they came: the one thread that reads hands them on to the one that
    // stores.
    struct Frame {
        ServerPeer::Ingest request;
        std::string role;
        ReadOps read;
    };
    auto frame = std::make_shared<Frame>(Frame{std::move(action), peer_.role(), {}});
    asio::post(shared_.reading, [self = shared_from_this(), frame] {
        if (self->gone_) return;
        frame->read = read_ops(frame->request.frame);
        self->store_ops([frame, announce = self->announcer()](Database& database) {
            auto done =
                ingest(database, frame->request, frame->role, wall_ms(), std::move(frame->read));
            if (done) announce(done->changed);
            return done;
        });
    });
}

/// Any thread.
template <class Work>
void Session::store_ops(Work work) {
    store(Priority::acknowledgement, std::move(work), [](Session& self, IngestDone& done) {
        self.shared_.counters.ops_taken += done.taken;
        if (!done.answer.refused.empty()) {
            ++self.shared_.counters.ops_refused;
            server_log("ops refused",
                       {{"terminal", self.peer_.terminal()}, {"why", done.answer.refused}});
        }
        self.take(self.peer_.on_ingested(done.answer));
    });
}

void Session::act(ServerPeer::LoadBlocks& action) {
    auto given = shared_.feed.blocks(asker(), action);
    if (!given) return close("blocks cannot be read: " + given.error().detail);
    written_ = given->written;
    take(peer_.on_blocks(std::move(given->frame)));
    written_ = nullptr;
}

FeedAsker Session::asker() const {
    return {peer_.role(), peer_.server_epoch(), peer_.newest_ver()};
}

void Session::act(ServerPeer::LoadRows& action) {
    // Posted, so that a long snapshot to one terminal leaves room for blocks to the others.
    asio::post(shared_.io, [self = shared_from_this(), action] {
        if (self->closed_) return;
        auto given = self->shared_.feed.rows(self->asker(), action);
        if (!given) return self->close("rows cannot be read: " + given.error().detail);
        self->written_ = given->written;
        self->take(self->peer_.on_rows(std::move(given->frame), given->is_clean));
        self->written_ = nullptr;
    });
}

void Session::act(ServerPeer::LoadTable& action) {
    asio::post(shared_.io, [self = shared_from_this(), action] {
        if (self->closed_) return;
        auto part = load_table_rows(self->shared_.reader, self->peer_.role(), action);
        if (!part) return self->close("a table cannot be read: " + part.error().detail);
        if (action.after.empty()) {
            ++self->shared_.counters.tables_repaired;
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
