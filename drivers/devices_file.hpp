// The devices of one terminal, as the file given with --devices says; ports are addresses as in
// drivers/transports/address.hpp.
//     [printer]        target = "usb:0416:5011"   columns = 48   mode = "text" (raster, mixed)
//                      drawer_pin = "two" (five)   logo = "/shop/logo.png"
//     [scale]          port = "usb:067b:2303:A1"  protocol = "toledo-continuous"  line = "9600 7e1"
//                      instrument = "HC15-0001"
//     [scanner]        port = "/dev/ttyACM0"  protocol = "serial" (hid-pos, keyboard)
//                      line = "9600 8n1"  twice_ms = 150;  several are [[scanner]]
//                      caps_light = true   of a keyboard that turns letters over while it is lit
//     [scanner.form]   what `fangxin-devices learn` has found out
//     [display]        port = "/dev/ttyS1"  protocol = "cd5220" (escpos, led8)  line = "9600 8n1"
//                      chinese = true
//     [camera]         source = "/dev/video0" (or usb:…), or pipeline = "videotestsrc ! …"
//                      twice_ms = 1000;  drivers/README.md has examples
//     [labels]         formats = "/shop/labels.toml"   see label_formats_file.hpp
#pragma once

#include "domain/result.hpp"
#include "drivers/printers/escpos.hpp"
#include "drivers/scanners/scan_form.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::drivers {

struct PrinterConfig {
    std::string target;
    int columns = 48;
    TextMode mode = TextMode::text;
    DrawerPin drawer_pin = DrawerPin::two;
    std::string logo;  ///< a PNG file; empty: none
};
struct ScaleConfig {
    std::string port;
    std::string protocol;
    std::string line;        ///< empty: as the scale leaves the factory
    std::string instrument;  ///< its serial number in the register; empty: the only scale there
};
struct ScannerConfig {
    std::string port;
    std::string protocol = "serial";
    std::string line;         ///< empty: as it leaves the factory
    int twice_ms = 0;         ///< of wireless ones: the same code sooner than this was sent twice
    bool caps_light = false;  ///< see KeyboardScanOptions::follows_caps_light
    std::optional<ScanForm> form;
};
struct DisplayConfig {
    std::string port;
    std::string protocol = "cd5220";
    std::string line;  ///< empty: as it leaves the factory
    bool chinese = false;
};
struct CameraConfig {
    std::string source;    ///< `/dev/video0` or a USB address
    std::string pipeline;  ///< GStreamer's text instead
    int twice_ms = 1000;   ///< so long out of view, the same code is another pack
};

struct DevicesConfig {
    std::optional<PrinterConfig> printer;
    std::optional<ScaleConfig> scale;
    std::vector<ScannerConfig> scanners;
    std::optional<DisplayConfig> display;
    std::optional<CameraConfig> camera;
    std::string label_formats;  ///< the file; empty: the usual ones
};

/// Unknown tables and keys are refused by name. Codes: `not_found`, `bad_devices_file`.
Result<DevicesConfig> read_devices(const std::filesystem::path& file);

}  // namespace fangxin::drivers
