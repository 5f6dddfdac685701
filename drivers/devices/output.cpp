#include "drivers/devices/output.hpp"

#include <cstdio>

namespace fangxin::drivers {

ExitCode fail(const Error& error) {
    fmt::print(stderr, "fangxin-devices: {}: {}\n", error.code, error.detail);
    if (error.code == "not_found") return not_found;
    return error.code == "busy" ? busy : failed;
}

ExitCode not_whole() { return fail({"cannot_write", "the output is not whole"}); }

bool print_line(const std::string& line) {
    return std::fputs((line + '\n').c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
}

}  // namespace fangxin::drivers
