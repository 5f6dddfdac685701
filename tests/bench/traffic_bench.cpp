// What a till waits for beside others: its first download, a change at another till, a recall while
// others upload and download.
#include "sync/records.hpp"
#include "sync/store/row_table.hpp"
#include "tests/bench/bare_round_trip.hpp"
#include "tests/bench/fleet.hpp"
#include "tests/bench/outage_sales.hpp"

#include <fmt/format.h>
#include <fstream>
#include <random>

namespace fangxin::bench {

namespace {

constexpr auto give_up_after = std::chrono::seconds(60);
constexpr std::size_t message_bytes = 300;

std::vector<std::string> names_of(int tills) {
    std::vector<std::string> names;
    for (int n = 1; n <= tills; ++n)
        names.push_back(fmt::format("till-{}", n));
    return names;
}

/// Six characters of U+4E00 to U+4FFF: no two names are alike, so that they pack no better than a
/// shop's do.
std::string chinese_name(std::minstd_rand& random) {
    std::string name;
    for (int i = 0; i < 6; ++i) {
        const auto code = static_cast<unsigned>(0x4E00 + random() % 0x200);
        name += static_cast<char>(0xE0 | code >> 12);
        name += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        name += static_cast<char>(0x80 | (code & 0x3F));
    }
    return name;
}
std::string latin_name(std::minstd_rand& random) {
    std::string name;
    for (int i = 0; i < 14; ++i)
        name += static_cast<char>('a' + random() % 26);
    return name;
}

/// So many items besides, and nothing else: as somebody's own list of goods.
void import_items(ShopProcesses& shop, const std::filesystem::path& folder, std::int64_t count) {
    std::filesystem::create_directories(folder);
    std::ofstream items(folder / "items.csv");
    items << "code,name_zh,name_en,category,unit,price_fen,vat_permille,shelf_life,date_printed,"
             "status,marks,tare_mg,supplier,aisle\n";
    std::minstd_rand random(7);
    for (std::int64_t n = 0; n < count; ++n) {
        items << fmt::format("{},{},{},10,piece,{},90,{}m,production,active,,0,S01,A{:02}\n",
                             500'000 + n, chinese_name(random), latin_name(random),
                             100 + random() % 9900, 1 + random() % 24, random() % 40);
    }
    items.close();
    shop.command({{"command", "import"},
                  {"folder", folder.string()},
                  {"test_shop", false},
                  {"generate", 0}});
}

template <class Ask>
void wait_until(const Ask& ask, const std::string& what) {
    const auto deadline = Clock::now() + give_up_after;
    while (!ask()) {
        if (Clock::now() > deadline) throw Failed(what);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::unique_ptr<LinkedTill> connected(const std::filesystem::path& folder, const std::string& name,
                                      const ShopProcesses& shop) {
    auto till = std::make_unique<LinkedTill>(folder / name, name, shop.server_address());
    wait_until([&] { return till->is_caught_up(); }, name + " was not caught up");
    return till;
}

/// The same items as text into a bare table, a thousand a transaction.
double bare_store_ms(LinkedTill& till, const std::filesystem::path& file) {
    std::vector<std::string> texts;
    till.read([&](sync::Database& database) {
        for (const auto& item : sync::select_rows<domain::Item>(database, "ORDER BY code"))
            texts.push_back(boost::json::serialize(sync::to_json(item)));
    });
    RawDatabase database(file, RawDatabase::Access::writer);
    database.execute("CREATE TABLE items (code INTEGER PRIMARY KEY, body TEXT NOT NULL)");
    RawStatement insert = database.prepare("INSERT INTO items (body) VALUES (?)");
    return ms_of([&] {
        database.execute("BEGIN IMMEDIATE");
        std::int64_t count = 0;
        for (const std::string& text : texts) {
            insert.bind(1, text).step();
            insert.reset();
            if (++count % 1000 != 0) continue;
            database.execute("COMMIT");
            database.execute("BEGIN IMMEDIATE");
        }
        database.execute("COMMIT");
    });
}

}  // namespace

void bench_download(Run& run) {
    const std::int64_t items = run.quick ? 10'000 : 50'000;
    const int rounds = run.quick ? 2 : 5;
    const std::filesystem::path folder = run.fresh_folder("download");
    ShopProcesses shop(run, folder, 0);
    import_items(shop, folder / "items", items);
    enrol_tills(shop.book(), folder, names_of(rounds));
    shop.start_server();
    Samples took;
    Samples floor;
    Samples bytes;
    for (const std::string& name : names_of(rounds)) {
        const std::int64_t before = shop.metric("sent_bytes_total");
        const auto begun = Clock::now();
        auto till = connected(folder, name, shop);
        took.add(ms_between(begun, till->caught_up_at()) / 1000);
        bytes.add(static_cast<double>(shop.metric("sent_bytes_total") - before) /
                  static_cast<double>(items));
        floor.add(bare_store_ms(*till, folder / (name + "-floor.db")) / 1000);
    }
    shop.stop_server();
    Figure figure = figure_of_times("first_download", took, &floor);
    figure.unit = "s";
    figure.target = Target{Target::Of::p99, Target::Bound::at_most, run.quick ? 0.3 : 1.5};
    figure.conditions = fmt::format(
        "a new till, TLS, from opening its empty database to {} items (and the sample shop) "
        "durable "
        "there; floor: the same items as text into a bare table, 1,000 a FULL transaction{}",
        items, run.quick_note());
    run.report(figure);
    Figure size{.name = "first_download_bytes",
                .value = bytes.percentile(50),
                .unit = "bytes/item",
                .n = bytes.count(),
                .target = Target{Target::Of::value, Target::Bound::at_most, 60},
                .conditions = "of the same, all that the server sent"};
    run.report(size);
}

void bench_change(Run& run) {
    constexpr int tills = 8;
    const int rounds = run.quick ? 50 : 300;
    const std::filesystem::path folder = run.fresh_folder("change");
    ShopProcesses shop(run, folder, 0);
    Fleet fleet(shop, folder, tills);
    shop.start_server();
    const auto begun = Clock::now();
    fleet.connect();
    (void)fleet.seconds_until_caught_up(begun);
    std::this_thread::sleep_for(std::chrono::seconds(2));  // who has which blocks is told as well
    BareRoundTrip bare(folder, message_bytes);
    Samples took;
    Samples floor;
    for (int i = 0; i < rounds; ++i) {
        LinkedTill& by = *fleet.tills()[static_cast<std::size_t>(i % tills)];
        const domain::StoreTime now = *domain::parse_instant("2026-11-23T12:00:00+08:00");
        const sync::BasketHeld held{fmt::format("{}-{}", by.name(), i), 590, 1, "{}"};
        const auto at = Clock::now();
        by.append(sync::draft(held, now, "1001"));
        for (const auto& till : fleet.tills()) {
            wait_until([&] { return till->rows_after(at).has_value(); },
                       till->name() + " was not told");
            if (till.get() != &by) took.add(ms_between(at, *till->rows_after(at)));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        floor.add(ms_of([&] { bare.go(); }));
    }
    fleet.disconnect();
    shop.stop_server();
    Figure figure = figure_of_times("change", took, &floor);
    figure.target = Target{.limit = 25};
    figure.conditions = fmt::format(
        "{} tills, TLS: one holds a basket, until each other has it durable; three commits in a "
        "row "
        "are in it; floor: a round trip on loopback in TLS, one fdatasync on each side{}",
        tills, run.quick_note());
    run.report(figure);
}

void bench_recall_in_traffic(Run& run) {
    const int rounds = run.quick ? 1 : 5;
    const std::int64_t sales = run.quick ? 3'000 : 10'000;
    const std::int64_t items = run.quick ? 10'000 : 50'000;
    const std::filesystem::path folder = run.fresh_folder("traffic");
    ShopProcesses shop(run, folder, made_up_items);
    import_items(shop, folder / "items", items);
    const auto names = names_of(rounds + 2);
    enrol_tills(shop.book(), folder, names);
    shop.start_server();
    auto uploads = connected(folder, names[0], shop);
    auto listens = connected(folder, names[1], shop);
    std::vector<domain::Batch> batches;
    uploads->read([&](sync::Database& database) {
        batches = made_up_batches(sync::ShopReader(database, sync::ShopReader::Side::terminal),
                                  made_up_items);
    });
    const domain::StoreTime now = *domain::parse_instant("2026-11-23T12:00:00+08:00");
    BareRoundTrip bare(folder, message_bytes);
    Samples took;
    Samples command;
    Samples floor;
    int recalls = 0;
    for (int i = 0; i < rounds; ++i) {
        uploads->append_all(sales, [&](std::int64_t n) {
            return sync::draft(made_up_sale(n, batches), now, "1001");
        });
        const std::string& name = names[static_cast<std::size_t>(i) + 2];
        LinkedTill downloads(folder / name, name, shop.server_address());
        while (!uploads->is_drained() || !downloads.is_caught_up()) {
            const auto asked = Clock::now();
            const auto answer =
                shop.command({{"command", "recall"},
                              {"item", std::to_string(900'000 + recalls % made_up_items)},
                              {"lot", fmt::format("B{}", recalls++)},
                              {"level", "I"},
                              {"reason", "bench"}});
            command.add(ms_between(asked, Clock::now()));
            const std::int64_t ver = answer.at("ver").as_int64();
            wait_until([&] { return listens->blocks_at(ver).has_value(); }, "no recall came");
            took.add(ms_between(asked, *listens->blocks_at(ver)));
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
        }
        floor.add(ms_of([&] { bare.go(); }));
    }
    uploads.reset();
    listens.reset();
    shop.stop_server();
    Figure figure = figure_of_times("recall_in_traffic", took, &floor);
    figure.target = Target{.limit = 50};
    figure.conditions = fmt::format(
        "recalls given while one till uploads {} lines and another takes {} items (both done {} "
        "times), until a third has each durable; TLS; tills and recalls share the server's cores; "
        "floor: a round trip on loopback in TLS, one fdatasync on each side{}",
        sales * lines_per_sale, items, rounds, run.quick_note());
    run.report(figure);
    Figure answered = figure_of_times("recall_in_traffic_command", command, nullptr);
    answered.conditions =
        "of the same recalls, until the server answered the command" + run.quick_note();
    run.report(answered);
}

}  // namespace fangxin::bench
