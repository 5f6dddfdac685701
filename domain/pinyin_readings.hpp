// How Chinese characters are read: all readings of each, without tones, from the Unihan database
// (see pinyin_readings.py for its sources). 长 is chang and zhang, 厦 is sha and xia, 重 is chong
// and zhong: a word is looked for under whichever the cashier has in mind, so no context decides.
// ICU's transliteration was tried: it has one reading a character, zhang cheng for 长城.
// Characters beyond the basic plane have none here. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace fangxin::domain {

/// A syllable's number, for syllable().
using SyllableNumber = std::uint16_t;

/// In alphabetical order; `ü` stands as `v` and once more as `u`. Empty for what is not Chinese.
std::span<const SyllableNumber> readings_of(char32_t character);

/// `chang`; at most six letters.
std::string_view syllable(SyllableNumber number);

/// The first letters of a character's readings: bit 0 for `a` … 25 for `z`.
std::uint32_t initials_of(char32_t character);

}  // namespace fangxin::domain
