// Colours by role, light and dark. A view names roles and never a colour, so that both themes and
// the contrast rule (4.5:1 for text, 3:1 for digits of 40 units and more) hold everywhere at once.
// Immutable, any thread.
#pragma once

#include <array>
#include <cstdint>

namespace fangxin::kit {

struct Color {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;
    std::uint8_t a = 255;
    bool operator==(const Color&) const = default;
};

enum class Role : std::uint8_t {
    background,  ///< behind everything, and the letterbox
    surface,     ///< cards, buttons, bars
    raised,      ///< wells inside a card
    line,        ///< borders and dividers
    text,
    muted,
    primary,
    primary_soft,
    ok,
    ok_soft,
    warn,
    warn_soft,
    block,
    block_soft,
    on_strong,  ///< text on primary, ok, warn or block
    focus,      ///< the ring around what the keyboard would press
    disabled,   ///< what cannot be pressed now; no information of its own
};
constexpr int role_count = 17;

class Theme {
  public:
    static const Theme& light();
    static const Theme& dark();

    Color of(Role role) const { return colors_[static_cast<std::size_t>(role)]; }
    bool is_dark() const { return is_dark_; }

  private:
    using Colors = std::array<Color, role_count>;
    constexpr Theme(const Colors& colors, bool is_dark) : colors_(colors), is_dark_(is_dark) {}
    Colors colors_;
    bool is_dark_;
};

/// The soft background that goes with ok, warn, block or primary; `surface` for the others.
Role soft_of(Role role);

/// WCAG 2.1 contrast ratio, 1 to 21.
float contrast(Color a, Color b);

}  // namespace fangxin::kit
