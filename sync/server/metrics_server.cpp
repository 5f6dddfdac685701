#include "sync/server/metrics_server.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <memory>

namespace fangxin::sync {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr int open_most = 8;
constexpr auto within = std::chrono::seconds(5);
constexpr std::uint32_t header_most = 8 * 1024;

/// One question, one answer.
class Answer : public std::enable_shared_from_this<Answer> {
  public:
    Answer(asio::ip::tcp::socket socket, const MetricsServer::Text& text, std::shared_ptr<int> open)
        : stream_(std::move(socket)), text_(text), open_(std::move(open)) {
        ++*open_;
    }
    ~Answer() { --*open_; }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    void start() {
        stream_.expires_after(within);
        parser_.header_limit(header_most);
        parser_.body_limit(0);
        http::async_read(stream_, buffer_, parser_,
                         [self = shared_from_this()](beast::error_code ec, std::size_t) {
                             if (!ec) self->answer();
                         });
    }

  private:
    void answer() {
        const auto& request = parser_.get();
        response_.version(request.version());
        response_.keep_alive(false);
        // No page of a browser's is to read here.
        if (request.find(http::field::origin) != request.end()) {
            response_.result(http::status::forbidden);
        } else if (request.method() != http::verb::get) {
            response_.result(http::status::method_not_allowed);
        } else if (request.target() != "/metrics") {
            response_.result(http::status::not_found);
        } else if (auto text = text_()) {
            response_.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
            response_.body() = std::move(*text);
        } else {
            response_.result(http::status::service_unavailable);
        }
        response_.prepare_payload();
        http::async_write(
            stream_, response_, [self = shared_from_this()](beast::error_code, std::size_t) {
                beast::error_code ignored;
                self->stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
            });
    }

    beast::tcp_stream stream_;
    const MetricsServer::Text& text_;
    std::shared_ptr<int> open_;
    beast::flat_buffer buffer_;
    http::request_parser<http::empty_body> parser_;
    http::response<http::string_body> response_;
};

}  // namespace

Result<unsigned short> MetricsServer::listen(unsigned short port) {
    boost::system::error_code ec;
    const asio::ip::tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec) acceptor_.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec) acceptor_.bind(endpoint, ec);
    if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) return failure("cannot_listen", "metrics: " + ec.message());
    accept();
    return acceptor_.local_endpoint().port();
}

void MetricsServer::accept() {
    acceptor_.async_accept([this](boost::system::error_code ec, asio::ip::tcp::socket socket) {
        if (ec == asio::error::operation_aborted) return;
        if (ec) {  // out of descriptors, say: a moment later, not at full speed
            pause_.expires_after(std::chrono::milliseconds(250));
            return pause_.async_wait([this](boost::system::error_code stopped) {
                if (!stopped) accept();
            });
        }
        if (*open_ < open_most) std::make_shared<Answer>(std::move(socket), text_, open_)->start();
        accept();
    });
}

}  // namespace fangxin::sync
