// How long a till with a large shop takes from its process's start until it is ready.
#include "tests/bench/disk.hpp"
#include "tests/bench/filled_shop.hpp"
#include "tests/bench/floor_open.hpp"
#include "tests/bench/shop_processes.hpp"

#include <fmt/format.h>

namespace fangxin::bench {

namespace {

constexpr std::int64_t shop_items = 100'000;
constexpr double target_ms = 300;

double start_ms(const TillProcess& till) { return ms_between(till.started_at(), till.ready_at()); }

double bare_start_ms(const std::filesystem::path& file) {
    Child bare(floor_open_command(file), file.string() + ".floor.log");
    double ms = ms_between(bare.started_at(), bare.wait_event("ready").at);
    bare.wait();
    return ms;
}

void report(Run& run, const std::string& name, const Samples& took, const Samples& floor,
            const std::string& how) {
    Figure figure = figure_of_times(name, took, &floor);
    figure.target = Target{.limit = target_ms};
    figure.conditions = fmt::format(
        "{} items, {} batches, {}, no page of the database cached; floor: a program that opens the "
        "same "
        "database and reads one row{}",
        shop_items, shop_items * batches_per_item, how, run.quick_note());
    run.report(figure);
}

}  // namespace

void bench_cold_start(Run& run) {
    std::filesystem::path folder = filled_shop(run, shop_items);
    std::filesystem::path file = folder / "terminal.db";
    int rounds = run.quick ? 5 : 20;
    Samples after_quit;
    Samples after_kill;
    Samples floor;
    TillProcess(run, folder, TillAt{}).quit();
    for (int i = 0; i < rounds; ++i) {
        drop_from_page_cache(file);
        TillProcess till(run, folder, TillAt{});
        after_quit.add(start_ms(till));
        till.quit();
        drop_from_page_cache(file);
        floor.add(bare_start_ms(file));
    }
    for (int i = 0; i < rounds; ++i) {
        TillProcess(run, folder, TillAt{}).child().kill();
        drop_from_page_cache(file);
        TillProcess till(run, folder, TillAt{});
        after_kill.add(start_ms(till));
        till.quit();
    }
    report(run, "cold_start", after_quit, floor, "after it was ended in order");
    report(run, "cold_start_after_kill", after_kill, floor, "after a kill: database checked first");
}

}  // namespace fangxin::bench
