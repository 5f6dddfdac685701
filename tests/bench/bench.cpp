#include "tests/bench/bench.hpp"

#include <array>
#include <cstdio>

namespace fangxin::bench {

namespace fs = std::filesystem;

fs::path Run::fresh_folder(const std::string& name) const {
    fs::path folder = data / name;
    fs::remove_all(folder);
    fs::create_directories(folder);
    return folder;
}

std::string Run::program(const std::string& name) const {
    fs::path path = programs / name;
    if (!fs::exists(path)) throw Failed("no program " + path.string(), 3);
    return path.string();
}

void say(const std::string& what) { std::fputs(("fangxin-bench: " + what + "\n").c_str(), stderr); }

std::span<const Bench> benches() {
    static constexpr std::array rows{
        Bench{"parse", "codes a second: EAN-13, GS1 DataMatrix, Digital Link", bench_parse},
        Bench{"decode", "codes read off photos, wrong ones and time, beside ZXing and zbar",
              bench_decode},
        Bench{"receipt", "a receipt of 60 lines, laid out and encoded", bench_receipt},
        Bench{"scan_answer", "scan to answer with 1,000,000 codes and 3,000,000 batches",
              bench_scan_answer},
        Bench{"sale_commit", "cash payment of 10 lines, until it is durable", bench_sale_commit},
        Bench{"recall_to_ack", "recall command to the till's acknowledgement at the server",
              bench_recall_to_ack},
        Bench{"drain", "10,000 sales sent to the server after a cut", bench_drain},
        Bench{"drain_postgres", "the same into a PostgreSQL database, and what a sale weighs there",
              bench_drain_postgres},
        Bench{"download", "first download of 50,000 items", bench_download},
        Bench{"change", "a change at one till, until seven others have it", bench_change},
        Bench{"recall_in_traffic", "recalls while others upload and download",
              bench_recall_in_traffic},
        Bench{"fleet", "200 tills on one server: sales, recalls, all back after a restart",
              bench_fleet},
        Bench{"fleet_postgres", "the same on a PostgreSQL database", bench_fleet_postgres},
        Bench{"curve", "an op's cost in books from 10,000 ops to --curve-ops", bench_curve},
        Bench{"cold_start", "till with 100,000 items, process start to ready", bench_cold_start},
        Bench{"memory", "resident memory of till and server with 100,000 items", bench_memory},
        Bench{"search", "a keystroke in the search field over 100,000 names", bench_search},
        Bench{"pricing", "a basket of 100 lines with 200 promotions", bench_pricing},
        Bench{"frame", "a pass of the checkout with 60 lines, without a window", bench_frame},
        Bench{"window", "the till's window on a software display: start, touch to frame, idle",
              bench_window},
        Bench{"devices", "weight and scan on the wire to the frame; CPU of idle devices",
              bench_devices}};
    return rows;
}

}  // namespace fangxin::bench
