#include "drivers/scanners/serial_scanner.hpp"

#include "domain/check.hpp"

#include <utility>

namespace fangxin::drivers {

void ScanSplitter::feed(std::span<const std::byte> bytes, std::int64_t now_ms) {
    tick(now_ms);
    last_byte_ms_ = now_ms;
    for (std::byte byte : bytes) {
        char value = static_cast<char>(byte);
        if (value == '\r' || value == '\n') {
            buffer_.end();
        } else if (value != '\0') {
            buffer_.add(value);
        }
    }
}

void ScanSplitter::tick(std::int64_t now_ms) {
    if (now_ms - last_byte_ms_ >= quiet_ms_) buffer_.end();
}

SerialScanner::SerialScanner(const SerialScannerOptions& options, SerialScannerHandlers handlers)
    : handlers_(std::move(handlers)),
      splitter_(options.quiet_ms),
      device_({.path = options.path, .line = options.line, .quiet_ms = options.quiet_ms},
              {.on_bytes =
                   [this](auto bytes, std::int64_t now_ms) {
                       splitter_.feed(bytes, now_ms);
                       deliver();
                   },
               .on_quiet =
                   [this](std::int64_t now_ms) {
                       splitter_.tick(now_ms);
                       deliver();
                   },
               .on_change =
                   [this, quiet_ms = options.quiet_ms](const DeviceChange& change) {
                       splitter_ = ScanSplitter(
                           quiet_ms);  // half a scan from before is not the start of the next
                       if (handlers_.on_change) handlers_.on_change(change);
                   }}) {
    FANGXIN_CHECK(handlers_.on_scan);
}

void SerialScanner::deliver() {
    while (auto scan = splitter_.next())
        handlers_.on_scan(*scan);
}

}  // namespace fangxin::drivers
