#include "terminal/kit/edges.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace fangxin::kit {

std::string_view name_of(Key key) {
    constexpr std::array<std::string_view, 67> names = {
        "",    "F1",   "F2",    "F3",    "F4",  "F5",  "F6",   "F7", "F8",  "F9", "F10", "F11",
        "F12", "0",    "1",     "2",     "3",   "4",   "5",    "6",  "7",   "8",  "9",   ".",
        "+",   "-",    "Space", "Enter", "Esc", "Tab", "⇧Tab", "⌫",  "Del", "↑",  "↓",   "←",
        "→",   "PgUp", "PgDn",  "Home",  "End", "A",   "B",    "C",  "D",   "E",  "F",   "G",
        "H",   "I",    "J",     "K",     "L",   "M",   "N",    "O",  "P",   "Q",  "R",   "S",
        "T",   "U",    "V",     "W",     "X",   "Y",   "Z",
    };
    static_assert(static_cast<std::size_t>(Key::z) + 1 == names.size());
    return names[static_cast<std::size_t>(key)];
}

void EdgeQueue::down(Pointer pointer, Point at, std::int64_t now_ms) {
    if (held_ && *held_ != pointer) {
        if (now_ms - stood_since_ms_ < lost_after_ms) return;
        push(Cancel{});
    }
    held_ = pointer;
    stood_at_ = at;
    stood_since_ms_ = now_ms;
    push(Press{at});
}

void EdgeQueue::moved(Pointer pointer, Point at, std::int64_t now_ms) {
    if (held_ != pointer) return;
    if (std::hypot(at.x - stood_at_.x, at.y - stood_at_.y) > drag_starts) {
        stood_at_ = at;
        stood_since_ms_ = now_ms;
    }
    // Only the latest place matters while nothing happened in between; a drag stays cheap.
    if (!edges_.empty() && std::holds_alternative<Move>(edges_.back())) {
        edges_.back() = Move{at};
    } else {
        push(Move{at});
    }
}

void EdgeQueue::up(Pointer pointer, Point at) {
    if (held_ != pointer) return;
    held_.reset();
    push(Release{at});
}

void EdgeQueue::cancel() {
    held_.reset();
    push(Cancel{});
}

std::optional<Edge> EdgeQueue::next() {
    if (edges_.empty()) return std::nullopt;
    Edge edge = std::move(edges_.front());
    edges_.pop_front();
    return edge;
}

}  // namespace fangxin::kit
