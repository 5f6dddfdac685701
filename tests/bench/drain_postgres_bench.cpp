// Sales made while the server was away, sent to a server whose book is a PostgreSQL database; and
// what a sale weighs there and in SQLite's file.
#include "sync/frame.hpp"
#include "tests/bench/outage_sales.hpp"
#include "tests/bench/shop_processes.hpp"
#include "tests/support/postgres.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <thread>

namespace fangxin::bench {

namespace {

constexpr auto give_up_after = std::chrono::seconds(120);
constexpr std::size_t frame_bytes = 256 * 1024;

/// libpq as bare as it comes. Fails by an exception.
class RawPostgres {
  public:
    explicit RawPostgres(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) throw Failed(PQerrorMessage(connection_));
    }
    ~RawPostgres() { PQfinish(connection_); }
    RawPostgres(const RawPostgres&) = delete;
    RawPostgres& operator=(const RawPostgres&) = delete;

    std::string ask(const std::string& sql) { return take(PQexec(connection_, sql.c_str())); }
    void prepare(const char* name, const char* sql) {
        take(PQprepare(connection_, name, sql, 0, nullptr));
    }
    void run(const char* name, const std::string& value) {
        const char* values[] = {value.c_str()};
        take(PQexecPrepared(connection_, name, 1, values, nullptr, nullptr, 0));
    }

  private:
    std::string take(PGresult* result) {
        const ExecStatusType status = PQresultStatus(result);
        std::string answer = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
        PQclear(result);
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return answer;
        throw Failed(PQerrorMessage(connection_));
    }
    PGconn* connection_;
};

void wait_until_in_book(RawPostgres& book, const sync::LogState& end) {
    const std::string sql = fmt::format(
        "SELECT count(*) FROM terminal_logs WHERE terminal = 'till-1' AND epoch = {} "
        "AND last_seq >= {}",
        end.epoch, end.last_seq);
    const auto deadline = Clock::now() + give_up_after;
    while (book.ask(sql) != "1") {
        if (Clock::now() > deadline) throw Failed("the sales did not arrive");
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

/// The same bodies into a bare table, a thousand to a transaction that is synced; seconds.
double bare_seconds(RawPostgres& database, const std::vector<std::string>& bodies) {
    database.ask("TRUNCATE floor");
    const double ms = ms_of([&] {
        std::int64_t count = 0;
        for (const std::string& body : bodies) {
            if (count % sales_per_transaction == 0) database.ask("BEGIN");
            database.run("floor", body);
            if (++count % sales_per_transaction == 0) database.ask("COMMIT");
        }
        if (count % sales_per_transaction != 0) database.ask("COMMIT");
    });
    return ms / 1000;
}

void report_rate(Run& run, const Samples& took, const Samples& floor, std::int64_t sales) {
    constexpr auto lines = static_cast<double>(lines_per_sale);
    Figure figure{.name = "drain_postgres_lines",
                  .value = took.percentile(50) * lines,
                  .unit = "lines/s",
                  .n = took.count(),
                  .p50 = took.percentile(50) * lines,
                  .p99 = took.percentile(1) * lines,
                  .floor = floor.percentile(50) * lines};
    figure.target = Target{Target::Of::value, Target::Bound::at_least, 20'000};
    figure.conditions = fmt::format(
        "{} sales of {} lines each time, from the till's ready line (not yet connected) to the "
        "last one in the book; PostgreSQL on a Unix socket, fsync and synchronous_commit on; p99: "
        "the slowest time; floor: the same bodies by libpq into a bare table, {} a transaction{}",
        sales, lines_per_sale, sales_per_transaction, run.quick_note());
    run.report(figure);
}

/// As a till sends them, packed; of one frame.
void report_wire(Run& run, const std::vector<std::string>& bodies) {
    sync::OpsFrame frame{.epoch = 1, .first = 1, .head = std::string(64, '0')};
    std::size_t bytes = 0;
    for (const std::string& body : bodies) {
        if (bytes > frame_bytes) break;
        bytes += body.size();
        frame.bodies.push_back(body);
    }
    const std::string packed = sync::pack_frame(sync::write_message(frame));
    const auto count = static_cast<std::int64_t>(frame.bodies.size());
    run.report({.name = "sale_on_the_wire",
                .value = static_cast<double>(packed.size()) / static_cast<double>(count),
                .unit = "bytes/sale",
                .n = count,
                .conditions = "a sale of 10 lines, in a frame of as many as fit"});
}

/// What a sale of ten lines takes, whole tables with their indexes over their rows.
void report_sizes(Run& run, RawPostgres& book) {
    const double sales = std::stod(book.ask("SELECT count(*) FROM sales"));
    book.ask("VACUUM ANALYZE");
    const auto of = [&](const char* name, const std::string& sql, const char* what) {
        run.report({.name = name,
                    .value = std::stod(book.ask(sql)) / sales,
                    .unit = "bytes/sale",
                    .n = static_cast<std::int64_t>(sales),
                    .conditions = what});
    };
    of("postgres_op_body", "SELECT sum(octet_length(body)) FROM ops WHERE kind = 'sale'",
       "the op's body of a sale of 10 lines, as it is hashed");
    of("postgres_ops", "SELECT pg_total_relation_size('ops')", "the ops table, with its indexes");
    of("postgres_derived",
       "SELECT pg_total_relation_size('sales') + pg_total_relation_size('sale_lines')",
       "sales and their lines, with their indexes");
}

}  // namespace

void bench_drain_postgres(Run& run) {
    const int rounds = run.quick ? 1 : 3;
    const std::int64_t sales = run.quick ? 2'000 : 10'000;
    const std::filesystem::path folder = run.fresh_folder("drain-postgres");
    tests::PostgresServer server(folder);
    const std::string url = server.new_database();
    const std::string floor_url = server.new_database();
    ShopProcesses shop(run, folder, made_up_items, url);
    shop.start_server();
    auto till = shop.start_till();
    till->must({{"do", "sync"}});
    till->quit();
    RawPostgres book(url);
    RawPostgres bare(floor_url);
    bare.ask("CREATE TABLE floor (seq BIGSERIAL PRIMARY KEY, body TEXT NOT NULL)");
    bare.prepare("floor", "INSERT INTO floor (body) VALUES ($1)");
    Samples took;
    Samples floor;
    std::vector<std::string> bodies;
    for (int i = 0; i < rounds; ++i) {
        const Written written = write_sales(shop.till_folder(), sales);
        till = shop.start_till();
        wait_until_in_book(book, written.end);
        const double seconds = ms_between(till->ready_at(), Clock::now()) / 1000;
        till->must({{"do", "sync"}});
        till->quit();
        took.add(static_cast<double>(sales) / seconds);
        bodies = bodies_of(shop.till_folder(), written);
        floor.add(static_cast<double>(sales) / bare_seconds(bare, bodies));
    }
    shop.stop_server();
    report_rate(run, took, floor, sales);
    report_wire(run, bodies);
    report_sizes(run, book);
}

}  // namespace fangxin::bench
