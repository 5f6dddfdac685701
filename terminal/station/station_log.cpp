#include "terminal/station/station_log.hpp"

#include <atomic>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

namespace fangxin::terminal {

namespace {
constexpr std::size_t file_bytes = 5 * 1024 * 1024;
constexpr std::size_t files = 3;
std::shared_ptr<spdlog::logger>& logger() {
    static std::shared_ptr<spdlog::logger> one;
    return one;
}
}  // namespace

void open_station_log(const std::filesystem::path& directory) {
    try {
        logger() = spdlog::rotating_logger_mt("station", (directory / "terminal.log").string(),
                                              file_bytes, files);
        logger()->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %v");
        logger()->flush_on(spdlog::level::info);
    } catch (const spdlog::spdlog_ex&) {
        logger().reset();  // a full disk must not keep a till from starting
    }
}

void station_log(std::string_view part, std::string_view what) {
    if (logger()) logger()->info("[{}] {}", part, what);
}

}  // namespace fangxin::terminal
