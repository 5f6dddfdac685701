// Sales made while the server was away, sent to it when it is back.
#include "tests/bench/outage_sales.hpp"
#include "tests/bench/shop_processes.hpp"

#include <fmt/format.h>
#include <thread>

namespace fangxin::bench {

namespace {

constexpr auto give_up_after = std::chrono::seconds(120);

/// Waits until the server's book holds the log up to here.
void wait_until_in_book(ShopProcesses& shop, const sync::LogState& end) {
    RawDatabase book = shop.open_book();
    RawStatement last =
        book.prepare("SELECT last_seq FROM terminal_logs WHERE terminal = 'till-1' AND epoch = ?");
    auto deadline = Clock::now() + give_up_after;
    while (Clock::now() < deadline) {
        bool there = last.bind(1, end.epoch).step() && last.int64(0) >= end.last_seq;
        last.reset();
        if (there) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    throw Failed("the sales did not arrive");
}

/// The same bodies into a bare table, a thousand a transaction; seconds.
double bare_seconds(const std::filesystem::path& till, const Written& written,
                    const std::filesystem::path& file) {
    const std::vector<std::string> bodies = bodies_of(till, written);
    RawDatabase database(file, RawDatabase::Access::writer);
    database.execute("CREATE TABLE ops (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)");
    RawStatement insert = database.prepare("INSERT INTO ops (body) VALUES (?)");
    double ms = ms_of([&] {
        std::int64_t count = 0;
        for (const std::string& body : bodies) {
            if (count % sales_per_transaction == 0) database.execute("BEGIN IMMEDIATE");
            insert.bind(1, body).step();
            insert.reset();
            if (++count % sales_per_transaction == 0) database.execute("COMMIT");
        }
    });
    return ms / 1000;
}

std::int64_t bytes_of(const ShopProcesses& shop) {
    return shop.metric("received_bytes_total") + shop.metric("sent_bytes_total");
}

void report(Run& run, const std::string& name, const Samples& took, const Samples& floor,
            std::int64_t sales, std::int64_t per_sale) {
    auto factor = static_cast<double>(per_sale);
    Figure figure{.name = name,
                  .value = took.percentile(50) * factor,
                  .unit = per_sale == 1 ? "sales/s" : "lines/s",
                  .n = took.count(),
                  .p50 = took.percentile(50) * factor,
                  .p99 = took.percentile(1) * factor,
                  .floor = floor.percentile(50) * factor};
    if (per_sale > 1) {
        figure.target = Target{Target::Of::value, Target::Bound::at_least, 40'000};
    }
    figure.conditions = fmt::format(
        "{} sales of {} lines each time, from the till's ready line (not yet connected) over TLS "
        "to "
        "the last one in the server's book; p99: the slowest time; floor: the same bodies, {} a "
        "FULL "
        "transaction, on one side{}",
        sales, lines_per_sale, sales_per_transaction, run.quick_note());
    run.report(figure);
}

/// What a sale took on its way, both ways, while nothing else was going on but pings.
void report_wire(Run& run, std::int64_t bytes, std::int64_t sales) {
    run.report({.name = "drain_on_the_wire",
                .value = static_cast<double>(bytes) / static_cast<double>(sales),
                .unit = "bytes/sale",
                .n = sales,
                .conditions = "of the same sales, all frames both ways, before TLS"});
}

/// What a sale of ten lines takes in the till's file.
void report_till_size(Run& run, const std::filesystem::path& till) {
    RawDatabase database(till / "terminal.db", RawDatabase::Access::reader);
    RawStatement sold = database.prepare("SELECT count(*) FROM ops WHERE kind = 'sale'");
    RawStatement pages = database.prepare("SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'ops*'");
    sold.step();
    pages.step();
    run.report({.name = "till_ops",
                .value = static_cast<double>(pages.int64(0)) / static_cast<double>(sold.int64(0)),
                .unit = "bytes/sale",
                .n = sold.int64(0),
                .conditions = "a sale of 10 lines in the till's log, with its indexes"});
}

/// What a sale of ten lines takes in the file: whole tables with their indexes over their rows.
void report_sizes(Run& run, RawDatabase& book) {
    RawStatement sold = book.prepare("SELECT count(*) FROM sales");
    sold.step();
    const auto sales = static_cast<double>(sold.int64(0));
    RawStatement pages = book.prepare("SELECT sum(pgsize) FROM dbstat WHERE name GLOB ?");
    const auto of = [&](const char* name, const char* tables, const char* what) {
        pages.bind(1, tables).step();
        run.report({.name = name,
                    .value = static_cast<double>(pages.int64(0)) / sales,
                    .unit = "bytes/sale",
                    .n = static_cast<std::int64_t>(sales),
                    .conditions = what});
        pages.reset();
    };
    of("sqlite_ops", "ops*", "a sale of 10 lines in the ops table, with its indexes");
    of("sqlite_derived", "sale*", "sales and their lines, with their indexes");
}

}  // namespace

void bench_drain(Run& run) {
    int rounds = run.quick ? 1 : 3;
    std::int64_t sales = run.quick ? 2'000 : 10'000;
    std::filesystem::path folder = run.fresh_folder("drain");
    ShopProcesses shop(run, folder, made_up_items);
    shop.start_server();
    auto till = shop.start_till();
    till->must({{"do", "sync"}});
    till->quit();
    Samples took;
    Samples floor;
    std::int64_t bytes = 0;
    for (int i = 0; i < rounds; ++i) {
        Written written = write_sales(shop.till_folder(), sales);
        const std::int64_t before = bytes_of(shop);
        till = shop.start_till();
        wait_until_in_book(shop, written.end);
        double seconds = ms_between(till->ready_at(), Clock::now()) / 1000;
        till->must({{"do", "sync"}});
        bytes += bytes_of(shop) - before;
        till->quit();
        took.add(static_cast<double>(sales) / seconds);
        auto file = folder / fmt::format("floor-{}.db", i);
        double bare = bare_seconds(shop.till_folder(), written, file);
        floor.add(static_cast<double>(sales) / bare);
    }
    shop.stop_server();
    RawDatabase book = shop.open_book();
    report_sizes(run, book);
    report_till_size(run, shop.till_folder());
    report_wire(run, bytes, rounds * sales);
    report(run, "drain_sales", took, floor, sales, 1);
    report(run, "drain_lines", took, floor, sales, lines_per_sale);
}

}  // namespace fangxin::bench
