#include "sync/link_enrol.hpp"

#include "sync/frame.hpp"
#include "sync/link_stream.hpp"
#include "sync/messages.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

namespace fangxin::sync {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {
constexpr auto step_within = std::chrono::seconds(5);
constexpr auto silent_after = std::chrono::seconds(15);  // the server pings each second
constexpr auto between_tries = std::chrono::seconds(1);
}  // namespace

class LinkEnrol::Impl : public std::enable_shared_from_this<LinkEnrol::Impl> {
  public:
    Impl(EnrolWish wish, EnrolEvents events)
        : wish_(std::move(wish)),
          events_(std::move(events)),
          tls_(enrolling_tls()),
          work_(asio::make_work_guard(io_)),
          resolver_(io_),
          timer_(io_) {}

    void start() {
        thread_ = std::thread([this] { io_.run(); });
        asio::post(io_, [self = shared_from_this()] { self->connect(); });
    }

    void stop() {
        asio::post(io_, [self = shared_from_this()] { self->end(); });
        thread_.join();
    }

  private:
    void connect();
    void shaken();
    void read();
    void take(const Message& message);
    void send(const Message& message);
    void keep(const CertificateGiven& given);
    void watch(std::chrono::seconds within);
    void again(const std::string& why);
    void give_up(Error why);
    void end();

    EnrolWish wish_;
    EnrolEvents events_;
    TlsContext tls_;
    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::ip::tcp::resolver resolver_;
    asio::steady_timer timer_;
    std::unique_ptr<LinkStream> stream_;
    std::string key_;
    std::string authority_;
    bool is_over_ = false;
    std::thread thread_;
};

void LinkEnrol::Impl::connect() {
    if (is_over_) return;
    stream_ = std::make_unique<LinkStream>(io_, tls_);
    const LinkAddress& address = wish_.code.address;
    resolver_.async_resolve(
        address.host, address.port,
        [self = shared_from_this()](error_code ec,
                                    const asio::ip::tcp::resolver::results_type& found) {
            if (self->is_over_) return;
            if (ec) return self->again(ec.message());
            self->stream_->connect(found, step_within, [self](const std::string& failed) {
                if (!failed.empty()) return self->again(failed);
                self->stream_->shake_hands(step_within, [self](const std::string& refused) {
                    if (!refused.empty()) return self->again(refused);
                    self->shaken();
                });
            });
        });
}

/// Nothing has been sent yet, and nothing is to whoever is not the store of the code.
void LinkEnrol::Impl::shaken() {
    auto authority = pinned_authority(stream_->tls(), wish_.code.pin);
    if (!authority) return give_up(authority.error());
    auto facts = certificate_facts(*authority);
    if (!facts) return give_up(facts.error());
    if (!wish_.store.empty() && facts->name != wish_.store)
        return give_up({"other_store", "this terminal has the sales of " + wish_.store});
    authority_ = *authority;
    stream_->upgrade(wish_.code.address.text(), "/enrol", step_within,
                     [self = shared_from_this()](const std::string& refused) {
                         if (!refused.empty()) return self->again(refused);
                         auto key = key_to_ask_with(self->wish_.directory);
                         if (!key) return self->give_up(key.error());
                         self->key_ = *key;
                         auto request = make_request(*key, self->wish_.terminal.terminal);
                         if (!request) return self->give_up(request.error());
                         self->watch(silent_after);
                         self->send(Enrol{self->wish_.code.token, self->wish_.terminal.terminal,
                                          self->wish_.terminal.role, self->wish_.app, *request});
                         self->read();
                     });
}

void LinkEnrol::Impl::read() {
    stream_->read([self = shared_from_this()](const std::string& error, std::string_view frame) {
        if (self->is_over_) return;
        if (!error.empty()) return self->again(error);
        auto text = unpack_frame(frame);
        auto message = text ? read_message(*text) : Result<Message>(tl::unexpected(text.error()));
        if (!message) return self->again("a bad message: " + message.error().detail);
        self->watch(silent_after);
        self->take(*message);
        if (self->stream_ && !self->is_over_) self->read();
    });
}

void LinkEnrol::Impl::take(const Message& message) {
    if (const auto* refused = std::get_if<Refused>(&message))
        return give_up({refused->code, refused->detail});
    if (const auto* waiting = std::get_if<AwaitingApproval>(&message))
        return events_.waiting(waiting->fingerprint);
    if (const auto* given = std::get_if<CertificateGiven>(&message)) return keep(*given);
    if (std::holds_alternative<Ping>(message)) send(Pong{});
}

void LinkEnrol::Impl::keep(const CertificateGiven& given) {
    auto saved = save_identity(wish_.directory, {key_, given.certificate, authority_});
    if (!saved) return give_up(saved.error());
    events_.enrolled(std::move(*saved));
    end();
}

void LinkEnrol::Impl::send(const Message& message) {
    // A question, and pongs a second apart: one is out before the next.
    stream_->write(pack_frame(write_message(message)), [](const std::string&) {});
}

void LinkEnrol::Impl::watch(std::chrono::seconds within) {
    timer_.expires_after(within);
    timer_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec && !self->is_over_) self->again("silent");
    });
}

void LinkEnrol::Impl::again(const std::string& why) {
    if (is_over_) return;
    if (stream_) stream_->close();
    events_.failed({"unreachable", why}, false);
    timer_.expires_after(between_tries);
    timer_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec) self->connect();
    });
}

void LinkEnrol::Impl::give_up(Error why) {
    // Its next code is for another key, so that a token that was taken from us is of no use.
    if (why.code != "cannot_write" && why.code != "too_many_tries")
        forget_asked_key(wish_.directory);
    events_.failed(std::move(why), true);
    end();
}

void LinkEnrol::Impl::end() {
    if (std::exchange(is_over_, true)) return;
    if (stream_) stream_->close();
    resolver_.cancel();
    timer_.cancel();
    work_.reset();
}

LinkEnrol::LinkEnrol(EnrolWish wish, EnrolEvents events)
    : impl_(std::make_shared<Impl>(std::move(wish), std::move(events))) {
    impl_->start();
}

LinkEnrol::~LinkEnrol() { impl_->stop(); }

}  // namespace fangxin::sync
