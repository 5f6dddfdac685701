#include "tests/bench/figure.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace fangxin::bench {

namespace {

namespace json = boost::json;

constexpr std::string_view row_form = "{:<30} {:>11} {:<8} {:>7} {:>10} {:>10} {:>11} {:>7}  {}\n";

/// More is better.
bool is_rate(const Figure& figure) {
    return figure.unit.ends_with("/s") || figure.unit == "% read";
}

/// Four digits that mean something: 0.0312, 4.71, 1234567.
std::string printed(double value) {
    if (value != 0 && std::abs(value) < 1000) return fmt::format("{:.4g}", value);
    return fmt::format("{:.0f}", value);
}

std::string printed(const std::optional<double>& value) { return value ? printed(*value) : "-"; }

json::value as_json(const std::optional<double>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

std::optional<double> aimed_at(const Figure& figure) {
    switch (figure.target->of) {
        case Target::Of::value:
            return figure.value;
        case Target::Of::p99:
            return figure.p99;
        case Target::Of::ratio:
            return ratio_of(figure);
    }
    return std::nullopt;
}

std::string target_text(const Figure& figure) {
    const Target& target = *figure.target;
    std::string_view of = target.of == Target::Of::p99     ? "p99 "
                          : target.of == Target::Of::ratio ? "ratio "
                                                           : "";
    std::string_view sign = target.bound == Target::Bound::at_most ? "<=" : ">=";
    std::string unit = target.of == Target::Of::ratio ? "" : " " + figure.unit;
    return fmt::format("{}{} {}{}", of, sign, printed(target.limit), unit);
}

}  // namespace

double ms_between(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

double Samples::percentile(double percent) const {
    if (values_.empty()) return 0;
    std::vector<double> sorted = values_;
    std::ranges::sort(sorted);
    double rank = std::ceil(percent / 100 * static_cast<double>(sorted.size()));
    auto place = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
    return sorted[std::min(place, sorted.size() - 1)];
}

Figure figure_of_times(std::string name, const Samples& took_ms, const Samples* floor_ms) {
    Figure figure{.name = std::move(name),
                  .value = took_ms.percentile(50),
                  .unit = "ms",
                  .n = took_ms.count(),
                  .p50 = took_ms.percentile(50),
                  .p99 = took_ms.percentile(99)};
    if (floor_ms) figure.floor = floor_ms->percentile(50);
    return figure;
}

std::optional<double> ratio_of(const Figure& figure) {
    if (!figure.floor || *figure.floor <= 0 || figure.value <= 0) return std::nullopt;
    return is_rate(figure) ? *figure.floor / figure.value : figure.value / *figure.floor;
}

std::optional<bool> meets_target(const Figure& figure) {
    if (!figure.target) return std::nullopt;
    auto got = aimed_at(figure);
    if (!got) return false;
    bool at_most = figure.target->bound == Target::Bound::at_most;
    return at_most ? *got <= figure.target->limit : *got >= figure.target->limit;
}

std::string to_json_line(const Figure& figure) {
    json::object line{{"name", figure.name},
                      {"value", figure.value},
                      {"unit", figure.unit},
                      {"n", figure.n},
                      {"p50", as_json(figure.p50)},
                      {"p99", as_json(figure.p99)},
                      {"floor", as_json(figure.floor)},
                      {"ratio", as_json(ratio_of(figure))},
                      {"target", nullptr},
                      {"conditions", figure.conditions}};
    if (figure.target) line["target"] = target_text(figure);
    return json::serialize(line) + "\n";
}

std::string table_head() {
    return fmt::format(row_form, "figure", "value", "unit", "n", "p50", "p99", "floor", "ratio",
                       "target");
}

std::string to_table_row(const Figure& figure) {
    std::string target;
    if (auto meets = meets_target(figure)) {
        target = fmt::format("{} {}", target_text(figure), *meets ? "held" : "MISSED");
    }
    auto ratio = ratio_of(figure);
    return fmt::format(row_form, figure.name, printed(figure.value), figure.unit, figure.n,
                       printed(figure.p50), printed(figure.p99), printed(figure.floor),
                       ratio ? fmt::format("{:.2f}", *ratio) : "-", target) +
           fmt::format("    {}\n", figure.conditions);
}

}  // namespace fangxin::bench
