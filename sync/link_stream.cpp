#include "sync/link_stream.hpp"

#include "domain/check.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <optional>

namespace fangxin::sync {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

namespace {

constexpr unsigned user_timeout_ms = 3000;  // a half-open line is the enemy of "within a second"
constexpr std::uint32_t header_limit = 4 * 1024;

/// One type for both, so that the WebSocket above is instantiated once.
class TlsOrPlain {
  public:
    using executor_type = beast::tcp_stream::executor_type;

    TlsOrPlain(beast::tcp_stream tcp, const TlsContext& tls) {
        if (!tls) {
            plain_.emplace(std::move(tcp));
            return;
        }
        FANGXIN_CHECK(SSL_CTX_up_ref(tls.get()) == 1);  // which the context gives back
        context_.emplace(tls.get());
        tls_.emplace(std::move(tcp), *context_);
    }

    executor_type get_executor() { return next_layer().get_executor(); }
    beast::tcp_stream& next_layer() { return tls_ ? tls_->next_layer() : *plain_; }
    const beast::tcp_stream& next_layer() const { return tls_ ? tls_->next_layer() : *plain_; }
    beast::ssl_stream<beast::tcp_stream>* tls() { return tls_ ? &*tls_ : nullptr; }

    template <class Buffers, class Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler) {
        if (tls_) return tls_->async_read_some(buffers, std::forward<Handler>(handler));
        return plain_->async_read_some(buffers, std::forward<Handler>(handler));
    }
    template <class Buffers, class Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler) {
        if (tls_) return tls_->async_write_some(buffers, std::forward<Handler>(handler));
        return plain_->async_write_some(buffers, std::forward<Handler>(handler));
    }

  private:
    std::optional<asio::ssl::context> context_;
    std::optional<beast::ssl_stream<beast::tcp_stream>> tls_;
    std::optional<beast::tcp_stream> plain_;
};

/// Beast asks for these. A WebSocket says goodbye itself; what was cut off before it is noticed.
void teardown(beast::role_type, TlsOrPlain& stream, beast::error_code& ec) {
    stream.next_layer().socket().shutdown(asio::socket_base::shutdown_both, ec);
}
template <class Handler>
void async_teardown(beast::role_type role, TlsOrPlain& stream, Handler&& handler) {
    beast::error_code ec;
    teardown(role, stream, ec);
    asio::post(stream.get_executor(),
               beast::bind_front_handler(std::forward<Handler>(handler), beast::error_code()));
}

/// What OpenSSL says besides: why a certificate was not taken.
std::string words_of(const beast::error_code& ec) { return ec ? ec.message() : std::string(); }

}  // namespace

class LinkStream::Impl : public std::enable_shared_from_this<LinkStream::Impl> {
  public:
    Impl(beast::tcp_stream tcp, const TlsContext& tls, bool serves)
        : stream_(std::move(tcp), tls), serves_(serves) {}

    beast::tcp_stream& tcp() { return stream_.next_layer().next_layer(); }

    void connect(const asio::ip::tcp::resolver::results_type& places, Seconds within, Done done) {
        tcp().expires_after(within);
        tcp().async_connect(places, [self = shared_from_this(), done = std::move(done)](
                                        beast::error_code ec, const asio::ip::tcp::endpoint&) {
            if (!ec) self->set_up();
            self->tell(done, ec);
        });
    }

