// What till and server hold in memory with a large shop. Pages of the mapped database file count:
// the kernel takes them back when it needs them.
#include "domain/code.hpp"
#include "tests/bench/floor_open.hpp"
#include "tests/bench/shop_processes.hpp"

#include <fmt/format.h>
#include <thread>

namespace fangxin::bench {

namespace {

constexpr std::int64_t made_up_items = 100'000;
constexpr int scans = 1'000;
constexpr auto come_to_rest = std::chrono::milliseconds(500);

Memory at_rest(Child& child) {
    std::this_thread::sleep_for(come_to_rest);
    return child.memory();
}

double bare_mib(const std::filesystem::path& database) {
    Child bare(floor_open_command(database), database.string() + ".floor.log");
    bare.wait_event("ready");
    double mib = bare.memory().all;
    bare.wait();
    return mib;
}

void report(Run& run, const std::string& name, const Memory& memory, double floor_mib,
            const std::string& when) {
    run.report({.name = name,
                .value = memory.all,
                .unit = "MiB",
                .n = 1,
                .floor = floor_mib,
                .conditions = fmt::format(
                    "resident, of it {:.1f} MiB not of files; {}, {} made-up items with a batch "
                    "each; floor: a program that opens the same database and reads one row",
                    memory.anon, when, made_up_items)});
}

/// The EAN-13 of a made-up item, as sync/server/import_generate.cpp gives it.
std::string made_up_code(std::int64_t n) {
    std::string digits = fmt::format("6900{:08}", n);
    digits.push_back(*domain::gs1_check_digit(digits));
    return digits;
}

void scan_many(TillProcess& till) {
    for (int i = 0; i < scans; ++i) {
        std::int64_t n = std::int64_t{i} * 7919 % made_up_items;
        auto answer = till.must({{"do", "scan"}, {"code", made_up_code(n)}});
        const auto& lines = answer.at("basket").at("lines").as_array();
        if (lines.empty()) throw Failed("a made-up item was not sold");
        till.must({{"do", "void"}, {"line", lines.back().at("line")}});
    }
}

struct Tills {
    Memory first_snapshot;
    Memory started;
    Memory scanned;
};

Tills measure_tills(ShopProcesses& shop) {
    Tills tills;
    auto till = shop.start_till();
    till->must({{"do", "sync"}});
    tills.first_snapshot = at_rest(till->child());
    till->quit();
    till = shop.start_till();
    till->login_cashier();
    till->must({{"do", "sync"}});
    tills.started = at_rest(till->child());
    scan_many(*till);
    tills.scanned = at_rest(till->child());
    till->quit();
    return tills;
}

}  // namespace

void bench_memory(Run& run) {
    ShopProcesses shop(run, run.fresh_folder("memory"), 0);
    shop.start_server();
    shop.command({{"command", "import"}, {"generate", made_up_items}});
    Memory server = at_rest(shop.server());
    Tills tills = measure_tills(shop);
    Memory server_served = at_rest(shop.server());
    shop.stop_server();
    double book = bare_mib(shop.server_folder() / "store.db");
    double till = bare_mib(shop.till_folder() / "terminal.db");
    report(run, "memory_server_import", server, book, "server after the import of all items");
    report(run, "memory_server_snapshot", server_served, book, "server after it fed a till all");
    report(run, "memory_till_snapshot", tills.first_snapshot, till,
           "till after its first snapshot");
    report(run, "memory_till_start", tills.started, till, "till started, logged in, in sync");
    report(run, "memory_till_scans", tills.scanned, till, "the same after 1,000 scans");
}

}  // namespace fangxin::bench
