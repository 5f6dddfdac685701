#include "drivers/scanners/scan_splitter.hpp"

namespace fangxin::drivers {

void ScanSplitter::feed(std::span<const std::byte> bytes, std::int64_t now_ms) {
    tick(now_ms);
    last_byte_ms_ = now_ms;
    for (std::byte byte : bytes) {
        char value = static_cast<char>(byte);
        if (value == '\r' || value == '\n') {
            has_suffix_ |= !buffer_.is_empty();
            buffer_.end();
        } else if (value != '\0') {
            buffer_.add(value);
        }
    }
}

void ScanSplitter::tick(std::int64_t now_ms) {
    if (buffer_.is_empty() || now_ms - last_byte_ms_ < quiet_ms()) return;
    has_suffix_ = ends_lines_;
    if (ends_lines_) {
        buffer_.tear();
    } else {
        buffer_.end();
    }
}

}  // namespace fangxin::drivers
