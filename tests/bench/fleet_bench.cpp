// Two hundred tills on one server: sales, recalls, and all of them at once after a restart.
#include "tests/bench/bare_round_trip.hpp"
#include "tests/bench/fleet.hpp"
#include "tests/bench/outage_sales.hpp"
#include "tests/support/postgres.hpp"

#include <fmt/format.h>

namespace fangxin::bench {

namespace {

constexpr auto sale_every = std::chrono::seconds(10);
constexpr std::size_t sale_bytes = 700;  // a sale of ten lines, packed by itself
constexpr int floor_rounds = 100;
constexpr auto settle = std::chrono::milliseconds(1500);  // who has which blocks is told meanwhile

struct Plan {
    int tills;
    std::int64_t items;
    std::chrono::seconds idle;
    std::chrono::seconds sales;
    int recalls;
    std::chrono::milliseconds between_recalls;
    int restarts;
};

Plan plan_of(const Run& run) {
    using std::chrono::seconds;
    return run.quick ? Plan{60, 100, seconds(2), seconds(8), 4, seconds(1), 1}
                     : Plan{200, made_up_items, seconds(5), seconds(60), 20, seconds(2), 3};
}

struct Floors {
    Samples sale;    // one till's
    Samples recall;  // all of them
};

/// What the server wrote is durable, and then all tills make durable what they were told, on the
/// cores of this machine.
double bare_recall_ms(std::vector<std::unique_ptr<SyncedFile>>& files, BareRoundTrip& line) {
    return ms_of([&] {
        line.go();
        const std::size_t half = files.size() / 2;
        std::jthread other([&] {
            for (std::size_t n = half; n < files.size(); ++n)
                files[n]->append_page();
        });
        for (std::size_t n = 0; n < half; ++n)
            files[n]->append_page();
    });
}

Floors measure_floors(const std::filesystem::path& folder, int tills) {
    Floors floors;
    BareRoundTrip line(folder, sale_bytes);
    std::vector<std::unique_ptr<SyncedFile>> files;
    for (int n = 0; n < tills; ++n)
        files.push_back(std::make_unique<SyncedFile>(folder / fmt::format("till-{}.probe", n + 1)));
    for (int i = 0; i < floor_rounds; ++i)
        floors.sale.add(ms_of([&] { line.go(); }));
    for (int i = 0; i < 10; ++i)
        floors.recall.add(bare_recall_ms(files, line));
    return floors;
}

class FleetBench {
  public:
    FleetBench(Run& run, const std::filesystem::path& folder, const std::string& database)
        : run_(run),
          plan_(plan_of(run)),
          suffix_(database.empty() ? "" : "_postgres"),
          shop_(run, folder, plan_.items, database),
          fleet_(shop_, folder, plan_.tills),
          floors_(measure_floors(folder, plan_.tills)) {
        setting_ = fmt::format(
            "{} tills in one process (the product's journal, store thread and link each, own "
            "certificate, TLS, own database) on one fangxin-server{}, {} cores for all",
            plan_.tills, database.empty() ? "" : " on PostgreSQL",
            std::thread::hardware_concurrency());
    }

    void go() {
        shop_.start_server();
        const auto begun = Clock::now();
        fleet_.connect();
        report_seconds("first_download", fleet_.seconds_until_caught_up(begun), std::nullopt,
                       "all begin at once, with empty databases; value: the last one");
        std::this_thread::sleep_for(settle);
        measure_idle();
        fleet_.tills().front()->read([&](sync::Database& database) {
            batches_ = made_up_batches(sync::ShopReader(database, sync::ShopReader::Side::terminal),
                                       plan_.items);
        });
        measure_sales();
        measure_recalls();
        measure_restarts();
        fleet_.disconnect();
        shop_.stop_server();
    }

  private:
    struct Load {
        double cpu_ms = 0;
        std::int64_t bytes = 0;
        Clock::time_point at;
    };
    Load load() {
        return {shop_.server().cpu_ms(),
                shop_.metric("received_bytes_total") + shop_.metric("sent_bytes_total"),
                Clock::now()};
    }

    void put(Figure figure, const std::string& what) {
        figure.name = "fleet" + suffix_ + "_" + figure.name;
        figure.conditions = setting_ + "; " + what + run_.quick_note();
        run_.report(figure);
    }
    void put_value(const std::string& name, double value, const std::string& unit,
                   const std::string& what) {
        put({.name = name, .value = value, .unit = unit, .n = 1}, what);
    }
    void report_seconds(const std::string& name, const Samples& took, std::optional<double> limit,
                        const std::string& what) {
        Figure figure{.name = name,
                      .value = took.percentile(100),
                      .unit = "s",
                      .n = took.count(),
                      .p50 = took.percentile(50),
                      .p99 = took.percentile(99)};
        if (limit) figure.target = Target{Target::Of::value, Target::Bound::at_most, *limit};
        put(std::move(figure), what);
    }