    void set_up() {
        auto& socket = tcp().socket();
        beast::error_code ignored;
        socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        if (serves_) return;
        unsigned timeout = user_timeout_ms;
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout,
                     sizeof timeout);
    }

    void shake_hands(Seconds within, Done done) {
        auto* tls = stream_.next_layer().tls();
        if (!tls) {
            return asio::post(
                stream_.get_executor(),
                [self = shared_from_this(), done = std::move(done)] { self->tell(done, {}); });
        }
        tcp().expires_after(within);
        const auto side = serves_ ? asio::ssl::stream_base::server : asio::ssl::stream_base::client;
        tls->async_handshake(side, [self = shared_from_this(), done = std::move(done)](
                                       beast::error_code ec) { self->tell(done, ec); });
    }

    void upgrade(const std::string& host, const std::string& path, Seconds within, Done done) {
        tcp().expires_never();
        set_options(within);
        stream_.async_handshake(
            host, path, [self = shared_from_this(), done = std::move(done)](beast::error_code ec) {
                self->tell(done, ec);
            });
    }

    void read_request(Seconds within, std::function<void(const std::string&, Request)> done) {
        tcp().expires_after(within);
        parser_.header_limit(header_limit);
        http::async_read_header(
            stream_.next_layer(), buffer_, parser_,
            [self = shared_from_this(), done = std::move(done)](beast::error_code ec, std::size_t) {
                if (self->closed_) return;
                if (ec) return done(words_of(ec), {});
                const auto& request = self->parser_.get();
                done("", {std::string(request.target()), websocket::is_upgrade(request),
                          request.find(http::field::origin) != request.end()});
            });
    }

    void accept(Seconds within, Done done) {
        tcp().expires_never();
        set_options(within);
        stream_.async_accept(parser_.get(), [self = shared_from_this(), done = std::move(done)](
                                                beast::error_code ec) { self->tell(done, ec); });
    }

    void set_options(Seconds within) {
        stream_.set_option(
            websocket::stream_base::timeout{within, websocket::stream_base::none(), false});
        stream_.binary(true);
    }

    void read(Read done) {
        buffer_.consume(buffer_.size());
        stream_.async_read(buffer_, [self = shared_from_this(), done = std::move(done)](
                                        beast::error_code ec, std::size_t size) {
            if (self->closed_) return;
            done(words_of(ec), {static_cast<const char*>(self->buffer_.data().data()), size});
        });
    }

    void write(std::string frame, Done done) {
        frame_ = std::move(frame);
        stream_.async_write(asio::buffer(frame_),
                            [self = shared_from_this(), done = std::move(done)](
                                beast::error_code ec, std::size_t) { self->tell(done, ec); });
    }

    void limit(std::size_t bytes) { stream_.read_message_max(bytes); }

    const ssl_st* tls() {
        auto* tls = stream_.next_layer().tls();
        return tls ? tls->native_handle() : nullptr;
    }
    bool is_closed() const { return closed_; }

    void close() {
        if (std::exchange(closed_, true)) return;
        beast::error_code ignored;
        tcp().socket().shutdown(asio::socket_base::shutdown_both, ignored);
        tcp().close();
    }

  private:
    void tell(const Done& done, const beast::error_code& ec) {
        if (!closed_) done(words_of(ec));
    }

    websocket::stream<TlsOrPlain> stream_;
    beast::flat_buffer buffer_;
    std::string frame_;  // that is being written
    http::request_parser<http::empty_body> parser_;
    const bool serves_;
    bool closed_ = false;
};

LinkStream::LinkStream(asio::io_context& io, TlsContext tls)
    : impl_(std::make_shared<Impl>(beast::tcp_stream(io), tls, false)) {}

LinkStream::LinkStream(asio::ip::tcp::socket accepted, TlsContext tls)
    : impl_(std::make_shared<Impl>(beast::tcp_stream(std::move(accepted)), tls, true)) {
    impl_->set_up();
}

LinkStream::~LinkStream() { impl_->close(); }

void LinkStream::connect(const asio::ip::tcp::resolver::results_type& places, Seconds within,
                         Done done) {
    impl_->connect(places, within, std::move(done));
}
void LinkStream::shake_hands(Seconds within, Done done) {
    impl_->shake_hands(within, std::move(done));
}
void LinkStream::upgrade(const std::string& host, const std::string& path, Seconds within,
                         Done done) {
    impl_->upgrade(host, path, within, std::move(done));
}
void LinkStream::read_request(Seconds within,
                              std::function<void(const std::string&, Request)> done) {
    impl_->read_request(within, std::move(done));
}
void LinkStream::accept(Seconds within, Done done) { impl_->accept(within, std::move(done)); }
void LinkStream::read(Read done) { impl_->read(std::move(done)); }
void LinkStream::write(std::string frame, Done done) {
    impl_->write(std::move(frame), std::move(done));
}
void LinkStream::limit_messages(std::size_t bytes) { impl_->limit(bytes); }
const ssl_st* LinkStream::tls() const { return impl_->tls(); }
bool LinkStream::is_closed() const { return impl_->is_closed(); }
void LinkStream::close() { impl_->close(); }

}  // namespace fangxin::sync
