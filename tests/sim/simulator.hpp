// A shop for half a minute: one server and two to five terminals in one process, on the product's
// own journal, book and peers and on real SQLite, while lines, disks and programs break (Troubles).
// Then all is mended, and both sides must become quiet and hold the same.
#pragma once

#include "tests/sim/world.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace fangxin::sync::sim {

struct SimReport {
    std::uint64_t seed = 0;
    std::string failure;  ///< empty: every promise held
    std::vector<std::string> last_notes;
    std::int64_t ops = 0;
    Troubles troubles;
};

/// The same seed gives the same run.
SimReport simulate(std::uint64_t seed);

std::string printed(const SimReport& report);

}  // namespace fangxin::sync::sim
