// What a person did, one step at a time: a finger or button going down, moving, going up, a key, a
// text, a scan. They are queued with their positions and fed one to a frame, so that a tap shorter
// than a frame counts like any other. Owned by the stage; one thread.
#pragma once

#include "terminal/kit/geometry.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace fangxin::kit {

enum class Key : std::uint8_t {
    none,
    f1,
    f2,
    f3,
    f4,
    f5,
    f6,
    f7,
    f8,
    f9,
    f10,
    f11,
    f12,
    digit_0,
    digit_1,
    digit_2,
    digit_3,
    digit_4,
    digit_5,
    digit_6,
    digit_7,
    digit_8,
    digit_9,
    dot,
    plus,
    minus,
    space,
    enter,
    escape,
    tab,
    back_tab,
    backspace,
    remove,
    up,
    down,
    left,
    right,
    page_up,
    page_down,
    home,
    end,
    a,
    b,
    c,
    d,
    e,
    f,
    g,
    h,
    i,
    j,
    k,
    l,
    m,
    n,
    o,
    p,
    q,
    r,
    s,
    t,
    u,
    v,
    w,
    x,
    y,
    z,
};

constexpr Key digit_key(int digit) {
    return static_cast<Key>(static_cast<int>(Key::digit_0) + digit);
}
/// Digits, letters and signs, which a text field takes for itself.
constexpr bool makes_text(Key key) {
    return (key >= Key::digit_0 && key <= Key::space) || key >= Key::a;
}
/// What stands on a key cap, in every language: `F12`, `Esc`, `7`.
std::string_view name_of(Key key);

struct Press {
    Point at;
};
struct Move {
    Point at;
};
struct Release {
    Point at;
};
/// The system took the touch away (a second window, a lost panel): nothing is activated.
struct Cancel {};
/// Positive `lines` show what is further down.
struct Wheel {
    Point at;
    float lines = 0;
};
struct KeyPress {
    Key key = Key::none;
    bool repeated = false;
};
struct Text {
    std::string utf8;
};
/// A code that a keyboard-wedge scanner typed, without its closing Enter.
struct Scan {
    std::string code;
};
using Edge = std::variant<Press, Move, Release, Cancel, Wheel, KeyPress, Text, Scan>;

/// Turns pointers into edges: the first one down is the pointer until it goes up; others that come
/// meanwhile are ignored, so that a resting palm presses nothing. A pointer that stayed where it is
/// for `lost_after_ms` while another goes down has never been lifted properly, or is a palm, and is
/// given up; to tremble is to stay.
class EdgeQueue {
  public:
    enum class Device : std::uint8_t { mouse, finger };
    struct Pointer {
        Device device = Device::mouse;
        std::int64_t id = 0;
        bool operator==(const Pointer&) const = default;
    };
    static constexpr std::int64_t lost_after_ms = 5'000;
    /// From so far on a press is a drag, in design units.
    static constexpr float drag_starts = 14;

    void down(Pointer pointer, Point at, std::int64_t now_ms);
    void moved(Pointer pointer, Point at, std::int64_t now_ms);
    void up(Pointer pointer, Point at);
    void push(Edge edge) { edges_.push_back(std::move(edge)); }
    /// The pointer that is down, if any, was taken away.
    void cancel();

    bool empty() const { return edges_.empty(); }
    std::size_t size() const { return edges_.size(); }
    std::optional<Edge> next();

  private:
    std::deque<Edge> edges_;
    std::optional<Pointer> held_;
    Point stood_at_;
    std::int64_t stood_since_ms_ = 0;
};

}  // namespace fangxin::kit
