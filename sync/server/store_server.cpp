#include "sync/server/store_server.hpp"

#include "sync/link_address.hpp"
#include "sync/server/book_watch.hpp"
#include "sync/server/control_server.hpp"
#include "sync/server/housekeeping.hpp"
#include "sync/server/log_check.hpp"
#include "sync/server/metrics_server.hpp"
#include "sync/server/session.hpp"
#include "sync/store/private_file.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <map>
#include <set>

namespace fangxin::sync {

namespace asio = boost::asio;

namespace {

constexpr auto tick_every = std::chrono::milliseconds(250);
constexpr std::size_t sessions_limit = 512;
// Of those that have not been let in yet (sync.md).
constexpr std::size_t unknown_limit = 64;
constexpr std::size_t unknown_limit_of_address = 8;
// A terminal that takes its own place again and again is two.
constexpr int doubles_most = 3;
constexpr std::int64_t doubles_within_ms = 60'000;
constexpr std::int64_t seen_every_ms = 5'000;
constexpr std::int64_t blind_after_ms = 3'000;
constexpr std::int64_t house_every_ms = 600'000;

class StoreServer {
  public:
    StoreServer(Database writer, Database reader, Database figures_reader)
        : reader_(std::move(reader)),
          feed_(reader_),
          store_(std::move(writer), server_pages_per_checkpoint),
          figures_(std::move(figures_reader)),
          shared_{io_,
                  store_,
                  reader_,
                  feed_,
                  reading_,
                  figures_,
                  [this](const Changed& changed) { announce(changed); },
                  [this] { return live(); },
                  [this](const std::shared_ptr<Session>& session) { sessions_.erase(session); },
                  0,
                  [this](const std::shared_ptr<Session>& newcomer) { displace(newcomer); }},
          acceptor_(io_),
          timer_(io_),
          signals_(io_, SIGINT, SIGTERM) {}

    /// Who terminals know this store by; without one everything is plain.
    Result<void> identify(const ServeOptions& options);
    Result<std::string> listen(const ServeOptions& options);
    Result<void> control(const std::filesystem::path& socket, const CommandRunner& run_command);
    /// The port where monitoring reads, if it is to.
    Result<std::optional<unsigned short>> tell_metrics(const ServeOptions& options);
    /// Other servers write this book too.
    Result<void> watch(const std::string& database);
    void run();

  private:
    void accept();
    void take(asio::ip::tcp::socket socket);
    bool is_crowded(const std::string& address) const;
    void displace(const std::shared_ptr<Session>& newcomer);
    void tick();
    void note_live();
    void let_all_go();
    void keep_house();
    Result<std::string> metrics();
    void announce(const Changed& changed);
    void set_mark();
    std::set<std::string> live() const;

