// How fangxin-devices ends and what it says on the way. One thread.
#pragma once

#include "domain/result.hpp"

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace fangxin::drivers {

enum ExitCode { done = 0, failed = 1, not_found = 3, busy = 4 };

/// Says why on standard error.
ExitCode fail(const Error& error);

/// The line went nowhere: a full disk, a closed pipe.
ExitCode not_whole();

/// What came of a command: as one object, or as `key value` pairs with two blanks between,
/// objects within it in parentheses.
bool print_result(const boost::json::object& result, bool json);
std::string in_words(const boost::json::value& value);

/// What a person has to do now, on standard error.
void tell(std::string_view words);

/// False if the line is not whole where it was to go.
bool print_line(const std::string& line);

}  // namespace fangxin::drivers
