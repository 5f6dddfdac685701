#include "drivers/scanners/scan_splitter.hpp"

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

}  // namespace fangxin::drivers
