// What fangxin-devices can be told to do: one struct a command, and what carries it out. Each is
// called once, by main; what it prints is in the outside contract.
#pragma once

#include "domain/calendar.hpp"
#include "drivers/devices/output.hpp"
#include "drivers/scales/registry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::drivers {

struct ParseCodes {
    bool taking_payment = false;
    std::optional<domain::Date> today;  ///< instead of the machine's
    std::string formats;                ///< file of label formats; empty: the default ones
};
ExitCode run(const ParseCodes& command);

struct DecodePictures {
    std::vector<std::string> files;
};
ExitCode run(const DecodePictures& command);

struct ReadScale {
    DeviceAddress address;
    ScaleDriver driver;             ///< with the line settings that were asked for
    std::int64_t count = 0;         ///< 0: until interrupted
    std::int64_t wait_ms = 10'000;  ///< for each reading
};
ExitCode run(const ReadScale& command);

struct LearnScanner {
    std::optional<DeviceAddress> address;  ///< none: standard input
    LineSettings line;
    std::int64_t wait_ms = 30'000;  ///< for the scan
    bool json = false;
};
ExitCode run(const LearnScanner& command);

using DevicesCommand = std::variant<ParseCodes, DecodePictures, ReadScale, LearnScanner>;

}  // namespace fangxin::drivers
