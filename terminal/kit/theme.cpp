#include "terminal/kit/theme.hpp"

#include <algorithm>
#include <cmath>

namespace fangxin::kit {

namespace {

constexpr Color rgb(unsigned hex) {
    return {static_cast<std::uint8_t>(hex >> 16U), static_cast<std::uint8_t>(hex >> 8U),
            static_cast<std::uint8_t>(hex), 255};
}

// In the order of Role. What is disabled may be faint (WCAG 1.4.3 exempts it).
constexpr std::array<Color, role_count> light_colors = {
    rgb(0xEEF1F5), rgb(0xFFFFFF), rgb(0xF7F9FB), rgb(0xD5DCE4), rgb(0x14202C), rgb(0x566575),
    rgb(0x1557C0), rgb(0xE3EDFB), rgb(0x12723F), rgb(0xDFF3E7), rgb(0x9A5200), rgb(0xFDEECF),
    rgb(0xB3161B), rgb(0xFDE4E4), rgb(0xFFFFFF), rgb(0x7A2FD0), rgb(0x9AA7B4),
};
constexpr std::array<Color, role_count> dark_colors = {
    rgb(0x10161D), rgb(0x18212B), rgb(0x202B37), rgb(0x324252), rgb(0xEEF3F8), rgb(0x9DB0C2),
    rgb(0x5B9BFF), rgb(0x1D3354), rgb(0x4FCF8B), rgb(0x15362A), rgb(0xFFBF5A), rgb(0x3D2F16),
    rgb(0xFF6B6B), rgb(0x431E21), rgb(0x0D141B), rgb(0xD0B0FF), rgb(0x5C6D7E),
};

float linear(std::uint8_t channel) {
    const float c = static_cast<float>(channel) / 255.0F;
    return c <= 0.03928F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
}

/// WCAG 2.1, relative luminance.
float luminance(Color c) {
    return 0.2126F * linear(c.r) + 0.7152F * linear(c.g) + 0.0722F * linear(c.b);
}

}  // namespace

const Theme& Theme::light() {
    static constexpr Theme theme(light_colors, false);
    return theme;
}

const Theme& Theme::dark() {
    static constexpr Theme theme(dark_colors, true);
    return theme;
}

Role soft_of(Role role) {
    switch (role) {
        case Role::primary:
            return Role::primary_soft;
        case Role::ok:
            return Role::ok_soft;
        case Role::warn:
            return Role::warn_soft;
        case Role::block:
            return Role::block_soft;
        case Role::muted:
            return Role::raised;
        default:
            return Role::surface;
    }
}

float contrast(Color a, Color b) {
    const float la = luminance(a);
    const float lb = luminance(b);
    return (std::max(la, lb) + 0.05F) / (std::min(la, lb) + 0.05F);
}

}  // namespace fangxin::kit
