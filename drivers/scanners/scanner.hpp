// A connected scanner, whatever it is connected by: its cable, its parser, the form it sends in and
// what it has sent twice. The program makes one per scanner in its settings. The callbacks run on
// the scanner's own thread and only queue an event.
#pragma once

#include "drivers/device_loop.hpp"
#include "drivers/scanners/duplicate_scans.hpp"
#include "drivers/scanners/scan.hpp"
#include "drivers/scanners/scan_form.hpp"
#include "drivers/transports/open_device.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// What a cable's bytes are as scans. One thread.
class ScanParser {
  public:
    virtual ~ScanParser() = default;
    virtual void feed(std::span<const std::byte> bytes, std::int64_t now_ms) = 0;
    /// Ends, or gives up, what has gone on for too long.
    virtual void tick(std::int64_t now_ms) = 0;
    virtual std::optional<Scan> next() = 0;
    /// How long after its last byte tick() has to be called; none while nothing has begun.
    virtual std::optional<std::int64_t> quiet_ms() const = 0;
};

/// What a technician knows of a scanner beside its kind; of keyboards.
struct ScanParserOptions {
    bool follows_caps_light = false;  ///< as in KeyboardScanOptions, also the next
    bool keeps_suffix = false;
    bool ends_lines = false;  ///< of a serial scanner: a scan without its line end is torn
};

/// A kind of scanner. To add one: a parser, a row in scanner.cpp and a capture.
struct ScannerDriver {
    std::string_view id;       ///< as in settings and on the command line
    std::string_view words;    ///< for the technician's list
    std::string_view capture;  ///< in tests/captures, what such a scanner sends
    Cable cable = Cable::serial;
    LineSettings line;  ///< of serial ones, as they leave the factory
    std::uint16_t usage_page = 0;
    std::unique_ptr<ScanParser> (*make)(const ScanParserOptions&) = nullptr;
};

std::span<const ScannerDriver> scanner_drivers();
/// None if there is no such kind.
const ScannerDriver* find_scanner_driver(std::string_view id);

struct ScannerOptions {
    DeviceAddress address;
    const ScannerDriver* driver = nullptr;  ///< from find_scanner_driver
    LineSettings line;                      ///< of serial ones
    ScanParserOptions parser;
    std::optional<ScanForm> form;  ///< learnt at the set-up; none: codes are as they come
    int twice_ms = 0;              ///< see DuplicateScans; a cable sends nothing twice
};

struct ScannerHandlers {
    /// Each pull of the trigger, whole or not; what was sent twice comes once.
    std::function<void(const Scan&)> on_scan;
    std::function<void(const DeviceChange&)> on_change;
    /// Decides the century of dates while a form is taken off.
    std::function<domain::Date()> today;
};

class Scanner final : private Conversation {
  public:
    Scanner(ScannerOptions options, ScannerHandlers handlers);

    void start() { loop_.start(); }
    void stop() { loop_.stop(); }
    void wake() { loop_.wake(); }
    DeviceHealth health() const { return loop_.health(); }

  private:
    void opened(std::int64_t now_ms) override;
    void received(std::span<const std::byte> bytes, std::int64_t now_ms) override;
    std::string to_send(std::int64_t now_ms) override;
    std::optional<std::int64_t> wake_at_ms() const override;
    void changed(const DeviceChange& change) override;
    void deliver(std::int64_t now_ms);

    ScannerOptions options_;
    ScannerHandlers handlers_;
    std::unique_ptr<ScanParser> parser_;  // the device's thread only, as are the next two
    DuplicateScans twice_;
    std::int64_t last_byte_ms_ = 0;
    DeviceLoop loop_;  // last: its thread uses the others
};

}  // namespace fangxin::drivers
