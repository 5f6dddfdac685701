// The generated table behind domain/pinyin_readings.hpp; nobody else reads it. Constants.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fangxin::domain::pinyin_table {

inline constexpr char32_t first_character = 0x3007;
inline constexpr char32_t last_character = 0x9FFF;

extern const std::string_view syllables[];
/// Characters read alike share a group; group 0 has no reading. Its members are those from the end
/// of the one before it to its own end.
extern const std::uint16_t group_ends[];
extern const std::uint16_t members[];
extern const std::size_t group_count;
/// The group of each character from first_character to last_character.
extern const std::uint16_t groups[];

}  // namespace fangxin::domain::pinyin_table
