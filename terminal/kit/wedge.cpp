#include "terminal/kit/wedge.hpp"

#include <iterator>
#include <utility>

namespace fangxin::kit {

namespace {

/// Keys that can be part of a code, or come with its text.
bool may_be_code(const Edge& edge) {
    if (std::holds_alternative<Text>(edge)) return true;
    const auto* press = std::get_if<KeyPress>(&edge);
    return press != nullptr && !press->repeated && makes_text(press->key);
}

bool is_suffix(const Edge& edge) {
    const auto* press = std::get_if<KeyPress>(&edge);
    return press != nullptr && !press->repeated &&
           (press->key == Key::enter || press->key == Key::tab);
}

}  // namespace

bool WedgeDetector::ends_scan(const Edge& edge) const {
    return is_suffix(edge) && code_.size() >= timing_.shortest;
}

void WedgeDetector::feed(const Edge& edge, std::int64_t now_ms) {
    tick(now_ms);
    if (ends_scan(edge)) {
        held_.clear();
        out_.emplace_back(Scan{std::exchange(code_, {})});
        scan_ended_ms_ = now_ms;
        return;
    }
    // Scanners set to CR LF close with two Enters; the second presses nothing either.
    if (is_suffix(edge) && held_.empty() && now_ms - scan_ended_ms_ <= timing_.gap_ms) return;
    if (!may_be_code(edge)) {
        let_go();
        out_.push_back(edge);
        return;
    }
    held_.push_back(edge);
    if (const auto* text = std::get_if<Text>(&edge)) code_ += text->utf8;
    last_ms_ = now_ms;
}

void WedgeDetector::tick(std::int64_t now_ms) {
    if (!held_.empty() && now_ms - last_ms_ > patience_ms()) let_go();
}

void WedgeDetector::skip(std::int64_t ms) {
    last_ms_ += ms;
    scan_ended_ms_ += ms;
}

std::int64_t WedgeDetector::patience_ms() const {
    constexpr std::size_t surely_a_scanner = 3;
    return code_.size() >= surely_a_scanner ? 3 * timing_.gap_ms : timing_.gap_ms;
}

std::optional<std::int64_t> WedgeDetector::deadline_ms() const {
    if (held_.empty()) return std::nullopt;
    return last_ms_ + patience_ms() + 1;
}

void WedgeDetector::let_go() {
    out_.insert(out_.end(), std::make_move_iterator(held_.begin()),
                std::make_move_iterator(held_.end()));
    held_.clear();
    code_.clear();
}

std::vector<Edge> WedgeDetector::take() { return std::exchange(out_, {}); }

}  // namespace fangxin::kit
