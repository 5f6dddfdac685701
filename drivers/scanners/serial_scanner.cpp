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
            finish();
        } else if (value != '\0' && !dropping_) {
            text_.push_back(value);
            if (text_.size() <= longest) continue;
            ready_.push({.text = {}, .overlong = true});
            text_.clear();
            dropping_ = true;
        }
    }
}

void ScanSplitter::tick(std::int64_t now_ms) {
    if (now_ms - last_byte_ms_ >= quiet_ms_) finish();
}

std::optional<Scan> ScanSplitter::next() {
    if (ready_.empty()) return std::nullopt;
    Scan scan = std::move(ready_.front());
    ready_.pop();
    return scan;
}

void ScanSplitter::finish() {
    dropping_ = false;
    if (text_.empty()) return;
    ready_.push({.text = std::exchange(text_, {}), .overlong = false});
}

std::optional<std::int64_t> ScanSplitter::quiet_at_ms() const {
    if (text_.empty() && !dropping_) return std::nullopt;
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
