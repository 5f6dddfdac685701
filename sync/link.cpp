#include "sync/frame.hpp"
#include "sync/link_impl.hpp"

#include <algorithm>
#include <random>

namespace fangxin::sync {

using boost::system::error_code;

namespace {

constexpr auto connect_within = std::chrono::seconds(3);
constexpr auto longest_wait = std::chrono::milliseconds(2000);
constexpr auto tick_every = std::chrono::milliseconds(200);

/// A whole store comes back at once when its server does: not all in the same moment.
std::chrono::milliseconds spread(std::chrono::milliseconds wait) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    return wait / 2 + std::chrono::milliseconds(random() % static_cast<unsigned>(wait.count()));
}

/// Of a terminal that the server knows no more, or not yet: it need not ask ten times a second.
bool is_about_identity(const std::string& code) {
    static constexpr std::array codes{"revoked", "expired", "enrol_again", "not_enrolled"};
    return std::ranges::find(codes, code) != codes.end();
}

}  // namespace

std::int64_t steady_now_ms() {
    auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

void Link::Impl::connect() {
    if (stopping_) return;
    ++line_;
    is_renewing_ = false;
    if (way_.identity && !tls_) {
        auto tls = terminal_tls(way_.identity->credentials);
        if (!tls) {
            events_.log("no TLS: " + tls.error().detail);
            return retry();
        }
        tls_ = std::move(*tls);
    }
    stream_ = std::make_unique<LinkStream>(io_, tls_);
    resolver_.async_resolve(way_.address.host, way_.address.port,
                            [self = shared_from_this(), line = line_](
                                error_code ec, asio::ip::tcp::resolver::results_type found) {
                                if (line != self->line_ || !self->stream_) return;
                                if (ec) return self->drop("address: " + ec.message());
                                self->stream_->connect(
                                    found, connect_within, [self, line](const std::string& failed) {
                                        if (line != self->line_ || !self->stream_) return;
                                        if (!failed.empty())
                                            return self->drop("connect: " + failed);
                                        self->on_connected();
                                    });
                            });
}

void Link::Impl::on_connected() {
    stream_->limit_messages(frame_limit);
    stream_->shake_hands(
        connect_within, [self = shared_from_this(), line = line_](const std::string& failed) {
            if (line != self->line_ || !self->stream_) return;
            if (failed.find("certificate verify failed") != failed.npos)
                self->tell_not_let_in("other_server", failed);
            if (!failed.empty()) return self->drop("TLS: " + failed);
            self->stream_->upgrade(self->way_.address.text(), "/terminal", connect_within,
                                   [self, line](const std::string& refused) {
                                       if (line != self->line_ || !self->stream_) return;
                                       if (!refused.empty())
                                           return self->drop("handshake: " + refused);
                                       self->on_upgraded();
                                   });
        });
}

void Link::Impl::on_upgraded() {
    if (renews_first_) {
        ask_for_certificate();
    } else {
        take(peer_.on_connected(steady_now_ms()));
    }
    read();
}

void Link::Impl::read() {
    if (!stream_) return;
    stream_->read([self = shared_from_this(), line = line_](const std::string& error,
                                                            std::string_view frame) {
        if (line != self->line_ || !self->stream_) return;
        if (!error.empty()) return self->drop("read: " + error);
        auto text = unpack_frame(frame);
        if (!text) return self->drop("bad frame: " + text.error().detail);
        auto message = read_message(*text);
        if (!message) return self->drop("bad message: " + message.error().detail);
        if (const auto* welcome = std::get_if<Welcome>(&*message)) self->take_welcome(*welcome);
        if (!self->take_certificate(*message) && !self->take_answer(*message))
            self->take(self->peer_.on_message(steady_now_ms(), *message));
        self->read();
    });
}

void Link::Impl::write() {
    if (writing_ || !stream_ || outgoing_.empty()) return;
    writing_ = true;
    std::string frame = std::move(outgoing_.front());
    outgoing_.pop_front();
    stream_->write(std::move(frame),
                   [self = shared_from_this(), line = line_](const std::string& error) {
                       if (line != self->line_) return;
                       self->writing_ = false;
                       if (!error.empty()) return self->drop("write: " + error);
                       self->write();
                   });
}

void Link::Impl::drop(const std::string& why) {
    if (!stream_) return;
    if (!stopping_ && wait_ == link_first_wait) events_.log("line dropped: " + why);
    ++line_;
    stream_->close();
    stream_.reset();
    outgoing_.clear();
    writing_ = false;
    take(peer_.on_closed());
    retry();
}

void Link::Impl::retry() {
    if (stopping_) return;
    retry_.expires_after(spread(wait_));
    wait_ = std::min(wait_ * 2, longest_wait);
    retry_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec) self->connect();
    });
}

void Link::Impl::tick() {
    if (stopping_) return;
    take(peer_.on_tick(steady_now_ms()));
    renew_in_time();
    ticker_.expires_after(tick_every);
    ticker_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec) self->tick();
    });
}

void Link::Impl::ask(Message question) {
    asio::post(io_, [self = shared_from_this(), question = std::move(question)] {
        if (!self->stream_ || !self->peer_.online()) return;
        if (self->is_beyond_server(question)) return;
        self->outgoing_.push_back(pack_frame(write_message(question)));
        self->write();
    });
}

/// A server of before would end the line, on which blocks travel, at a question that it does not
/// know: it is answered here.
bool Link::Impl::is_beyond_server(const Message& question) {
    constexpr std::int64_t first_schema = 5;
    if (server_schema_ >= first_schema) return false;
    const std::string error = "older_server";
    if (const auto* asked = std::get_if<AskJournal>(&question)) {
        events_.journal({.id = asked->id, .error = error});
    } else if (const auto* entry = std::get_if<AskEntry>(&question)) {
        events_.entry({.id = entry->id, .error = error});
    } else if (const auto* contact = std::get_if<AskContact>(&question)) {
        events_.contact({.id = contact->id, .error = error});
    } else {
        return false;
    }
    return true;
}

