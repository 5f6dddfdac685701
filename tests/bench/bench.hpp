// The benches of this program, and what each is given. To add one: its file, its row in benches().
#pragma once

#include "tests/bench/figure.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fangxin::bench {

/// A bench could not be carried out; caught in main, which ends with this exit code.
class Failed : public std::runtime_error {
  public:
    explicit Failed(const std::string& why, int ends_with = 1)
        : std::runtime_error(why), exit_code(ends_with) {}
    int exit_code;
};

/// One run of the program, as its benches see it.
struct Run {
    std::filesystem::path data;      ///< on a real disk
    std::filesystem::path programs;  ///< where fangxin-server and the others are
    bool quick = false;
    std::int64_t curve_ops = 1'000'000;  ///< the largest book of bench_curve()
    std::function<void(const Figure&)> report;

    /// Emptied if it was there.
    std::filesystem::path fresh_folder(const std::string& name) const;
    /// The path of a program to measure; fails with exit code 3.
    std::string program(const std::string& name) const;
    /// ` --quick` in words for a figure's conditions, else nothing.
    std::string quick_note() const { return quick ? ", --quick" : ""; }
};

/// What goes on, for a person who waits; on standard error.
void say(const std::string& what);

struct Bench {
    std::string_view name;
    std::string_view what;
    void (*run)(Run&);
};
std::span<const Bench> benches();

void bench_scan_answer(Run& run);
void bench_parse(Run& run);
void bench_decode(Run& run);
void bench_receipt(Run& run);
void bench_sale_commit(Run& run);
void bench_recall_to_ack(Run& run);
void bench_drain(Run& run);
void bench_drain_postgres(Run& run);
void bench_download(Run& run);
void bench_change(Run& run);
void bench_recall_in_traffic(Run& run);
void bench_curve(Run& run);
void bench_fleet(Run& run);
void bench_fleet_postgres(Run& run);
void bench_cold_start(Run& run);
void bench_memory(Run& run);
void bench_search(Run& run);
void bench_pricing(Run& run);
void bench_frame(Run& run);
void bench_window(Run& run);
void bench_devices(Run& run);

}  // namespace fangxin::bench
