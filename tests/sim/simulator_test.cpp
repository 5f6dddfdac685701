// Seeded runs of a whole shop under the faults of world.hpp's Troubles. FANGXIN_SIM_SEED=n runs one
// again; FANGXIN_LONG_MINUTES=m runs as many new ones as fit, or those from FANGXIN_SIM_FIRST=n on.
#include "tests/sim/simulator.hpp"

#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>
#include <optional>

namespace fangxin::sync::sim {
namespace {

std::optional<std::uint64_t> from_environment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::strtoull(value, nullptr, 10);
}

void expect_all_happened(const Troubles& troubles) {
    for (const Trouble& each : Troubles::all())
        EXPECT_GT(troubles.*each.count, 0) << each.name;
}

void expect_seeds_hold(std::uint64_t from, std::uint64_t to) {
    if (auto only = from_environment("FANGXIN_SIM_SEED")) {
        if (*only < from || *only >= to) return;
        from = *only;
        to = *only + 1;
    }
    Troubles troubles;
    for (std::uint64_t seed = from; seed < to; ++seed) {
        SimReport report = simulate(seed);
        ASSERT_EQ(report.failure, "") << printed(report);
        EXPECT_GT(report.ops, 0) << seed;
        troubles += report.troubles;
    }
    if (to - from > 1) expect_all_happened(troubles);
}

// SYNC-1, SYNC-2, SAFE-6, SAFE-9
TEST(Simulator, NothingIsLostOrDoubledWhateverBreaksA) { expect_seeds_hold(1, 76); }
TEST(Simulator, NothingIsLostOrDoubledWhateverBreaksB) { expect_seeds_hold(76, 151); }
TEST(Simulator, NothingIsLostOrDoubledWhateverBreaksC) { expect_seeds_hold(151, 226); }
TEST(Simulator, NothingIsLostOrDoubledWhateverBreaksD) { expect_seeds_hold(226, 301); }

TEST(Simulator, TheSameSeedGivesTheSameRun) {
    EXPECT_EQ(printed(simulate(7)), printed(simulate(7)));
}

// SYNC-1
TEST(LongSimulator, NothingIsLostOrDoubledForAsLongAsAsked) {
    auto minutes = from_environment("FANGXIN_LONG_MINUTES").value_or(0);
    auto only = from_environment("FANGXIN_SIM_SEED");
    auto end = std::chrono::steady_clock::now() + std::chrono::minutes(minutes);
    auto from = only ? only : from_environment("FANGXIN_SIM_FIRST");
    std::uint64_t first = from.value_or(
        static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count()));
    std::uint64_t seed = first;
    for (; only ? seed == first : std::chrono::steady_clock::now() < end; ++seed) {
        SimReport report = simulate(seed);
        ASSERT_EQ(report.failure, "") << printed(report);
    }
    RecordProperty("seeds", std::to_string(seed - first));
}

}  // namespace
}  // namespace fangxin::sync::sim
