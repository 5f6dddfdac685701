#include "drivers/scales/hid_report.hpp"

#include "drivers/scales/mass_text.hpp"

#include <array>

namespace fangxin::drivers {

namespace {

constexpr std::uint8_t data_report = 3;
constexpr std::size_t report_length = 6;
constexpr std::size_t most_ready = 256;
constexpr int most_exponent = 9;

std::optional<ScaleState> state_of(std::uint8_t status) {
    switch (status) {
        case 1:
        case 7:
            return ScaleState::fault;
        case 2:
        case 4:
            return ScaleState::stable;
        case 3:
            return ScaleState::motion;
        case 5:
            return ScaleState::under;
        case 6:
            return ScaleState::over;
        case 8:
            return ScaleState::zero_error;
        default:
            return std::nullopt;
    }
}

/// None for units that are not metric.
std::optional<std::int64_t> milligrams_of_unit(std::uint8_t unit) {
    constexpr std::array<std::int64_t, 4> milligrams{0, 1, 1'000, 1'000'000};
    if (unit == 0 || unit >= milligrams.size()) return std::nullopt;
    return milligrams[unit];
}

/// `weight` × 10^`exponent` of the unit.
std::optional<std::int64_t> mass(std::int64_t weight, int exponent, std::int64_t milligrams) {
    if (exponent < -most_exponent || exponent > most_exponent) return std::nullopt;
    for (; exponent > 0; --exponent)
        weight *= 10;
    return to_milligrams({.digits = weight, .decimals = -exponent}, milligrams);
}

std::optional<Reading> read(std::span<const std::byte> bytes) {
    std::array<std::uint8_t, report_length> report{};
    if (bytes.size() < report.size()) return std::nullopt;
    for (std::size_t i = 0; i < report.size(); ++i)
        report[i] = std::to_integer<std::uint8_t>(bytes[i]);
    const auto state = state_of(report[1]);
    if (report[0] != data_report || !state) return std::nullopt;
    Reading reading{
        .state = *state,
        .raw = std::string(reinterpret_cast<const char*>(report.data()), report.size())};
    const auto milligrams = milligrams_of_unit(report[2]);
    const auto exponent = static_cast<std::int8_t>(report[3]);
    const std::int64_t weight = report[4] + 256 * report[5];
    const auto told = milligrams ? mass(weight, exponent, *milligrams) : std::nullopt;
    if (*state != ScaleState::stable && *state != ScaleState::motion) return reading;
    const std::int64_t mass_mg = told.value_or(0);
    // "Stable at zero" with a mass in it contradicts itself.
    const bool contradicts = report[1] == 2 && mass_mg != 0;
    if (!told || contradicts) {
        reading.state = ScaleState::fault;
    } else {
        reading.gross_mg = reading.net_mg = mass_mg;
    }
    return reading;
}

}  // namespace

/// USB keeps the borders of reports: what begins with another number is another report, whatever
/// stands in it. A replayed capture gives several weights at once; USB may pad one with zeros.
void HidReportScale::feed(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        if (bytes.front() == std::byte{0}) {
            bytes = bytes.subspan(1);
            continue;
        }
        if (bytes.front() != std::byte{data_report} || bytes.size() < report_length) return;
        if (auto reading = read(bytes)) ready_.push_back(std::move(*reading));
        bytes = bytes.subspan(report_length);
        if (ready_.size() > most_ready) ready_.pop_front();
    }
}

std::optional<Reading> HidReportScale::next() {
    if (ready_.empty()) return std::nullopt;
    Reading reading = std::move(ready_.front());
    ready_.pop_front();
    return reading;
}

}  // namespace fangxin::drivers
