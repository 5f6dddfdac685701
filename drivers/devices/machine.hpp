// The machine that the technician sits at. Any thread.
#pragma once

#include "domain/calendar.hpp"

#include <string>

namespace fangxin::drivers {

domain::Date machine_date();
/// `2026-11-27 06:30`, by the machine's clock and zone.
std::string local_time_text();
std::string host_name();

}  // namespace fangxin::drivers
