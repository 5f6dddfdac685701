#include "terminal/station/pole.hpp"

#include <utility>

namespace fangxin::terminal {

Pole::Pole(drivers::OpenDevice open, const drivers::PoleOptions& options,
           std::function<void(const drivers::DeviceChange&)> on_change)
    : options_(options), on_change_(std::move(on_change)), loop_(std::move(open), *this) {}

void Pole::show(const drivers::PoleText& text) {
    std::string bytes = drivers::pole_bytes(text, options_);
    {
        std::lock_guard lock(mutex_);
        if (bytes == wanted_) return;
        wanted_ = std::move(bytes);
    }
    loop_.wake();
}

/// It comes back dark.
void Pole::opened(std::int64_t) { shown_.clear(); }

std::string Pole::to_send(std::int64_t) {
    std::lock_guard lock(mutex_);
    if (wanted_ == shown_) return {};
    shown_ = wanted_;
    return shown_;
}

}  // namespace fangxin::terminal
