// Names the legally relevant part of weighing (WEIGH-4, WELMEC 7.2 U2): everything in this folder,
// and nothing else, is in libfangxin-weighing.so. It is changed only with its version. Any thread.
#pragma once

#include "domain/weighing/api.hpp"

#include <string_view>

namespace fangxin::weighing {

FANGXIN_WEIGHING_API std::string_view library_version();

}  // namespace fangxin::weighing
