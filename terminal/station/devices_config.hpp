// The devices of one terminal, as the file given with --devices says:
//     [printer]  target = "usb:/dev/usb/lp*"   columns = 48
//     [scale]    port = "/dev/ttyUSB0"  protocol = "toledo-continuous"  line = "9600 7e1"
//                instrument = "HC15-0001"
//     [scanner]  port = "/dev/ttyACM0"  line = "9600 8n1"
#pragma once

#include "domain/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace fangxin::terminal {

struct PrinterConfig {
    std::string target;
    int columns = 48;
};
struct ScaleConfig {
    std::string port;
    std::string protocol;
    std::string line;        ///< empty: as the scale leaves the factory
    std::string instrument;  ///< its serial number in the register; empty: the only scale there
};
struct ScannerConfig {
    std::string port;
    std::string line = "9600 8n1";
};

struct DevicesConfig {
    std::optional<PrinterConfig> printer;
    std::optional<ScaleConfig> scale;
    std::optional<ScannerConfig> scanner;
};

/// Unknown tables and keys are refused by name. Codes: `not_found`, `bad_devices_file`.
Result<DevicesConfig> read_devices(const std::filesystem::path& file);

}  // namespace fangxin::terminal
