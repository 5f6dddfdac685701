// Money and mass as people read them, on paper and on screen. Pure; any thread.
//
//   yuan(1240)        12.40       yuan(-5)          -0.05
//   yuan(1240, "¥")   ¥12.40      yuan(-5, "¥")     -¥0.05
//   kilograms(1234000)  1.234     kilograms(1234500)  1.2345
#pragma once

#include "domain/weighing/api.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace fangxin::weighing {

/// Fen as yuan, always two decimals; a minus stands before the currency.
FANGXIN_WEIGHING_API std::string yuan(std::int64_t fen, std::string_view currency = "");

/// Milligrams as kilograms: three decimals as on a scale's display, more only if there are any.
FANGXIN_WEIGHING_API std::string kilograms(std::int64_t mg);

}  // namespace fangxin::weighing
