#include "drivers/devices/tolerance.hpp"

#include "drivers/scales/mass_text.hpp"

namespace fangxin::drivers {

namespace {

constexpr std::int64_t most_mg = 1'000'000'000'000;  // a thousand tonnes

/// Up to how many e each of the three steps goes.
constexpr std::array<std::int64_t, 3> borders_of(AccuracyClass accuracy) {
    switch (accuracy) {
        case AccuracyClass::II:
            return {5'000, 20'000, 100'000};
        case AccuracyClass::III:
            return {500, 2'000, 10'000};
        case AccuracyClass::IIII:
            break;
    }
    return {50, 200, 1'000};
}

}  // namespace

std::optional<std::int64_t> tolerance_in_service_mg(AccuracyClass accuracy, std::int64_t e_mg,
                                                    std::int64_t mass_mg) {
    if (e_mg <= 0 || e_mg > most_mg || mass_mg <= 0) return std::nullopt;
    std::int64_t allowed = 0;
    for (const std::int64_t border : borders_of(accuracy)) {
        allowed += e_mg;
        if (mass_mg <= border * e_mg) return allowed;
    }
    return std::nullopt;
}

std::optional<std::int64_t> parse_mass_mg(std::string_view text) {
    const std::size_t end = text.find_last_of("0123456789");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view unit = text.substr(end + 1);
    while (unit.starts_with(' '))
        unit.remove_prefix(1);
    const auto number = parse_decimal(text.substr(0, end + 1));
    const auto one = milligrams_of(unit);
    if (!number || !one || number->digits <= 0) return std::nullopt;
    return to_milligrams(*number, *one);
}

}  // namespace fangxin::drivers
