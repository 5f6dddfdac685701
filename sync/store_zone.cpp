#include "sync/store_zone.hpp"

#include <date/tz.h>
#include <exception>

namespace fangxin::sync {

Result<StoreZone> StoreZone::find(std::string_view name) {
    try {
        return StoreZone(date::locate_zone(std::string(name)));
    } catch (const std::exception& exception) {
        return failure("no_such_zone", exception.what());
    }
}

domain::StoreTime StoreZone::at(std::int64_t utc_ms) const {
    std::chrono::sys_seconds seconds{
        std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(utc_ms))};
    auto offset = std::chrono::duration_cast<std::chrono::minutes>(zone_->get_info(seconds).offset);
    return {utc_ms, static_cast<std::int32_t>(offset.count())};
}

std::int64_t StoreZone::utc_ms(domain::Date date, std::int64_t ms_of_day) const {
    date::local_time<std::chrono::milliseconds> local{date.time_since_epoch() +
                                                      std::chrono::milliseconds(ms_of_day)};
    return zone_->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

}  // namespace fangxin::sync
