// What a bench found: a figure beside its floor. A floor is the bare library call on the same disk,
// bytes and durability, timed in the same run; the ratio says how far the product is from it.
// Values; one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::bench {

using Clock = std::chrono::steady_clock;

double ms_between(Clock::time_point from, Clock::time_point to);

/// How long `work` takes, in milliseconds.
template <class Work>
double ms_of(Work&& work) {
    auto started = Clock::now();
    work();
    return ms_between(started, Clock::now());
}

/// Measured values of one kind, in any unit.
class Samples {
  public:
    void add(double value) { values_.push_back(value); }
    std::int64_t count() const { return static_cast<std::int64_t>(values_.size()); }
    /// Nearest rank: the smallest value that `percent` of all do not exceed.
    ///     100 values 1..100        percentile(50) = 50, percentile(99) = 99
    double percentile(double percent) const;
    const std::vector<double>& values() const { return values_; }

  private:
    std::vector<double> values_;
};

/// `p99 <= 1 ms`: which of a figure's numbers, and where it has to lie.
struct Target {
    enum class Of { value, p99, ratio };
    enum class Bound { at_most, at_least };
    Of of = Of::p99;
    Bound bound = Bound::at_most;
    double limit = 0;
};

struct Figure {
    std::string name;
    double value = 0;
    std::string unit;  ///< `ms` `MiB`, or where more is better `codes/s` `% read`
    std::int64_t n = 0;
    std::optional<double> p50;
    std::optional<double> p99;
    std::optional<double> floor;
    std::optional<Target> target;
    std::string conditions;
};

/// A figure of times: its value is the median; the floor's median beside it, where there is one.
Figure figure_of_times(std::string name, const Samples& took_ms, const Samples* floor_ms);

/// How many times the floor's cost ours is: value / floor of times and sizes, floor / value of
/// rates. 1 is the floor itself, 2 twice as dear. None without a floor.
std::optional<double> ratio_of(const Figure& figure);
/// None without a target.
std::optional<bool> meets_target(const Figure& figure);

/// One JSON object as the contract says, with its line's end.
std::string to_json_line(const Figure& figure);
/// One row under table_head(), with its line's end.
std::string to_table_row(const Figure& figure);
std::string table_head();

}  // namespace fangxin::bench
