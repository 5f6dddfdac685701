#include "drivers/scanners/scan.hpp"

#include <utility>

namespace fangxin::drivers {

void ScanBuffer::add(char byte) {
    if (dropping_) return;
    text_.push_back(byte);
    if (text_.size() <= longest) return;
    ready_.push({.text = {}, .overlong = true});
    text_.clear();
    dropping_ = true;
}

void ScanBuffer::add(std::string_view bytes) {
    for (char byte : bytes)
        add(byte);
}

void ScanBuffer::end() {
    dropping_ = false;
    if (text_.empty()) return;
    ready_.push({.text = std::exchange(text_, {})});
}

void ScanBuffer::tear() {
    text_.clear();
    if (!std::exchange(dropping_, false)) ready_.push({.text = {}, .torn = true});
}

void ScanBuffer::tear_to_end() {
    tear();
    dropping_ = true;
}

std::optional<Scan> ScanBuffer::next() {
    if (ready_.empty()) return std::nullopt;
    Scan scan = std::move(ready_.front());
    ready_.pop();
    return scan;
}

}  // namespace fangxin::drivers
