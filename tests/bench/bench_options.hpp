// The command line of fangxin-bench.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::bench {

struct BenchOptions {
    std::vector<std::string> names;  ///< which benches, all if empty
    std::filesystem::path data;
    bool json = false;
    bool quick = false;
    std::int64_t curve_ops = 1'000'000;
    std::string floor_open;     ///< set in a child of ours only (floor_open.hpp)
    bool floor_window = false;  ///< only that program
};

/// The options, or the exit code after help, version or a usage error was printed (0 or 2).
std::variant<BenchOptions, int> read_bench_options(int argc, const char* const* argv,
                                                   const std::filesystem::path& default_data);

}  // namespace fangxin::bench