    void measure_idle() {
        const Load before = load();
        std::this_thread::sleep_for(plan_.idle);
        const Load after = load();
        const double ms = ms_between(before.at, after.at);
        idle_bytes_per_ms_ = static_cast<double>(after.bytes - before.bytes) / ms;
        put_value("idle_cpu", 100 * (after.cpu_ms - before.cpu_ms) / ms, "% of a core",
                  "the server, nobody sells");
    }

    void measure_sales() {
        (void)fleet_.acknowledged();
        const Load before = load();
        FleetSales sales(fleet_, batches_, sale_every);
        std::this_thread::sleep_for(plan_.sales);
        sales.stop();
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        const Load after = load();
        const Samples took = fleet_.acknowledged();
        const double ms = ms_between(before.at, after.at);
        const std::string each =
            fmt::format("each a sale of {} lines every {} s", lines_per_sale, sale_every.count());
        Figure figure = figure_of_times("sale_ack", took, &floors_.sale);
        figure.target = Target{.limit = 100};
        put(std::move(figure),
            each +
                ", from payment to the server's acknowledgement, durable at both ends; floor: a "
                "round trip on loopback in TLS, one fdatasync on each side");
        put_value("cpu", 100 * (after.cpu_ms - before.cpu_ms) / ms, "% of a core",
                  "the server, " + each);
        put_value("memory", shop_.server().memory().all, "MiB", "the server's resident memory");
        const double bytes =
            static_cast<double>(after.bytes - before.bytes) - idle_bytes_per_ms_ * ms;
        put_value("sale_on_the_wire",
                  bytes / static_cast<double>(std::max<std::int64_t>(1, took.count())),
                  "bytes/sale",
                  each + ": both ways, as frames, one sale at a time, without the pings");
        if (took.count() < sales.made())
            say(fmt::format("{} of {} sales were not acknowledged in time",
                            sales.made() - took.count(), sales.made()));
    }

    void measure_recalls() {
        FleetSales sales(fleet_, batches_, sale_every);
        Samples each;
        Samples last;
        for (int i = 0; i < plan_.recalls; ++i) {
            std::this_thread::sleep_for(plan_.between_recalls);
            const auto asked = Clock::now();
            const auto answer = shop_.command({{"command", "recall"},
                                               {"item", std::to_string(900'000 + i)},
                                               {"lot", fmt::format("B{}", i)},
                                               {"level", "I"},
                                               {"reason", "bench"}});
            const Samples took = fleet_.ms_until_blocks(answer.at("ver").as_int64(), asked);
            last.add(took.percentile(100));
            for (const double ms : took.values())
                each.add(ms);
        }
        sales.stop();
        put(figure_of_times("recall_each", each, &floors_.sale),
            "a recall's command until a till has it durable, while they sell; floor: as of a sale");
        Figure figure = figure_of_times("recall_all", last, &floors_.recall);
        figure.target = Target{.limit = 250};
        put(std::move(figure),
            "the same recalls, until the last till has it durable; floor: such a round trip, then "
            "one fdatasync in a file of each till by two threads");
    }

    void measure_restarts() {
        Samples all;
        Samples last;
        for (int i = 0; i < plan_.restarts; ++i) {
            FleetSales sales(fleet_, batches_, sale_every);
            std::this_thread::sleep_for(std::chrono::seconds(1));
            shop_.server().kill();
            std::this_thread::sleep_for(std::chrono::seconds(3));
            sales.stop();
            const auto begun = Clock::now();
            shop_.start_server();
            const Samples took = fleet_.seconds_until_caught_up(begun);
            last.add(took.percentile(100));
            for (const double seconds : took.values())
                all.add(seconds);
        }
        Figure figure{.name = "reconnect",
                      .value = last.percentile(100),
                      .unit = "s",
                      .n = all.count(),
                      .p50 = all.percentile(50),
                      .p99 = all.percentile(99)};
        figure.target = Target{Target::Of::value, Target::Bound::at_most, 10};
        put(std::move(figure),
            fmt::format("server ended by kill -9 and started 3 s later, {} times: from its start "
                        "until the last till is caught up and its sales of the outage are "
                        "acknowledged; all tills come from one address, of which the server lets "
                        "in 8 at a time",
                        plan_.restarts));
    }

    Run& run_;
    const Plan plan_;
    const std::string suffix_;
    ShopProcesses shop_;
    Fleet fleet_;
    Floors floors_;
    std::string setting_;
    std::vector<domain::Batch> batches_;
    double idle_bytes_per_ms_ = 0;
};

}  // namespace

void bench_fleet(Run& run) { FleetBench(run, run.fresh_folder("fleet"), "").go(); }

void bench_fleet_postgres(Run& run) {
    const std::filesystem::path folder = run.fresh_folder("fleet-postgres");
    tests::PostgresServer server(folder);
    FleetBench(run, folder, server.new_database()).go();
}

}  // namespace fangxin::bench
