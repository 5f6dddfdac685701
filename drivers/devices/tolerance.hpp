// How wrong a scale in use may be at a known mass: OIML R 76-1:2006, 3.5.1 (Table 6) and 3.5.2 (in
// service twice the errors of initial verification). Pure; any thread.
#pragma once

#include "domain/enum_text.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fangxin::drivers {

enum class AccuracyClass { II, III, IIII };

/// ±1e to 500e, ±2e to 2000e, ±3e to 10000e on class III; on II the borders are 5000, 20000 and
/// 100000, on IIII 50, 200 and 1000. None beyond the last, or without a mass and an e above 0.
std::optional<std::int64_t> tolerance_in_service_mg(AccuracyClass accuracy, std::int64_t e_mg,
                                                    std::int64_t mass_mg);

/// `2000g` `2kg` `0.5 kg` `5000mg`; none if it is no mass.
std::optional<std::int64_t> parse_mass_mg(std::string_view text);

}  // namespace fangxin::drivers

namespace fangxin::domain {

template <>
struct EnumTable<drivers::AccuracyClass> {
    using enum drivers::AccuracyClass;
    static constexpr auto rows =
        std::to_array<EnumText<drivers::AccuracyClass>>({{II, "II"}, {III, "III"}, {IIII, "IIII"}});
};

}  // namespace fangxin::domain
