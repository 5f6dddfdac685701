// How many codes a second are taken apart.
#include "domain/code.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/filled_shop.hpp"

#include <array>
#include <cstring>
#include <fmt/format.h>

namespace fangxin::bench {

namespace {

constexpr std::size_t codes_per_batch = 1000;

/// The least that any reading of a code does: every byte is moved once, and every digit counts
/// towards a check digit.
std::int64_t copy_and_sum(const std::string& code) {
    std::array<char, 256> copy;
    std::size_t size = std::min(code.size(), copy.size());
    std::memcpy(copy.data(), code.data(), size);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (copy[i] >= '0' && copy[i] <= '9') sum += (copy[i] - '0') * (i % 2 == 0 ? 3 : 1);
    }
    return sum % 10;
}

struct Kind {
    std::string name;
    domain::CodeKind expected;
    std::string (*code_of)(std::int64_t n);
    std::optional<double> target;
};

std::string digital_link_of(std::int64_t n) {
    return fmt::format("https://example.com/01/{}/10/L{}?17=460105", gtin_of(n), n);
}

/// Codes a second over one batch of codes.
template <class Work>
double rate_of(const std::vector<std::string>& codes, std::size_t first, Work&& work) {
    double ms = ms_of([&] {
        for (std::size_t i = first; i < first + codes_per_batch; ++i)
            work(codes[i]);
    });
    return static_cast<double>(codes_per_batch) / ms * 1000;
}

void measure(Run& run, const Kind& kind) {
    std::size_t count = run.quick ? 100'000 : 500'000;
    std::vector<std::string> codes;
    for (std::size_t n = 0; n < count; ++n) {
        codes.push_back(kind.code_of(static_cast<std::int64_t>(n)));
    }
    domain::CodeContext context{.today = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23)};
    if (domain::parse_code(codes.front(), context).kind != kind.expected) {
        throw Failed("not what it should be: " + codes.front());
    }
    Samples took;
    Samples floor;
    volatile std::int64_t seen = 0;  // keeps the work from being optimised away
    for (std::size_t first = 0; first < count; first += codes_per_batch) {
        took.add(rate_of(codes, first, [&](const std::string& code) {
            auto scanned = domain::parse_code(code, context);
            seen = seen + static_cast<std::int64_t>(scanned.gtin.size());
        }));
        floor.add(rate_of(codes, first,
                          [&](const std::string& code) { seen = seen + copy_and_sum(code); }));
    }
    Figure figure{.name = kind.name,
                  .value = took.percentile(50),
                  .unit = "codes/s",
                  .n = static_cast<std::int64_t>(count),
                  .p50 = took.percentile(50),
                  .p99 = took.percentile(1),  // what 99 in 100 batches reach
                  .floor = floor.percentile(50)};
    if (kind.target) {
        figure.target = Target{Target::Of::value, Target::Bound::at_least, *kind.target};
    }
    figure.conditions = fmt::format(
        "distinct codes as `{}`, batches of {}; p99: reached by 99 % of them; floor: memcpy and "
        "check digit{}",
        codes.front(), codes_per_batch, run.quick_note());
    run.report(figure);
}

}  // namespace

void bench_parse(Run& run) {
    measure(run, {"parse_ean13", domain::CodeKind::ean13, ean13_of, 1e6});
    measure(run, {"parse_data_matrix", domain::CodeKind::gs1, data_matrix_of, {}});
    measure(run, {"parse_digital_link", domain::CodeKind::digital_link, digital_link_of, {}});
}

}  // namespace fangxin::bench
