#include "drivers/devices/machine.hpp"

#include <array>
#include <ctime>
#include <fmt/format.h>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

std::tm local_now() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return local;
}

}  // namespace

domain::Date machine_date() {
    const std::tm local = local_now();
    return domain::make_date(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday)
        .value_or(domain::Date{});
}

std::string local_time_text() {
    const std::tm local = local_now();
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", local.tm_year + 1900, local.tm_mon + 1,
                       local.tm_mday, local.tm_hour, local.tm_min);
}

std::string host_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return {};
    return name.data();
}

}  // namespace fangxin::drivers