    asio::io_context io_;
    Database reader_;
    SharedFeed feed_;
    StoreThread store_;
    FiguresThread figures_;
    asio::thread_pool reading_{1};
    ServerShared shared_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer timer_;
    asio::signal_set signals_;
    std::set<std::shared_ptr<Session>> sessions_;
    bool accepting_ = false;
    std::int64_t checkpoint_every_ms_ = 0;
    std::int64_t checkpoint_due_ms_ = 0;
    std::unique_ptr<ControlServer> control_;
    std::unique_ptr<BookWatch> watch_;
    std::int64_t noted_seen_ms_ = 0;
    std::int64_t house_due_ms_ = 0;
    std::unique_ptr<StoreAuthority> authority_;
    struct Doubles {
        int times = 0;
        std::int64_t since_ms = 0;
    };
    std::map<std::string, Doubles> doubles_;
    std::filesystem::path folder_;
    std::int64_t started_ms_ = steady_ms();
    std::unique_ptr<MetricsServer> metrics_;
};

Result<void> StoreServer::identify(const ServeOptions& options) {
    auto opened_keys = store_.run(Priority::block, [&](Database& database) -> Result<void> {
        auto keys = open_store_keys(options.book.directory, database);
        if (!keys) return tl::unexpected(keys.error());
        shared_.keys = std::move(*keys);
        sign_own_log_with(shared_.keys->log);
        auto is_signed = sync::sign_own_log(database, shared_.keys->log);
        if (!is_signed)
            server_log("own log not signed",
                       {{"code", is_signed.error().code}, {"detail", is_signed.error().detail}});
        return {};
    });
    if (options.plain_on_loopback) {
        // A server of tests may share a book whose authority is another's.
        const bool is_without = !opened_keys && opened_keys.error().code == "no_ca_key";
        return is_without ? Result<void>() : opened_keys;
    }
    if (!opened_keys) return opened_keys;
    Result<std::unique_ptr<StoreAuthority>> opened;
    auto done = store_.run(Priority::block, [&](Database& database) -> Result<void> {
        opened = StoreAuthority::open(options.book.directory, database,
                                      hosts_of_machine(options.address));
        return opened ? Result<void>() : Result<void>(tl::unexpected(opened.error()));
    });
    if (!done) return done;
    authority_ = std::move(*opened);
    shared_.authority = authority_.get();
    if (!authority_->tls(wall_ms()))
        return failure("cannot_write", "no certificate for this server");
    return {};
}

Result<std::string> StoreServer::listen(const ServeOptions& options) {
    checkpoint_every_ms_ = options.checkpoint_every_s * 1000;
    checkpoint_due_ms_ = steady_ms() + checkpoint_every_ms_;
    boost::system::error_code ec;
    auto address = asio::ip::make_address(options.address, ec);
    if (ec) return failure("cannot_listen", options.address + " is no address");
    if (options.plain_on_loopback && !address.is_loopback())
        return failure("not_loopback", "--plain-on-loopback serves this machine alone");
    asio::ip::tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec) acceptor_.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec) acceptor_.bind(endpoint, ec);
    if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) return failure("cannot_listen", ec.message());
    const auto port = acceptor_.local_endpoint().port();
    const std::string text = LinkAddress{options.address, std::to_string(port)}.text();
    shared_.told_address =
        LinkAddress{hosts_of_machine(options.address).front(), std::to_string(port)}.text();
    // For codes, which say where terminals are to go.
    if (auto kept = write_private_file(options.book.directory / "server.address", text); !kept)
        return tl::unexpected(kept.error());
    return text;
}

Result<void> StoreServer::control(const std::filesystem::path& socket,
                                  const CommandRunner& run_command) {
    auto changed = [this](const boost::json::object& arguments) {
        Changed all{
            .newest_ver = newest_ver(reader_), .tills = Pace::at_once, .others = Pace::at_once};
        const boost::json::value* terminal = arguments.if_contains("terminal");
        const boost::json::value* command = arguments.if_contains("command");
        for (const char* decided : {"new-epoch", "approve", "revoke"}) {
            if (command && *command == decided && terminal && terminal->is_string())
                all.greet_again.emplace_back(terminal->get_string());
        }
        announce(all);
    };
    control_ = std::make_unique<ControlServer>(io_, store_, run_command, changed);
    return control_->listen(socket);
}

void StoreServer::run() {
    signals_.async_wait([this](boost::system::error_code ec, int) {
        if (ec) return;
        acceptor_.close();
        timer_.cancel();
        control_.reset();
        for (const auto& session : std::set(sessions_))
            session->close("the server stops");
        io_.stop();
    });
    accept();
    tick();
    io_.run();
    reading_.stop();  // what is left was not acknowledged, and will be sent again
    reading_.join();
}

void StoreServer::accept() {
    accepting_ = true;
    acceptor_.async_accept([this](boost::system::error_code ec, asio::ip::tcp::socket socket) {
        if (!acceptor_.is_open()) return;
        if (ec) {  // out of descriptors, say: again at the next tick, not at full speed
            accepting_ = false;
            return;
        }
        take(std::move(socket));
        accept();
    });
}

Result<std::optional<unsigned short>> StoreServer::tell_metrics(const ServeOptions& options) {
    if (!options.metrics_port) return std::nullopt;
    folder_ = options.book.directory;
    metrics_ = std::make_unique<MetricsServer>(io_, [this] { return metrics(); });
    auto port = metrics_->listen(*options.metrics_port);
    if (!port) return tl::unexpected(port.error());
    return std::optional(*port);
}

