// What fangxin-devices can be told to do: one struct a command, and what carries it out. Each is
// called once, by main; what it prints is in the outside contract.
#pragma once

#include "domain/calendar.hpp"
#include "domain/weighing/check.hpp"
#include "drivers/devices/output.hpp"
#include "drivers/label_scales/command.hpp"
#include "drivers/printers/escpos.hpp"
#include "drivers/printers/printer_status.hpp"
#include "drivers/scales/registry.hpp"
#include "drivers/scanners/scanner.hpp"

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

/// One line for each code that is held before a camera.
struct DecodeLive {
    std::string source;             ///< as CameraFeedOptions; or
    std::string pipeline;           ///< instead
    std::int64_t count = 0;         ///< 0: until interrupted, or its file ends
    std::int64_t wait_ms = 10'000;  ///< for each code
};
ExitCode run(const DecodeLive& command);

struct ReadScale {
    DeviceAddress address;
    std::optional<ScaleDriver> driver;  ///< none: found out (`auto`)
    std::optional<LineSettings> line;   ///< instead of the driver's
    std::int64_t count = 0;             ///< 0: until interrupted
    std::int64_t wait_ms = 10'000;      ///< for each reading
};
ExitCode run(const ReadScale& command);

struct LearnScanner {
    std::optional<DeviceAddress> address;   ///< none: standard input
    const ScannerDriver* driver = nullptr;  ///< none: by what the address is
    LineSettings line;
    std::string print_on;           ///< prints the label there instead, on a label printer
    std::int64_t wait_ms = 30'000;  ///< for the scan
    bool json = false;
};
ExitCode run(const LearnScanner& command);

struct ListDevices {
    bool json = false;
};
ExitCode run(const ListDevices& command);

struct ProbeDevice {
    DeviceAddress address;
    std::optional<LineSettings> line;  ///< this one alone
    std::int64_t scan_ms = 10'000;     ///< for somebody to scan something
    bool json = false;
};
ExitCode run(const ProbeDevice& command);

struct PrintTestPage {
    std::string target;  ///< as make_printer_output takes it
    PrinterLanguage language = PrinterLanguage::escpos;
    TextMode mode = TextMode::text;
    int columns = 48;
    bool again = false;  ///< as a marked copy
    bool json = false;
};
ExitCode run(const PrintTestPage& command);

struct OpenDrawer {
    std::string target;
    DrawerPin pin = DrawerPin::two;
    bool json = false;
};
ExitCode run(const OpenDrawer& command);

struct CheckScale {
    DeviceAddress address;
    ScaleDriver driver;
    std::int64_t mass_mg = 0;
    std::int64_t e_mg = 0;
    weighing::AccuracyClass accuracy = weighing::AccuracyClass::III;
    std::int64_t wait_ms = 60'000;  ///< for each step
    bool json = false;
};
ExitCode run(const CheckScale& command);

/// The checklist of a new terminal: what the program can try is tried, the rest is for a person.
struct AcceptTerminal {
    std::string devices;  ///< the terminal's devices file; empty: what is found on USB
    std::string target;   ///< printer of the page; empty: not printed
    int columns = 48;
    bool json = false;
};
ExitCode run(const AcceptTerminal& command);

using DevicesCommand = std::variant<ParseCodes, DecodePictures, DecodeLive, ReadScale, LearnScanner,
                                    ListDevices, ProbeDevice, PrintTestPage, OpenDrawer, CheckScale,
                                    AcceptTerminal, LabelScalesCommand>;

}  // namespace fangxin::drivers
