// fangxin-bench: measures the product on this machine, each figure beside its floor (`./dev
// bench`).
#include "sync/store/file_lock.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/bench_options.hpp"
#include "tests/bench/disk.hpp"
#include "tests/bench/floor_open.hpp"
#include "tests/bench/floor_window.hpp"

#include <algorithm>
#include <cstdio>

namespace {

using namespace fangxin;
namespace fs = std::filesystem;

void put(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
}

void run_benches(const bench::BenchOptions& options, const fs::path& programs) {
    fs::create_directories(options.data);
    bench::refuse_memory_disk(options.data);
    auto lock = sync::FileLock::take(options.data / "bench.lock");
    if (!lock) throw bench::Failed("another bench uses " + options.data.string(), 4);
    if (!options.json) put(bench::table_head());
    bench::Run run{.data = options.data,
                   .programs = programs,
                   .quick = options.quick,
                   .curve_ops = options.curve_ops};
    run.report = [&](const bench::Figure& figure) {
        put(options.json ? bench::to_json_line(figure) : bench::to_table_row(figure));
    };
    run.report(bench::fdatasync_cost(options.data));
    for (const bench::Bench& each : bench::benches()) {
        bool wanted = options.names.empty() ||
                      std::ranges::find(options.names, each.name) != options.names.end();
        if (wanted) each.run(run);
    }
}

}  // namespace

int main(int argc, char** argv) {
    fs::path programs = fs::read_symlink("/proc/self/exe").parent_path();
    auto read = bench::read_bench_options(argc, argv, programs.parent_path() / "bench");
    if (const int* code = std::get_if<int>(&read)) return *code;
    const auto& options = std::get<bench::BenchOptions>(read);
    try {
        if (options.floor_window) return bench::run_floor_window();
        if (!options.floor_open.empty()) return bench::run_floor_open(options.floor_open);
        run_benches(options, programs);
    } catch (const bench::Failed& failed) {
        bench::say(failed.what());
        return failed.exit_code;
    } catch (const std::exception& error) {
        bench::say(error.what());
        return 1;
    }
    return 0;
}
