// `GET /metrics` on a loopback port, for a monitoring program on this machine. Owned by the server;
// on its socket thread.
#pragma once

#include "domain/result.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

namespace fangxin::sync {

class MetricsServer {
  public:
    using Text = std::function<Result<std::string>()>;
    MetricsServer(boost::asio::io_context& io, Text text)
        : acceptor_(io), pause_(io), text_(std::move(text)) {}

    /// Port 0: any. The port, or code `cannot_listen`.
    Result<unsigned short> listen(unsigned short port);

  private:
    void accept();

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    Text text_;
    std::shared_ptr<int> open_ = std::make_shared<int>(0);  ///< answers may outlive us
};

}  // namespace fangxin::sync