/// True if it answers what a person asked.
bool Link::Impl::take_answer(const Message& message) {
    if (const auto* made = std::get_if<CodeMade>(&message)) {
        events_.code(*made);
    } else if (const auto* page = std::get_if<JournalPage>(&message)) {
        events_.journal(*page);
    } else if (const auto* entry = std::get_if<JournalEntry>(&message)) {
        events_.entry(*entry);
    } else if (const auto* contact = std::get_if<ContactTold>(&message)) {
        events_.contact(*contact);
    } else {
        return false;
    }
    return true;
}

/// What it says besides the protocol. The store's key is durable before anybody uses it; a disk
/// that cannot keep it is asked again with the next welcome.
void Link::Impl::take_welcome(const Welcome& welcome) {
    server_schema_ = welcome.schema;
    StoreKey told = read_store_key(welcome.store_key);
    if (told.empty() || told == way_.store_key) return;
    if (auto kept = save_store_key(way_.directory, told); !kept)
        return events_.log("the store's key cannot be kept: " + kept.error().detail);
    way_.store_key = told;
    events_.store_key(std::move(told));
}

/// What it says of its log is signed as it goes out (sync/log_key.hpp).
void Link::Impl::sign(Message& message) const {
    if (!way_.log_key) return;
    if (auto* hello = std::get_if<Hello>(&message)) hello->log_key = way_.log_key->name();
    auto* ops = std::get_if<OpsFrame>(&message);
    if (!ops || ops->bodies.empty()) return;
    const std::int64_t last = ops->first + static_cast<std::int64_t>(ops->bodies.size()) - 1;
    ops->signature = way_.log_key->sign({terminal_, ops->epoch, last, ops->head});
}

/// By the server's clock, not by ours.
void Link::Impl::renew_in_time() {
    if (!stream_ || !way_.identity || is_renewing_ || !server_minus_steady_ms_) return;
    if (!peer_.online()) return;
    const std::int64_t now_ms = steady_now_ms() + *server_minus_steady_ms_;
    if (is_to_be_renewed(way_.identity->certificate, now_ms)) ask_for_certificate();
}

void Link::Impl::ask_for_certificate() {
    is_renewing_ = true;
    auto key = key_to_ask_with(way_.directory);
    if (!key) return events_.log("no new certificate: " + key.error().detail);
    auto request = make_request(*key, way_.identity->certificate.name);
    if (!request) return events_.log("no new certificate: " + request.error().detail);
    outgoing_.push_back(pack_frame(write_message(Renew{*request})));
    write();
}

/// The next line is under the new one; until then the server knows both.
bool Link::Impl::take_certificate(const Message& message) {
    if (const auto* refused = std::get_if<Refused>(&message); refused && renews_first_) {
        TerminalPeer::Conflict conflict{refused->code, refused->detail};
        act(conflict);
        drop("refused");
        return true;
    }
    const auto* given = std::get_if<CertificateGiven>(&message);
    if (!given || !way_.identity || !is_renewing_) return false;
    auto key = key_to_ask_with(way_.directory);
    auto saved = key ? save_identity(way_.directory, {*key, given->certificate,
                                                      way_.identity->credentials.authority})
                     : Result<Identity>(tl::unexpected(key.error()));
    if (!saved) {
        events_.log("no new certificate: " + saved.error().detail);
        return true;
    }
    events_.log("certificate renewed");
    way_.identity = std::move(*saved);
    tls_.reset();
    is_renewing_ = false;
    if (std::exchange(renews_first_, false)) {
        wait_ = link_first_wait;
        drop("the certificate is new");
    }
    return true;
}

void Link::Impl::take(TerminalPeer::Actions actions) {
    for (auto& action : actions) {
        std::visit([&](auto& each) { act(each); }, action);
    }
}

void Link::Impl::act(TerminalPeer::Send& action) {
    if (!stream_) return;
    sign(action.message);
    outgoing_.push_back(pack_frame(write_message(action.message)));
    write();
}

void Link::Impl::act(TerminalPeer::Online&) {
    wait_ = link_first_wait;
    if (!not_let_in_.empty()) {
        not_let_in_.clear();
        events_.not_let_in("", "");
    }
    events_.online();
}

void Link::Impl::act(TerminalPeer::Conflict& action) {
    if (!is_about_identity(action.code)) return events_.conflict(action.code, action.detail);
    wait_ = std::max(wait_, longest_wait);
    if (action.code == "expired" && !renews_first_) {
        renews_first_ = true;
        wait_ = link_first_wait;
    }
    tell_not_let_in(action.code, action.detail);
}

/// Once, not at every try.
void Link::Impl::tell_not_let_in(const std::string& code, const std::string& detail) {
    if (std::exchange(not_let_in_, code) != code) events_.not_let_in(code, detail);
}

Link::Link(LinkWay way, TerminalState durable, StoreThread& store, Database reader,
           LinkEvents events)
    : impl_(std::make_shared<Impl>(std::move(way), std::move(durable), store, std::move(reader),
                                   std::move(events))) {
    impl_->start();
}

Link::~Link() { impl_->stop(); }

void Link::appended(const LogState& log) { impl_->appended(log); }

void Link::claim_hold(std::int64_t id, std::string hold) { impl_->claim(id, std::move(hold)); }
void Link::ask(Message question) { impl_->ask(std::move(question)); }
void Link::ask_figures(std::int64_t id, std::string block) { impl_->ask(id, std::move(block)); }

}  // namespace fangxin::sync
