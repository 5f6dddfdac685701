// What a folder of the kernel's holds just now: entries of /proc and /sys go while one reads. Any
// thread.
#pragma once

#include <filesystem>
#include <system_error>
#include <vector>

namespace fangxin::drivers {

/// Empty where there is no such folder; what goes meanwhile ends the list and nothing else.
inline std::vector<std::filesystem::directory_entry> entries_of(
    const std::filesystem::path& folder) {
    std::vector<std::filesystem::directory_entry> entries;
    std::error_code error;
    std::filesystem::directory_iterator at(folder, error);
    for (const std::filesystem::directory_iterator end; !error && at != end; at.increment(error))
        entries.push_back(*at);
    return entries;
}

}  // namespace fangxin::drivers
