#include "tests/bench/bench_options.hpp"

#include "tests/bench/bench.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace fangxin::bench {

namespace {

std::string footer() {
    std::string text =
        "Each figure stands beside its floor, the bare library call on the same disk and bytes,\n"
        "timed in the same run. ratio: how many times the floor's cost ours is.\n\nBenches:\n";
    for (const Bench& bench : benches())
        text += fmt::format("  {:<16} {}\n", bench.name, bench.what);
    return text +
           "\nA figure that misses its target is marked, and no failure of the program.\n"
           "Exit codes: 0 done, 1 failed, 2 usage, 3 not found (a program to measure), 4 busy.";
}

}  // namespace

std::variant<BenchOptions, int> read_bench_options(int argc, const char* const* argv,
                                                   const std::filesystem::path& default_data) {
    CLI::App app("Measures Fangxin on this machine.", "fangxin-bench");
    BenchOptions options;
    std::string data = default_data.string();
    std::vector<std::string> known;
    for (const Bench& bench : benches())
        known.emplace_back(bench.name);
    app.add_option("NAME", options.names, "which benches to run; all if none is named")
        ->check(CLI::IsMember(known));
    app.add_option("--data", data, "folder for the databases, on a real disk")
        ->capture_default_str();
    app.add_flag("--json", options.json, "one JSON object a line");
    app.add_flag("--quick", options.quick, "smaller shops and fewer repetitions");
    app.add_option("--curve-ops", options.curve_ops,
                   "how many ops the largest book of curve has; ten million take 15 GB")
        ->capture_default_str()
        ->check(CLI::Range(10'000, 100'000'000));
    app.add_option("--floor-open", options.floor_open, "")->group("");
    app.add_flag("--floor-window", options.floor_window, "")->group("");
    app.set_version_flag("--version", "fangxin-bench " FANGXIN_VERSION);
    app.footer(footer());
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.data = std::filesystem::absolute(data);
    return options;
}

}  // namespace fangxin::bench
