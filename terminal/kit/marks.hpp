// Small things that say something and cannot be touched: tags, lights with a word, badges, big
// numbers, pairs of name and value.
#pragma once

#include "terminal/kit/icons.hpp"

#include <span>

namespace fangxin::kit {

/// A soft label, 24 units high, whose left middle is `at`; returns its width. Role: primary, ok,
/// warn, block or muted.
struct TagStyle {
    Role role = Role::primary;
    Icon icon = Icon::none;
    float width = 0;       ///< 0: as wide as its words
    bool on_soft = false;  ///< lies on a soft colour itself, as on a selected row
};
float tag(Ui& ui, Point at, std::string_view words, const TagStyle& style = {});
float tag_width(Ui& ui, std::string_view words, const TagStyle& style = {});

/// A light and its word, left middle at `at`; returns the width. The word says what the colour
/// says.
float status(Ui& ui, Point at, std::string_view words, Role role);
float status_width(Ui& ui, std::string_view words);

/// A count on a strong ground, its right middle at `at`. Nothing is drawn for 0.
void badge(Ui& ui, Point at, int count, Role role = Role::block);

/// Weight, total, change: right-aligned digits, with a smaller sign before or unit behind.
struct BigNumber {
    std::string_view before = {};  ///< ¥
    std::string_view digits;
    std::string_view behind = {};  ///< kg
    float size = 72;
    Role role = Role::text;
    Align align = Align::right;
};
void big_number(Ui& ui, Rect rect, const BigNumber& number);

struct KeyValue {
    std::string key;
    std::string value;
    Role role = Role::text;
    bool bold = false;
};
struct KeyValueStyle {
    float key_width = 110;
    float row_height = 31;
    float size = 20;
    int lines = 1;  ///< a value may take so many
};
/// Returns the height it took.
float key_values(Ui& ui, Rect rect, std::span<const KeyValue> rows,
                 const KeyValueStyle& style = {});

/// A sign in a soft square or circle, before a heading or a list row.
struct SignStyle {
    Role role = Role::primary;
    bool round = false;
    bool strong = false;  ///< on the full colour instead of the soft one
};
void sign(Ui& ui, Rect rect, Icon icon, const SignStyle& style = {});

/// How many of a PIN's digits are typed.
void pin_dots(Ui& ui, Rect rect, int typed, int of);

}  // namespace fangxin::kit
