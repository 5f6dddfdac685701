#include "sync/server/control_server.hpp"

#include "sync/strict_json.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <fcntl.h>
#include <istream>
#include <optional>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace fangxin::sync {

namespace asio = boost::asio;
namespace json = boost::json;
using Socket = asio::local::stream_protocol::socket;

namespace {

constexpr std::size_t command_limit = 1024 * 1024;
constexpr std::size_t path_limit = sizeof(sockaddr_un::sun_path) - 1;

/// A path that fits a socket's address: the kernel takes at most 107 bytes, so a longer one goes
/// through its folder's descriptor, which must stay open while the path is used.
class SocketPath {
  public:
    explicit SocketPath(const std::filesystem::path& path) : text_(path.string()) {
        if (text_.size() <= path_limit) return;
        folder_ = ::open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (folder_ < 0) return;
        text_ = fmt::format("/proc/self/fd/{}/{}", folder_, path.filename().string());
    }
    ~SocketPath() {
        if (folder_ >= 0) ::close(folder_);
    }
    SocketPath(const SocketPath&) = delete;
    SocketPath& operator=(const SocketPath&) = delete;

    /// None if it is too long all the same.
    std::optional<asio::local::stream_protocol::endpoint> endpoint() const {
        if (text_.size() > path_limit) return std::nullopt;
        return asio::local::stream_protocol::endpoint(text_);
    }

  private:
    std::string text_;
    int folder_ = -1;
};

/// One command's connection. The store thread only collects the output; it is sent from the socket
/// thread, so that a caller who stops reading (a pager) never holds up the shop's writes.
class Control : public std::enable_shared_from_this<Control> {
  public:
    Control(Socket socket, asio::io_context& io, StoreThread& store, CommandRunner run_command,
            ControlServer::Changed changed)
        : socket_(std::move(socket)),
          io_(io),
          store_(store),
          run_command_(std::move(run_command)),
          changed_(std::move(changed)),
          incoming_(command_limit) {}

    void start() {
        asio::async_read_until(
            socket_, incoming_, '\n',
            [self = shared_from_this()](boost::system::error_code ec, std::size_t) {
                if (!ec) self->on_line();
            });
    }

  private:
    void on_line() {
        std::istream stream(&incoming_);
        std::string line;
        std::getline(stream, line);
        auto arguments = parse_strict_object(line);
        if (!arguments) {
            finish(tl::unexpected(arguments.error()));
            return send();
        }
        const json::value* name = arguments->if_contains("command");
        bool urgent = name && name->is_string() &&
                      (name->get_string() == "recall" || name->get_string() == "lift");
        store_.submit(
            urgent ? Priority::block : Priority::bulk,
            [self = shared_from_this(), arguments = *arguments](Database& database) {
                self->finish(self->run_command_(
                    database, arguments, [&](const json::object& object) { self->put(object); },
                    [&] { self->store_.let_pass(); }));
                asio::post(self->io_, [self, arguments] {
                    self->changed_(arguments);
                    self->send();
                });
            });
    }

    void put(const json::object& object) {
        outgoing_ += json::serialize(object);
        outgoing_ += '\n';
    }

    void finish(const Result<void>& done) {
        json::object last;
        last["exit"] = done ? 0 : 1;
        if (!done) {
            last["code"] = done.error().code;
            last["detail"] = done.error().detail;
        }
        put(last);
    }

    void send() {
        asio::async_write(socket_, asio::buffer(outgoing_),
                          [self = shared_from_this()](boost::system::error_code, std::size_t) {});
    }

    Socket socket_;
    asio::io_context& io_;
    StoreThread& store_;
    CommandRunner run_command_;
    ControlServer::Changed changed_;
    asio::streambuf incoming_;
    std::string outgoing_;
};

}  // namespace

ControlServer::ControlServer(asio::io_context& io, StoreThread& store, CommandRunner run_command,
                             Changed changed)
    : io_(io),
      acceptor_(io),
      pause_(io),
      store_(store),
      run_command_(std::move(run_command)),
      changed_(std::move(changed)) {}

Result<void> ControlServer::listen(const std::filesystem::path& socket) {
    std::error_code ignored;
    std::filesystem::remove(socket, ignored);  // of a server that was killed; we hold its lock
    SocketPath path(socket);
    auto endpoint = path.endpoint();
    if (!endpoint) return failure("cannot_listen", socket.string() + ": the path is too long");
    boost::system::error_code ec;
    mode_t before = ::umask(0177);  // 0600 from its first moment
    acceptor_.open(endpoint->protocol(), ec);
    if (!ec) acceptor_.bind(*endpoint, ec);
    ::umask(before);
    if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) return failure("cannot_listen", socket.string() + ": " + ec.message());
    accept();
    return {};
}

void ControlServer::accept() {
    acceptor_.async_accept([this](boost::system::error_code ec, Socket socket) {
        if (ec == asio::error::operation_aborted) return;
        if (ec) {  // out of descriptors, say: a moment later, not at full speed
            pause_.expires_after(std::chrono::milliseconds(250));
            return pause_.async_wait([this](boost::system::error_code stopped) {
                if (!stopped) accept();
            });
        }
        std::make_shared<Control>(std::move(socket), io_, store_, run_command_, changed_)->start();
        accept();
    });
}

Result<void> send_command(const std::filesystem::path& path, const json::object& arguments,
                          const CommandOutput& output) {
    asio::io_context io;
    Socket socket(io);
    boost::system::error_code ec;
    SocketPath socket_path(path);
    auto endpoint = socket_path.endpoint();
    if (!endpoint) return failure("no_server", path.string() + ": the path is too long");
    socket.connect(*endpoint, ec);
    if (ec) return failure("no_server", ec.message());
    asio::write(socket, asio::buffer(json::serialize(arguments) + "\n"), ec);
    asio::streambuf incoming;
    while (!ec) {
        asio::read_until(socket, incoming, '\n', ec);
        if (ec) break;
        std::istream stream(&incoming);
        std::string line;
        std::getline(stream, line);
        auto object = parse_strict_object(line);
        if (!object) return tl::unexpected(object.error());
        const json::value* exit = object->if_contains("exit");
        if (!exit) {
            output(*object);
            continue;
        }
        if (exit->as_int64() == 0) return {};
        return failure(std::string(object->at("code").as_string()),
                       std::string(object->at("detail").as_string()));
    }
    return failure("server_gone", "the server ended while it worked on this");
}

}  // namespace fangxin::sync