Result<std::string> StoreServer::metrics() {
    auto gauges = read_gauges(reader_);
    if (!gauges) return tl::unexpected(gauges.error());
    for (const auto& session : sessions_) {
        if (!session->peer().live()) continue;
        ++(session->peer().role() == "till" ? gauges->tills : gauges->handhelds);
    }
    std::error_code failed;
    const auto space = std::filesystem::space(folder_, failed);
    if (!failed) gauges->disk_free_bytes = static_cast<std::int64_t>(space.available);
    gauges->uptime_s = (steady_ms() - started_ms_) / 1000;
    return metrics_text(shared_.counters, *gauges);
}

void StoreServer::take(asio::ip::tcp::socket socket) {
    ++shared_.counters.connections;
    boost::system::error_code ec;
    const auto remote = socket.remote_endpoint(ec);
    if (ec) return;  // gone again
    const std::string address = remote.address().to_string();
    if (is_crowded(address))
        return server_log("connection refused",
                          {{"address", address}, {"why", "too many at once"}});
    TlsContext tls = authority_ ? authority_->tls(wall_ms()) : nullptr;
    if (authority_ && !tls) return;
    auto session = std::make_shared<Session>(std::move(socket), std::move(tls), shared_, address);
    sessions_.insert(session);
    session->start();
}

bool StoreServer::is_crowded(const std::string& address) const {
    std::size_t unknown = 0;
    std::size_t of_address = 0;
    for (const auto& session : sessions_) {
        if (session->is_let_in()) continue;
        ++unknown;
        if (session->address() == address) ++of_address;
    }
    return sessions_.size() >= sessions_limit || unknown >= unknown_limit ||
           of_address >= unknown_limit_of_address;
}

/// The later connection of a terminal takes the place of the earlier, which may be a line that
/// broke unseen. Two machines with one identity take each other's place at once, again and again.
void StoreServer::displace(const std::shared_ptr<Session>& newcomer) {
    const std::string& terminal = newcomer->peer().terminal();
    for (const auto& session : std::set(sessions_)) {
        if (session == newcomer || !session->is_let_in()) continue;
        if (session->peer().terminal() != terminal) continue;
        const bool was_another = session->has_just_come();
        session->close("the same terminal connected again");
        if (!was_another) continue;
        Doubles& doubles = doubles_[terminal];
        if (steady_ms() - doubles.since_ms > doubles_within_ms) doubles = {0, steady_ms()};
        server_log("displaced", {{"terminal", terminal}, {"by", newcomer->address()}});
        if (++doubles.times != doubles_most) continue;
        store_.submit(Priority::bulk, [terminal](Database& database) {
            auto noted = database.transaction([&]() -> Result<void> {
                note_double(database, terminal);
                return {};
            });
            if (!noted) server_log("store failed", {{"detail", noted.error().detail}});
        });
    }
}

void StoreServer::tick() {
    timer_.expires_after(tick_every);
    timer_.async_wait([this](boost::system::error_code ec) {
        if (ec) return;
        feed_.forget();
        for (const auto& session : std::set(sessions_))
            session->tick();
        if (!accepting_) accept();
        if (watch_ && steady_ms() - watch_->looked_ms() > blind_after_ms) let_all_go();
        if (steady_ms() >= checkpoint_due_ms_) set_mark();
        if (watch_) note_live();
        if (shared_.keys && steady_ms() >= house_due_ms_) keep_house();
        tick();
    });
}

/// A recall that another server is given would not come here: a terminal that still believed to be
/// connected would take its blocks for the newest.
void StoreServer::let_all_go() {
    for (const auto& session : std::set(sessions_))
        session->close("the database does not answer");
}

