// What somebody types, compared with a name: by the name's own letters, by pinyin in full, by
// first letters, and mixed, in one pass over the name. Values; a pattern may be shared by threads.
//
//     牛奶    niunai  nn  niun  nnai  niu奶  牛n          all find it
//     长城    changcheng  cc  zhangcheng  zc  zhch         every reading of each character
//     Milk    milk  ＭＩＬＫ  il                           width and case do not count
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::domain {

/// As names and what is typed are compared: UTF-16, half width, lower case, Latin accents off.
/// Blanks and most punctuation go (`xi'an`, `Coca-Cola`); `.` and `%` stay, they tell goods apart.
/// What is not UTF-8 becomes U+FFFD.
std::u16string fold(std::string_view text);

/// The words of what is typed, folded, with one blank between.
std::u16string fold_words(std::string_view typed);

/// Which letters, digits and characters a text can be found by, as one bit each (characters share
/// some): what lacks a bit of the pattern's cannot match. Never 0 for a text that is not empty.
std::uint64_t signature_of_name(std::u16string_view folded);
std::uint64_t signature_of_typed(std::u16string_view folded);

/// One word as typed, ready to be looked for in many names.
class SearchPattern {
  public:
    /// Longer words find nothing: no name is looked for by 64 letters, and 64 states are one
    /// machine word.
    static constexpr std::size_t max_units = 63;

    /// `folded` without blanks, and not empty.
    explicit SearchPattern(std::u16string folded);

    const std::u16string& text() const { return text_; }
    bool is_in(std::u16string_view name) const;
    bool begins(std::u16string_view name) const;

  private:
    /// Bit i: a way through the name so far has used up i units of the pattern.
    using States = std::uint64_t;
    States step(States states, char16_t unit) const;
    States step_by_readings(std::size_t used, char16_t unit) const;
    bool may_begin_with(char16_t unit) const {
        return (first_units_[unit / 64] >> (unit % 64) & 1) != 0;
    }

    std::u16string text_;
    States found_ = 0;
    std::vector<std::uint64_t> first_units_;  ///< a bit for each unit that can start a match
};

}  // namespace fangxin::domain
