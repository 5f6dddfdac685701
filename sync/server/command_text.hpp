// What the subcommands answer, for a person at a shell. Pure; any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>

namespace fangxin::sync {

/// Short aligned lines, each with its line break. What is no command's answer (an exported row)
/// comes as JSON.
std::string command_text(const boost::json::object& answer);

}  // namespace fangxin::sync
