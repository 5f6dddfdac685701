// The command line of fangxin-devices. Called once, by its main.
#pragma once

#include "domain/calendar.hpp"
#include "drivers/label_scales/command.hpp"
#include "drivers/scales/registry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

namespace fangxin::drivers {

struct ParseCodes {
    bool taking_payment = false;
    std::optional<domain::Date> today;  ///< instead of the machine's
    std::string formats;                ///< file of label formats; empty: the default ones
};
struct DecodePictures {
    std::vector<std::string> files;
};
struct ReadScale {
    DeviceAddress address;
    ScaleDriver driver;             ///< with the line settings that were asked for
    std::int64_t count = 0;         ///< 0: until interrupted
    std::int64_t wait_ms = 10'000;  ///< for each reading
};
struct LearnScanner {
    std::optional<DeviceAddress> address;  ///< none: standard input
    LineSettings line;
    std::int64_t wait_ms = 30'000;  ///< for the scan
    bool json = false;
};
using DevicesCommand =
    std::variant<ParseCodes, DecodePictures, ReadScale, LearnScanner, LabelScalesCommand>;

/// What to do, or, when that was said already (help, a wrong option), the exit code: 0 or 2.
tl::expected<DevicesCommand, int> parse_devices_options(int count, char** arguments);

}  // namespace fangxin::drivers
