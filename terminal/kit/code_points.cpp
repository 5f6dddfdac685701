#include "terminal/kit/code_points.hpp"

#include <string_view>

namespace fangxin::kit {

namespace {

bool within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

}  // namespace

bool is_invisible(char32_t c) {
    return within(c, 0x200B, 0x200F) || within(c, 0x202A, 0x202E) || within(c, 0x2060, 0x2064) ||
           within(c, 0x2066, 0x206F) || within(c, 0xFE00, 0xFE0F) || c == 0xFEFF || c == 0xAD ||
           within(c, 0xE0001, 0xE01EF) || c == 0x61C;
}

bool is_wide(char32_t c) {
    return within(c, 0x1100, 0x115F) || within(c, 0x2E80, 0xA4CF) || within(c, 0xAC00, 0xD7A3) ||
           within(c, 0xF900, 0xFAFF) || within(c, 0xFE30, 0xFE4F) || within(c, 0xFF00, 0xFF60) ||
           within(c, 0xFFE0, 0xFFE6) || within(c, 0x1F300, 0x1FAFF) || within(c, 0x20000, 0x3FFFD);
}

bool stays_with_previous(char32_t c) {
    constexpr std::u32string_view closing =
        U"!),.:;?]}%…·’”、。〉》」』】〕〗！），．：；？］｝～％々ー";
    return closing.find(c) != std::u32string_view::npos;
}

bool stays_with_next(char32_t c) {
    constexpr std::u32string_view opening = U"([{‘“〈《「『【〔〖（［｛¥￥";
    return opening.find(c) != std::u32string_view::npos;
}

}  // namespace fangxin::kit
