// A WebSocket on TLS, or on plain TCP where both sides lie on one machine's loopback: one end of
// it, a terminal's or the server's. Beast and its TLS are instantiated in link_stream.cpp alone,
// where they take a minute and a gigabyte. Used on its io_context's thread; each function calls
// back once, later, unless it was closed meanwhile: then what waits is told so, or nothing.
#pragma once

#include "sync/tls.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace fangxin::sync {

class LinkStream {
  public:
    using Seconds = std::chrono::seconds;
    /// Empty: it went well.
    using Done = std::function<void(const std::string& error)>;
    using Read = std::function<void(const std::string& error, std::string_view frame)>;
    struct Request {
        std::string path;
        bool is_upgrade = false;
        bool has_origin = false;  ///< a browser names the page that it acts for
    };

    /// `tls` null: plain.
    LinkStream(boost::asio::io_context& io, TlsContext tls);
    LinkStream(boost::asio::ip::tcp::socket accepted, TlsContext tls);
    ~LinkStream();
    LinkStream(const LinkStream&) = delete;
    LinkStream& operator=(const LinkStream&) = delete;

    /// A terminal's way in; `within` for each step.
    void connect(const boost::asio::ip::tcp::resolver::results_type& places, Seconds within,
                 Done done);
    void shake_hands(Seconds within, Done done);
    void upgrade(const std::string& host, const std::string& path, Seconds within, Done done);

    /// The server's, after shake_hands().
    void read_request(Seconds within, std::function<void(const std::string&, Request)> done);
    void accept(Seconds within, Done done);

    /// Whole binary messages, one read and one write at a time.
    void read(Read done);
    void write(std::string frame, Done done);
    void limit_messages(std::size_t bytes);

    /// Null where it is plain. Valid as long as this is.
    const ssl_st* tls() const;
    bool is_closed() const;
    /// At once; what waits ends with an error.
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace fangxin::sync
