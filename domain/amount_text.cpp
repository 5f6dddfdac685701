#include "domain/amount_text.hpp"

#include <fmt/format.h>

namespace fangxin::domain {

std::string mass_text(std::int64_t milligrams) {
    constexpr std::uint64_t of_kg = 1'000'000;
    constexpr std::uint64_t of_g = 1'000;
    const bool negative = milligrams < 0;
    const auto value = static_cast<std::uint64_t>(milligrams);
    const std::uint64_t size = negative ? 0 - value : value;
    const bool in_kg = size >= of_kg;
    const std::uint64_t one = in_kg ? of_kg : of_g;
    std::string text = fmt::format("{}{}", negative ? "-" : "", size / one);
    if (size % one != 0) {
        std::string behind = fmt::format("{:0{}}", size % one, in_kg ? 6 : 3);
        behind.erase(behind.find_last_not_of('0') + 1);
        text += "." + behind;
    }
    return text + (in_kg ? " kg" : " g");
}

}  // namespace fangxin::domain