/// Once for each form of the rows that terminals speak; most often there is one.
void StoreServer::set_mark() {
    checkpoint_due_ms_ = steady_ms() + checkpoint_every_ms_;
    std::set<std::int64_t> schemas;
    for (const auto& session : sessions_) {
        if (session->peer().live()) schemas.insert(session->peer().schema());
    }
    for (std::int64_t schema : schemas) {
        auto each = [this, schema](const std::function<void(Session&)>& tell) {
            for (const auto& session : std::set(sessions_)) {
                if (session->peer().schema() == schema) tell(*session);
            }
        };
        figures_.sum(
            schema,
            [this, each](std::int64_t at) {
                asio::post(io_, [each, at] { each([at](Session& to) { to.on_mark(at); }); });
            },
            [this, each](Result<Checkpoint> sums) {
                if (!sums) return server_log("sums failed", {{"detail", sums.error().detail}});
                asio::post(io_, [each, sums = std::move(*sums)] {
                    each([&](Session& to) { to.on_checkpoint(sums); });
                });
            });
    }
}

/// Asked for every few minutes; what is to be done once a day is, by the first that asks.
void StoreServer::keep_house() {
    house_due_ms_ = steady_ms() + house_every_ms;
    store_.submit(Priority::bulk, [this, keys = *shared_.keys](Database& database) {
        auto kept = sync::keep_house(database, keys, wall_ms());
        if (!kept) return server_log("no housekeeping", {{"detail", kept.error().detail}});
        asio::post(io_, [this, kept = *kept] {
            if (!kept.done) house_due_ms_ = 0;
            if (kept.changed.newest_ver != kept.changed.after_ver) announce(kept.changed);
        });
    });
}

/// For the other servers, whose terminals ask who is connected.
void StoreServer::note_live() {
    if (steady_ms() - noted_seen_ms_ < seen_every_ms) return;
    noted_seen_ms_ = steady_ms();
    const auto connected = live();
    if (connected.empty()) return;
    std::vector<std::string> terminals(connected.begin(), connected.end());
    store_.submit(Priority::bulk, [terminals = std::move(terminals)](Database& database) {
        auto noted = database.transaction([&]() -> Result<void> {
            note_seen(database, terminals, wall_ms());
            return {};
        });
        if (!noted) server_log("store failed", {{"detail", noted.error().detail}});
    });
}

std::set<std::string> StoreServer::live() const {
    std::set<std::string> terminals;
    for (const auto& session : sessions_) {
        if (session->peer().live()) terminals.insert(session->peer().terminal());
    }
    return terminals;
}

Result<void> StoreServer::watch(const std::string& database) {
    auto address = PostgresAddress::read(database);
    if (!address) return tl::unexpected(address.error());
    shared_.seen_every_ms = seen_every_ms;
    watch_ = std::make_unique<BookWatch>(io_, *address,
                                         [this](const Changed& changed) { announce(changed); });
    return {};
}

void StoreServer::announce(const Changed& changed) {
    if (watch_) watch_->announced(changed);
    if (changed.renewed) feed_.forget();
    for (const auto& session : std::set(sessions_))
        session->on_changed(changed);
}

}  // namespace

Result<void> serve(const ServeOptions& options, const CommandRunner& run_command,
                   const std::function<void(const ServerReady&)>& ready) {
    auto held = hold_whole_book(options.book);
    if (!held) return tl::unexpected(held.error());
    auto reader = open_book_reader(options.book);
    if (!reader) return tl::unexpected(reader.error());
    auto figures_reader = open_book_reader(options.book);
    if (!figures_reader) return tl::unexpected(figures_reader.error());
    StoreServer server(std::move(held->writer), std::move(*reader), std::move(*figures_reader));
    if (auto known = server.identify(options); !known) return known;
    auto address = server.listen(options);
    if (!address) return tl::unexpected(address.error());
    const auto socket = options.book.directory / "control.sock";
    auto told = options.book.is_shared() ? server.watch(options.book.database)
                                         : server.control(socket, run_command);
    if (!told) return told;
    auto metrics = server.tell_metrics(options);
    if (!metrics) return tl::unexpected(metrics.error());
    ready({*address, *metrics});
    server.run();
    std::error_code failed;
    if (!options.book.is_shared()) std::filesystem::remove(socket, failed);
    return {};
}

}  // namespace fangxin::sync
