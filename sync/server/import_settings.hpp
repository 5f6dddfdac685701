// What a shop has before anybody said anything.
#pragma once

#include "sync/store_zone.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace fangxin::sync {

/// What a shop is called until it says so itself; on every receipt, so plainly a sample.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 5> first_settings{{
    {"shop_name", "放心超市"},
    {"time_zone", default_zone},
    {"address", "示例市示例路1号"},
    {"phone", "0571-00000000"},
    {"complaint_phone", "12315"},
}};

}  // namespace fangxin::sync
