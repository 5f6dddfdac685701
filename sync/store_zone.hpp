// The store's time zone, from the system's zone data. Any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/result.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace date {
class time_zone;
}

namespace fangxin::sync {

inline constexpr std::string_view default_zone = "Asia/Shanghai";

class StoreZone {
  public:
    /// An IANA name. Code `no_such_zone`.
    static Result<StoreZone> find(std::string_view name);

    /// The instant with the store's offset in force at it.
    domain::StoreTime at(std::int64_t utc_ms) const;
    /// The instant at which the store's clock reads so many ms of this day: the first of two where
    /// it is set back, the next there is where it is set forward.
    std::int64_t utc_ms(domain::Date date, std::int64_t ms_of_day) const;

  private:
    explicit StoreZone(const date::time_zone* zone) : zone_(zone) {}
    const date::time_zone* zone_;
};

}  // namespace fangxin::sync
