// The server's log: one JSON object a line on standard error, for journald or a file. Any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace fangxin::sync {

void server_log(std::string_view event,
                std::initializer_list<std::pair<std::string_view, std::string>> details);

}  // namespace fangxin::sync
