#include "terminal/kit/wedge.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fangxin::kit {

namespace {

/// Keyboards begin to repeat a key after a quarter of a second at the earliest.
constexpr std::int64_t held_after_ms = 150;
/// Beyond it even a busy program has to take a person's keys for a person's.
constexpr std::int64_t longest_skip_ms = 100;
/// Bytes; no hand types more without a pause.
constexpr std::size_t longest_by_hand = 64;

/// Keys that can be part of a code, or come with its text.
bool may_be_code(const Edge& edge) {
    if (std::holds_alternative<Text>(edge)) return true;
    const auto* press = std::get_if<KeyPress>(&edge);
    return press != nullptr && !press->repeated && makes_text(press->key);
}

bool is_suffix(const Edge& edge) {
    const auto* press = std::get_if<KeyPress>(&edge);
    return press != nullptr && (press->key == Key::enter || press->key == Key::tab);
}

bool is_pressed_anew(const Edge& edge) {
    const auto* press = std::get_if<KeyPress>(&edge);
    return press == nullptr || !press->repeated;
}

}  // namespace

bool WedgeDetector::ends_scan(const Edge& edge) const {
    return is_suffix(edge) && is_pressed_anew(edge) && code_.size() >= shortest;
}

/// X reports a key as repeated too when a scanner lets go of it and presses it again within 2 ms,
/// even with another key in between. What a finger holds down is the last key that was pressed,
/// and has been for a while.
KeyPress WedgeDetector::as_pressed(KeyPress press, std::int64_t now_ms) {
    const bool is_last = press.key == pressed_;
    const bool is_held = is_last && (is_held_ || now_ms - pressed_ms_ > held_after_ms);
    if (makes_text(press.key)) press.repeated = press.repeated && is_held;
    pressed_ = press.key;
    pressed_ms_ = now_ms;
    is_held_ = press.repeated;
    text_is_of_held_ = is_held_ && makes_text(press.key);
    return press;
}

void WedgeDetector::feed(const Edge& key_or_text, std::int64_t now_ms) {
    tick(now_ms);
    Edge edge = key_or_text;
    if (const auto* press = std::get_if<KeyPress>(&edge)) edge = as_pressed(*press, now_ms);
    if (ends_scan(edge)) {
        held_.clear();
        out_.emplace_back(Scan{std::exchange(code_, {})});
        scan_ended_ms_ = now_ms;
        return;
    }
    // Scanners set to CR LF close with two Enters; the second presses nothing either.
    if (is_suffix(edge) && held_.empty() && now_ms - scan_ended_ms_ <= gap_ms) return;
    const bool is_of_held = std::holds_alternative<Text>(edge) &&
                            std::exchange(text_is_of_held_, false) &&
                            now_ms - pressed_ms_ <= gap_ms;
    if (!may_be_code(edge) || is_of_held) {
        let_go();
        out_.push_back(std::move(edge));
        return;
    }
    if (const auto* text = std::get_if<Text>(&edge)) code_ += text->utf8;
    held_.push_back(std::move(edge));
    last_ms_ = now_ms;
    skipped_ms_ = 0;
}

void WedgeDetector::tick(std::int64_t now_ms) {
    if (!held_.empty() && now_ms - last_ms_ > patience_ms()) let_go();
}

void WedgeDetector::skip(std::int64_t ms) {
    ms = std::min(ms, longest_skip_ms - skipped_ms_);
    skipped_ms_ += ms;
    last_ms_ += ms;
    pressed_ms_ += ms;
    scan_ended_ms_ += ms;
}

std::int64_t WedgeDetector::patience_ms() const {
    constexpr std::size_t surely_a_scanner = 3;
    return code_.size() >= surely_a_scanner ? 3 * gap_ms : gap_ms;
}

std::optional<std::int64_t> WedgeDetector::deadline_ms() const {
    if (held_.empty()) return std::nullopt;
    return last_ms_ + patience_ms() + 1;
}

void WedgeDetector::let_go() {
    if (code_.size() > longest_by_hand) {
        Edge burst = Text{code_};  // built apart: GCC 12 warns of the temporary
        out_.push_back(std::move(burst));
    } else {
        out_.insert(out_.end(), std::make_move_iterator(held_.begin()),
                    std::make_move_iterator(held_.end()));
    }
    held_.clear();
    code_.clear();
}

std::vector<Edge> WedgeDetector::take() { return std::exchange(out_, {}); }

}  // namespace fangxin::kit
