// What a frame drew, as far as a test judges it: every target with the size that was demanded of
// it, every text with the room it had and what it needed. complaints() says in words what a person
// would stumble over. Filled by Ui when asked to; plain values.
#pragma once

#include "terminal/kit/edges.hpp"
#include "terminal/kit/geometry.hpp"
#include "terminal/kit/theme.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace fangxin::kit {

/// Rows of one list may touch; what stands apart has at least 8 units around it.
enum class Spacing : std::uint8_t { apart, joined };

struct TargetEntry {
    std::string what;
    Rect rect;
    float min_size = 56;
    Spacing spacing = Spacing::apart;
    int layer = 0;  ///< 0 the screen, 1 a dialog on it
};

struct TextEntry {
    std::string text;
    Rect room;
    Rect ink;  ///< where it was drawn, as wide as it is
    float size = 20;
    Role role = Role::text;
    Role on = Role::background;
    bool shortened = false;
    bool may_shorten = false;  ///< the caller expects long names here
    bool enabled = true;
    int layer = 0;
};

/// What a key presses.
struct KeyEntry {
    Key key = Key::none;
    std::string what;
    int layer = 0;
};

struct FillEntry {
    Rect rect;
    Role role;
};

struct LayoutLog {
    Rect screen;
    std::vector<TargetEntry> targets;
    std::vector<KeyEntry> keys;
    std::vector<TextEntry> texts;
    std::vector<FillEntry> fills;

    /// The role that lies under a point: the last one drawn there.
    Role under(Point p) const;
};

/// Empty when nothing is wrong: no text cut that may not be, none outside its room or over another,
/// no target too small, too close, overlapping or off the screen, none that a key presses which
/// presses another before it, contrast as screens.md demands.
std::vector<std::string> complaints(const LayoutLog& log, const Theme& theme);

}  // namespace fangxin::kit
