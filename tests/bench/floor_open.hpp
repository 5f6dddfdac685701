// The bare program that a till's start and memory are compared with: this program once more, which
// only opens the database, reads one row, says ready and waits. Runs instead of everything else.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace fangxin::bench {

/// How this program is started as that one.
std::vector<std::string> floor_open_command(const std::filesystem::path& database);
/// What it does then; its exit code.
int run_floor_open(const std::filesystem::path& database);

}  // namespace fangxin::bench
