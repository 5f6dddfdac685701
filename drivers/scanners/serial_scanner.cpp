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

std::optional<std::int64_t> ScanSplitter::quiet_at_ms() const {
    if (buffer_.is_empty()) return std::nullopt;
    return last_byte_ms_ + quiet_ms_;
}

SerialScanner::SerialScanner(const SerialScannerOptions& options, SerialScannerHandlers handlers)
    : options_(options),
      handlers_(std::move(handlers)),
      splitter_(options.quiet_ms),
      loop_([address = options.address,
             cable = CableOptions{.line = options.line}] { return open_device(address, cable); },
            *this) {
    FANGXIN_CHECK(handlers_.on_scan);
}

/// Half a scan from before is not the start of the next.
void SerialScanner::opened(std::int64_t) { splitter_ = ScanSplitter(options_.quiet_ms); }

void SerialScanner::received(std::span<const std::byte> bytes, std::int64_t now_ms) {
    splitter_.feed(bytes, now_ms);
    deliver();
}

/// Nothing is said to it; but this is when the loop asks, and silence ends a scan.
std::string SerialScanner::to_send(std::int64_t now_ms) {
    splitter_.tick(now_ms);
    deliver();
    return {};
}

void SerialScanner::changed(const DeviceChange& change) {
    if (handlers_.on_change) handlers_.on_change(change);
}

void SerialScanner::deliver() {
    while (auto scan = splitter_.next())
        handlers_.on_scan(*scan);
}

}  // namespace fangxin::drivers
