#include "sync/server/server_log.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace fangxin::sync {

void server_log(std::string_view event,
                std::initializer_list<std::pair<std::string_view, std::string>> details) {
    static const auto logger = [] {
        auto made = spdlog::stderr_logger_mt("server");
        made->set_pattern("{\"at\":\"%Y-%m-%dT%H:%M:%S.%e%z\",%v");
        return made;
    }();
    boost::json::object line;
    line.emplace("event", event);
    for (const auto& [name, value] : details)
        line.emplace(name, value);
    logger->info("{}", boost::json::serialize(line).substr(1));  // the pattern opens it
}

}  // namespace fangxin::sync
