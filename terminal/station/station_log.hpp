// The terminal's log for technicians: a file beside the database, and nothing on the streams that
// the headless interface speaks on. Any thread.
#pragma once

#include <filesystem>
#include <string_view>

namespace fangxin::terminal {

/// From now on the log goes to `terminal.log` in this folder, at most 3 files of 5 MiB.
void open_station_log(const std::filesystem::path& directory);
void station_log(std::string_view part, std::string_view what);

}  // namespace fangxin::terminal
